"""The receipt as one A4 page of PDF: Persian with its font inside, and a QR code that leads back to the claim."""

import functools
import io
from itertools import zip_longest
from pathlib import Path

import arabic_reshaper
import segno
from bidi.algorithm import get_display
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from portal.lib import dates
from portal.lib.money import grouped, toman_words
from portal.lib.text import ZWNJ, persian_digits

FONTS = Path(__file__).parent / "fonts"
INK, QUIET, RULE = HexColor("#17222b"), HexColor("#45515b"), HexColor("#e4dccb")
WIDTH, HEIGHT = A4
MARGIN, LABEL, GAP = 56, 130, 10
VALUE = WIDTH - 2 * MARGIN - LABEL
# Between the digits of the tracking code, so that ten of them can be told apart.
CODE_SPACE = 1.5
# The shaper keeps half-spaces apart; as a glyph of its own each would be an empty box.
SHAPER = arabic_reshaper.ArabicReshaper({"delete_harakat": False, "support_zwj": True})
HAMZA_ON_HEH = "هٔ"
# The font has no presentation form for a heh with hamza that joins nothing, as in «شمارهٔ».
HEH_ALONE = "\ufba4"


@functools.cache
def register_fonts() -> None:
    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Vazirmatn-{name}", str(FONTS / f"Vazirmatn-{name}.ttf")))


def shaped(text: str) -> str:
    """Joined letters in visual order."""
    joined = SHAPER.reshape(str(text).replace(HAMZA_ON_HEH, "ۀ")).replace(ZWNJ, "")
    return get_display(joined.replace(HEH_ALONE, "ۀ"), base_dir="R")


def pdf(claim, *, groups: list[dict], address: str) -> bytes:
    """`groups` are the wizard's summaries; `address` is where the QR code leads."""
    register_fonts()
    buffer = io.BytesIO()
    page = Page(Canvas(buffer, pagesize=A4))
    page.canvas.setTitle(f"رسید درخواست {claim.tracking_code}")
    page.line("رسید درخواست هزینهٔ خسارت", size=20, bold=True, leading=34)
    page.qr(address)
    page.line(f"ثبت‌شده در {dates.moment(claim.submitted_at)}", colour=QUIET)
    page.line("کد رهگیری", colour=QUIET, leading=26)
    page.code(claim.tracking_code)
    for group in groups:
        page.heading(group["title"])
        for row in group["rows"]:
            page.row(row.label, printed(row), as_code=row.kind == "code" or row.kind.startswith("mobile"))
        if group["images"]:
            page.row("تصاویر", "، ".join(row.label for row in group["images"]))
        for row in group["missing"]:
            page.row(row.label, f"ندارم: {row.value}")
    page.canvas.save()
    return buffer.getvalue()


def printed(row) -> str:
    if not row.value:
        return "ثبت نشده"
    if row.kind == "amount":
        return f"{grouped(row.value)} ریال ({toman_words(row.value)})"
    if row.kind.startswith("mobile"):
        return f"{persian_digits(row.value[:2])}•••••••{persian_digits(row.value[-2:])}"
    return str(row.value)


def fits(text: str, width: float) -> bool:
    return pdfmetrics.stringWidth(shaped(text), "Vazirmatn-Regular", 11) <= width


def wrapped(text, width: float) -> list[str]:
    """Lines that fit, parted between words; a word longer than a line is broken."""
    lines = [""]
    for word in str(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if fits(longer, width):
            lines[-1] = longer
        else:
            lines += broken(word, width)
    return [line for line in lines if line] or [""]


def broken(word: str, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and not fits(pieces[-1] + letter, width):
            pieces.append("")
        pieces[-1] += letter
    return pieces


class Page:
    """A right-to-left column from the top of the sheet; goes on on a new sheet where it must."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.y = HEIGHT - MARGIN

    def down(self, step: float) -> None:
        self.y -= step
        if self.y < MARGIN:
            self.canvas.showPage()
            self.y = HEIGHT - MARGIN - step

    def write(self, text, *, x, size=11, bold=False, colour=INK, as_code=False) -> None:
        """A code reads from left to right whatever its digits are."""
        self.canvas.setFont(f"Vazirmatn-{'Bold' if bold else 'Regular'}", size)
        self.canvas.setFillColor(colour)
        self.canvas.drawRightString(x, self.y, str(text) if as_code else shaped(text))

    def line(self, text, *, leading=20, **style) -> None:
        self.down(leading)
        self.write(text, x=WIDTH - MARGIN, **style)

    def code(self, code: str) -> None:
        """In one piece: what is copied or searched for holds no spaces."""
        self.down(30)
        self.canvas.setFont("Vazirmatn-Bold", 24)
        self.canvas.setFillColor(INK)
        self.canvas.drawRightString(WIDTH - MARGIN, self.y, code, charSpace=CODE_SPACE)

    def heading(self, text) -> None:
        self.down(34)
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(1.5)
        self.canvas.line(MARGIN, self.y + 16, WIDTH - MARGIN, self.y + 16)
        self.write(text, x=WIDTH - MARGIN, size=13, bold=True)
        self.down(4)

    def row(self, label, value, *, as_code=False) -> None:
        self.down(21)
        parts = zip_longest(wrapped(label, LABEL - GAP), wrapped(value, VALUE), fillvalue="")
        for number, (left, right) in enumerate(parts):
            if number:
                self.down(17)
            self.write(left, x=WIDTH - MARGIN, colour=QUIET)
            self.write(right, x=WIDTH - MARGIN - LABEL, as_code=as_code)

    def qr(self, address: str) -> None:
        """Top of the inline end: black squares, four points each."""
        matrix = segno.make(address, error="m", micro=False).matrix
        size = 2.4
        self.canvas.setFillColor(INK)
        top = HEIGHT - MARGIN - 8
        for y, bits in enumerate(matrix):
            for x, bit in enumerate(bits):
                if bit:
                    self.canvas.rect(MARGIN + x * size, top - (y + 1) * size, size, size, stroke=0, fill=1)
