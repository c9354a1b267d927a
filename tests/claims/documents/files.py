"""Files as members and strangers send them, honest and hostile, made on the spot."""

import base64
import io
import random
import struct
import zlib
from functools import cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

RED, BLUE, PAPER = (200, 30, 30), (30, 60, 160), (200, 190, 170)
SECRET = b"SECRET-PAYLOAD-OF-THE-SENDER"


def marked(size=(1200, 900), *, mode="RGB") -> Image.Image:
    """Red at the upper left, blue at the lower right: any turn or mirroring shows."""
    image = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=RED)
    draw.rectangle((width // 2, height // 2, width, height), fill=BLUE)
    return image.convert(mode)


def page(size=(2000, 1500), *, blur=0, light=1.0) -> Image.Image:
    """A photographed sheet of print."""
    chance = random.Random(7)
    image = Image.new("RGB", size, (110, 95, 80))
    draw = ImageDraw.Draw(image)
    sheet = (size[0] // 20, size[1] // 20, size[0] * 19 // 20, size[1] * 19 // 20)
    draw.rectangle(sheet, fill=(225, 222, 214))
    letters = ImageFont.load_default(size=size[0] // 70)
    for line in range(40):
        words = "".join(chance.choice("abcdefghijk lmnopq rstuv 0123456789 ") for _ in range(90))
        draw.text((size[0] // 12, size[1] * (line + 3) // 46), words, fill=(50, 50, 60), font=letters)
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    return image.point(lambda level: level * light)


def saved(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(*, orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = SECRET.decode()
    tags[0x8825] = {1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (51.0, 23.0, 20.0)}
    return tags


# --- JPEG ---------------------------------------------------------------------------------------


def segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(payload) + 2) + payload


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def colour_profile(size: int) -> list[bytes]:
    """A profile of any size, in the numbered pieces the format asks for."""
    pieces = [SECRET.ljust(size, b"P")[at : at + 65_000] for at in range(0, size, 65_000)]
    return [
        segment(0xE2, b"ICC_PROFILE\0" + bytes((number % 256, len(pieces) % 256)) + piece)
        for number, piece in enumerate(pieces, start=1)
    ]


def scan_bomb(scans: int, *, size=(1200, 900)) -> bytes:
    """Each repetition of the last scan makes a decoder walk over the whole picture once more."""
    jpeg = saved(Image.new("RGB", size, "white"), progressive=True)
    last = jpeg[jpeg.rindex(b"\xff\xda") : -2]
    return jpeg[:-2] + last * (scans - jpeg.count(b"\xff\xda")) + b"\xff\xd9"


def declaring(jpeg: bytes, *, width: int, height: int) -> bytes:
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


# --- PNG ----------------------------------------------------------------------------------------


def chunk(name: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(name + payload))


def with_chunks(png: bytes, *chunks: bytes) -> bytes:
    """Behind the header, where all but the picture itself may stand."""
    return png[:33] + b"".join(chunks) + png[33:]


def png(rows: bytes, *, size: tuple[int, int], depth: int = 8) -> bytes:
    return _png(zlib.compress(rows), size=size, depth=depth)


@cache
def white_png(width: int, height: int) -> bytes:
    """Rows are packed one by one: the picture itself never stands in memory."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * (3 * width)
    return _png(b"".join(packer.compress(row) for _ in range(height)) + packer.flush(), size=(width, height))


def _png(packed: bytes, *, size: tuple[int, int], depth: int = 8) -> bytes:
    header = struct.pack(">IIBBBBB", *size, depth, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@cache
def white_webp(width: int, height: int) -> bytes:
    return saved(Image.new("L", (width, height), "white"), "WEBP", quality=1, method=0)


def animated_png() -> bytes:
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    return saved(frames[0], "PNG", save_all=True, append_images=frames[1:])


def animated_webp() -> bytes:
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])


# --- HEIC ---------------------------------------------------------------------------------------

# `marked((256, 192))` with EXIF and a place in it, encoded once: nothing here can write the format.
_HEIC = """
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAZdtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA
ADRpbG9jAAAAAERAAAIAAQAAAAABuwABAAAAAAAAALUAAgAAAAACcAABAAAAAAAAAGYAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA
AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAA
kAAAAAAAPPAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAPLoCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwA8oAgIDBZb
qSSmubgIaDAgAAADAyAAAAMAIWIAAQAHRAHBcrBiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAAEAAAAAwAAAABBw
aXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAABI21kYXQAAACxKAGv
VnUVIPkOkl//8rXf/1H+Q+T7oxsZI/A/oh3/8vb1XhPz/lPzJdK3uu/Wes0gpd/kmO7P+EKvzmYd/lSkzDAkHN8cDmpDFLY1zpvH
gXs014gMOrgOaBLm/QD4stjQqPAQcKjE4AYzH3mgBBzzFVT7udYHYO////33X+PSuN/TYpx0QJMGQ8EJL+Csczfq/ig7wmLB1XZ2
/Z7gsP9dCnS0xta1Ts6KskJh8VFslN2AAAAABkV4aWYAAE1NACoAAAAIAAIBEgADAAAAAQAGAACIJQAEAAAAAQAAACYAAAAAAAIA
AQACAAAAAk4AAAAAAgAFAAAAAwAAAEQAAAAAAAAAIwAAAAEAAAApAAAAAQAAABYAAAAB
"""


def heic() -> bytes:
    return base64.b64decode(_HEIC)


def heic_declaring(width: int, height: int) -> bytes:
    content = heic()
    at = content.index(b"ispe") + 8
    return content[:at] + struct.pack(">II", width, height) + content[at + 8 :]


# --- PDF ----------------------------------------------------------------------------------------


def pdf(pages: int = 1, *, size=(595, 842), password: str = "") -> bytes:
    out = io.BytesIO()
    lock = StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(out, pagesize=size, encrypt=lock)
    for number in range(pages):
        canvas.setFont("Helvetica", 40)
        canvas.drawString(60, size[1] / 2, f"Page {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def written_pdf(*, content: bytes = b"", catalogue: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    """One page, object by object, so that a test can say what no honest writer would."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 5 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *(more or (b"<< >>",)),
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


_PACKED = {
    "": (bytes, b""),
    "flate": (zlib.compress, b"/Filter /FlateDecode"),
    "both": (
        lambda text: base64.a85encode(zlib.compress(text)) + b"~>",
        b"/Filter [/ASCII85Decode /FlateDecode]",
    ),
    "hex": (lambda text: text.hex().encode() + b">", b"/Filter /ASCIIHexDecode"),
}


def nested_pdf(*, depth: int = 9, width: int = 12, name: bytes = b"/F", packed: str = "") -> bytes:
    """Forms that draw forms: a few hundred bytes ask for `width ** depth` strokes.

    `name` is how they call each other; `packed` how their text is written, of `_PACKED`.
    """
    pack, filters = _PACKED[packed]
    forms = []
    for level in range(depth):
        drawn = b"0 0 m 500 500 l S\n" if level == depth - 1 else (name + b" Do\n") * width
        drawn = pack(drawn)
        resources = b"" if level == depth - 1 else b"/Resources << /XObject << /F %d 0 R >> >>" % (7 + level)
        forms.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] %s %s /Length %d >>\nstream\n%s\nendstream"
            % (resources, filters, len(drawn), drawn)
        )
    resources = b"<< /XObject << /F 6 0 R >> >>"
    return written_pdf(content=(name + b" Do\n") * width, more=(resources, *forms))
