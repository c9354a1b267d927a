"""Whether a workbook may be opened at all, and the facts of a sheet that the fast reader does not tell.

Everything is judged from the directory of the archive before a byte of it is unpacked.
"""

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

LARGEST_FILE = 50 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 60
# Small parts such as styles compress better than any roster; only large ones can hide a bomb.
RATIO_COUNTS_FROM = 1024 * 1024
MOST_PARTS = 2_000
MOST_ROWS = 500_000
MOST_COLUMNS = 256

ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = "این فایل کامل نیست یا آسیب دیده است؛ آن را دوباره در اکسل ذخیره کنید و بفرستید."
LOCKED = "این فایل رمز دارد؛ رمز آن را در اکسل بردارید و دوباره بفرستید."
TOO_LARGE = (
    "این فایل بزرگ‌تر از اندازهٔ مجاز است؛ برگه‌ها، قالب‌ها و ردیف‌های خالی اضافه را پاک کنید و دوباره بفرستید."
)
MACROS = "این فایل ماکرو دارد؛ آن را با قالب «Excel Workbook (.xlsx)» ذخیره کنید و دوباره بفرستید."
LINKS = "این فایل به فایل‌های دیگر پیوند دارد؛ پیوندها را در اکسل به مقدار تبدیل کنید و دوباره بفرستید."
OTHER_KIND = "این فایل از قالب‌های پذیرفتنی نیست؛ فهرست را با قالب xlsx، xls یا csv بفرستید."
TOO_MANY_ROWS = "این برگه بیش از ۵۰۰٬۰۰۰ ردیف دارد؛ ردیف‌های اضافه و خالی را پاک کنید و دوباره بفرستید."
TOO_MANY_COLUMNS = "این برگه بیش از ۲۵۶ ستون دارد؛ ستون‌های اضافه را پاک کنید و دوباره بفرستید."

# A cell beyond column Z or row 999,999: rare enough that only then every cell is looked at.
_FAR = re.compile(rb" r=[\"'](?:[A-Za-z]{2}|[A-Za-z][0-9]{7})")
# What the archive's reader raises at parts that are cut, moved or scrambled.
_UNPACKING = (KeyError, ValueError, EOFError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error)
_ROW_OF_REFERENCE = re.compile(rb" r=[\"'][A-Za-z]{0,9}([0-9]{1,9})[\"']")
_REFERENCE = re.compile(rb" r=[\"']([A-Za-z]{1,9})([0-9]{1,9})[\"']")


class Unfit(Exception):
    """The file as a whole cannot be taken; the text is the sentence its bringer reads."""


def utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def check_ole(content: bytes) -> None:
    """An old workbook, or a new one locked by a password, which comes in the same wrapping."""
    if utf16("EncryptedPackage") in content:
        raise Unfit(LOCKED)
    if utf16("_VBA_PROJECT") in content:
        raise Unfit(MACROS)


class Archive:
    """A zip workbook that has passed the guard."""

    def __init__(self, content: bytes):
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Unfit(DAMAGED) from error
        self._parts = {
            part.filename.replace("\\", "/").lstrip("/").lower(): part for part in self._zip.infolist()
        }
        self._judge()

    def _judge(self) -> None:
        parts = self._zip.infolist()
        names = list(self._parts)
        if any(part.flag_bits & 0x1 for part in parts):
            raise Unfit(LOCKED)
        if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
            raise Unfit(MACROS)
        if any("externallinks/" in name for name in names):
            raise Unfit(LINKS)
        if "xl/workbook.xml" not in self._parts or "[content_types].xml" not in self._parts:
            raise Unfit(OTHER_KIND)
        unpacked = sum(part.file_size for part in parts)
        if unpacked > LARGEST_UNPACKED or len(parts) > MOST_PARTS or len(parts) != len(names):
            raise Unfit(TOO_LARGE)
        if any(_is_bomb(part) for part in parts):
            raise Unfit(TOO_LARGE)

    def check_sizes(self) -> None:
        """Unpack what the reader will unpack beside the sheets: a directory may lie about sizes."""
        for name in self._parts:
            if not name.startswith("xl/worksheets/"):
                self.part(name)

    def part(self, name: str) -> bytes:
        try:
            return self._zip.read(self._parts[name.lower().lstrip("/")])
        except _UNPACKING as error:
            raise Unfit(DAMAGED) from error

    def sheet_parts(self) -> dict[str, str]:
        """The part that holds each sheet, by the name on its tab."""
        targets = {
            relation.get("Id"): relation.get("Target", "")
            for relation in _tree(self.part("xl/_rels/workbook.xml.rels"))
        }
        parts = {}
        for element in _tree(self.part("xl/workbook.xml")).iter():
            if element.tag.rpartition("}")[2] == "sheet":
                relation = next((value for key, value in element.items() if key.endswith("}id")), None)
                target = targets.get(relation, "")
                parts[element.get("name", "")] = (
                    target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                )
        return parts


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_COUNTS_FROM and part.file_size > LARGEST_RATIO * max(part.compress_size, 1)


def _tree(xml: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Unfit(DAMAGED)
    try:
        return ElementTree.fromstring(xml)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Unfit(DAMAGED) from error


class SheetFacts:
    """Formulas and error cells of one sheet; refused at once when its cells would fill the memory.

    Cells are (row, column), counted from one and from zero.
    """

    def __init__(self, xml: bytes):
        root = re.search(rb"<((?:[\w.-]+:)?)worksheet\b", xml[:4096])
        if not root:
            raise Unfit(DAMAGED)
        self._xml, self._prefix = xml, root[1]
        self.formulas: set[tuple[int, int]] = set()
        self.errors: set[tuple[int, int]] = set()
        self._refuse_wide_or_long()

    def look(self) -> None:
        """Find the formulas and errors; the text of the sheet is let go after it."""
        self.formulas = {cell for cell in map(self._cell_before, self._openings(b"f")) if cell}
        self.errors = {
            cell
            for mark in (b't="e"', b"t='e'")
            for cell in map(self._cell_around, _all(self._xml, mark))
            if cell
        }
        self._xml = b""

    def _openings(self, tag: bytes) -> list[int]:
        opening = b"<" + self._prefix + tag
        after = len(opening)
        return [
            place
            for place in _all(self._xml, opening)
            if self._xml[place + after : place + after + 1] in b"> /\n"
        ]

    def _cell_before(self, place: int) -> tuple[int, int] | None:
        return self._cell_at(self._xml.rfind(b"<" + self._prefix + b"c ", 0, place))

    def _cell_around(self, place: int) -> tuple[int, int] | None:
        opening = self._xml.rfind(b"<", 0, place)
        is_cell = self._xml.startswith(b"<" + self._prefix + b"c ", opening)
        return self._cell_at(opening) if is_cell else None

    def _cell_at(self, opening: int) -> tuple[int, int] | None:
        if opening < 0:
            return None
        match = _REFERENCE.search(self._xml, opening, self._xml.find(b">", opening))
        return (int(match[2]), _column(match[1])) if match else None

    def _refuse_wide_or_long(self) -> None:
        for tag in (b"row", b"c"):
            last = self._xml.rfind(b"<" + self._prefix + tag + b" ")
            end = self._xml.find(b">", last)
            match = _ROW_OF_REFERENCE.search(self._xml, last, end + 1) if last >= 0 else None
            if match and int(match[1]) > MOST_ROWS:
                raise Unfit(TOO_MANY_ROWS)
        if _FAR.search(self._xml) and any(
            _column(match[1]) >= MOST_COLUMNS or int(match[2]) > MOST_ROWS
            for match in _REFERENCE.finditer(self._xml)
        ):
            raise Unfit(TOO_MANY_COLUMNS)


def _all(xml: bytes, mark: bytes) -> list[int]:
    places, place = [], xml.find(mark)
    while place >= 0:
        places.append(place)
        place = xml.find(mark, place + 1)
    return places


def _column(letters: bytes) -> int:
    position = 0
    for letter in letters.upper():
        position = position * 26 + letter - 64
    return position - 1
