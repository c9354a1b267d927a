"""Judges a file by its skeleton, without decoding, and leaves out all that is not the picture."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from claims.documents import nesting
from claims.documents.decoding import (
    HARMLESS_SAMPLES,
    LIMIT_PAGES,
    LIMIT_PIXELS,
    Unreadable,
    check_fed,
    check_size,
)

LIMIT_JPEG_PIXELS = 120_000_000
LIMIT_SCANS = 40
# What 24 megapixels in the ten scans of a usual encoder need; more makes each pixel cost as much as a photo.
LIMIT_SCANNED_PIXELS = 250_000_000
LIMIT_PARTS = 20_000

# Working memory per pixel, and how much of it the web process itself may spend on one picture.
_BYTES_PER_PIXEL = {"JPEG": 6, "PNG": 8, "WEBP": 12}
_OWN_MEMORY = 40 * 2**20

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
_OTHER_PICTURES = (
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"%!PS",
    b"\xc5\xd0\xd3\xc6",
    b"<svg",
    b"<?xml",
    b"\0\0\1\0",
)


@dataclass(frozen=True, slots=True)
class Source:
    """`stream` holds the picture alone: metadata, trailing files and comments never reach a decoder."""

    kind: str
    stream: bytes
    orientation: int = 1
    is_costly: bool = True


def judge(content: bytes) -> Source:
    if content[:3] == b"\xff\xd8\xff":
        return _jpeg(content)
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return _png(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    if content[4:8] == b"ftyp":
        if content[8:12] not in _HEIF_BRANDS:
            raise Unreadable("wrong_kind")
        return Source("HEIF", content)
    if content[:64].lstrip().startswith(_OTHER_PICTURES):
        raise Unreadable("wrong_kind")
    if b"%PDF-" in content[:1024]:
        return _pdf(content)
    raise Unreadable("bad_file")


# --- JPEG ---------------------------------------------------------------------------------------

# A marker, in a scan's data or between segments: not a stuffed zero, a restart or padding.
_MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd7\xff])")
_EOI, _SOS, _APP0, _APP1, _APP14 = 0xD9, 0xDA, 0xE0, 0xE1, 0xEE
_TABLES = {0xC4, 0xDB, 0xDD}
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = 0xC2
_PLAIN_FRAMES = {0xC0, 0xC1, _PROGRESSIVE}


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, where its segment begins and where it ends; last, the end of the picture or of the file."""
    position = 2
    for _ in range(LIMIT_PARTS):
        found = _MARKER.search(content, position)
        if not found or found[1][0] == _EOI:
            yield _EOI, *(found.span() if found else (len(content), len(content)))
            return
        start = found.end() - 2
        if start + 4 > len(content):
            raise Unreadable("damaged")
        position = start + 2 + int.from_bytes(content[start + 2 : start + 4])
        if position > len(content):
            raise Unreadable("damaged")
        yield found[1][0], start, position
    raise Unreadable("too_complex")


def _jpeg(content: bytes) -> Source:
    skeleton, body = _Skeleton(), 0
    for marker, start, end in _segments(content):
        if marker == _EOI:
            break
        if marker == _SOS:
            body = body or start
        skeleton.add(marker, content[start:end])
    if not body:
        raise Unreadable("damaged")
    skeleton.check(size=end - body)
    stream = b"".join([b"\xff\xd8", *skeleton.head, memoryview(content)[body:end]])
    is_costly = skeleton.is_layered and _is_costly("JPEG", skeleton.width * skeleton.height)
    return Source("JPEG", stream, skeleton.orientation, is_costly)


@dataclass(slots=True)
class _Skeleton:
    """What the segments say, and those of them a decoder needs before the first scan."""

    head: list[bytes] = field(default_factory=list)
    width: int = 0
    height: int = 0
    components: bytes = b""
    scans: int = 0
    is_layered: bool = False
    orientation: int = 1

    def add(self, marker: int, segment: bytes) -> None:
        if marker == _SOS:
            self._add_scan(segment)
        elif marker in _FRAMES:
            self._add_frame(marker, segment)
        elif marker == _APP1 and segment[4:10] == b"Exif\0\0":
            self.orientation = _orientation(segment[10:])
        names_colours = (marker, segment[4:9]) in ((_APP0, b"JFIF\0"), (_APP14, b"Adobe"))
        if not self.scans and (marker in _TABLES or marker in _FRAMES or names_colours):
            self.head.append(segment)

    def _add_frame(self, marker: int, segment: bytes) -> None:
        if marker not in _PLAIN_FRAMES or self.components:
            raise Unreadable("too_complex")
        if len(segment) < 10:
            raise Unreadable("damaged")
        self.height, self.width = struct.unpack_from(">HH", segment, 5)
        self.components = segment[9:10]
        self.is_layered = marker == _PROGRESSIVE

    def _add_scan(self, segment: bytes) -> None:
        if not self.components:
            raise Unreadable("damaged")
        self.scans += 1
        if self.scans > LIMIT_SCANS:
            raise Unreadable("too_complex")
        # A scan of some components only makes the decoder keep the whole picture, as progressive does.
        self.is_layered |= segment[4:5] != self.components

    def check(self, *, size: int) -> None:
        pixels = LIMIT_PIXELS if self.is_layered else LIMIT_JPEG_PIXELS
        check_size(self.width, self.height, pixels=pixels)
        if not self.is_layered:
            return
        scanned = self.scans * self.width * self.height
        if scanned > LIMIT_SCANNED_PIXELS:
            raise Unreadable("too_complex")
        # A scan that refines next to nothing is the cheapest of samples.
        check_fed(scanned, size=size, most=500, harmless=2 * HARMLESS_SAMPLES)


# --- PNG ----------------------------------------------------------------------------------------


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    position = 8
    for _ in range(LIMIT_PARTS):
        if position + 12 > len(content):
            raise Unreadable("damaged")
        length, name = struct.unpack_from(">I4s", content, position)
        end = position + 12 + length
        if end > len(content):
            raise Unreadable("damaged")
        yield name, position, end
        if name == b"IEND":
            return
        position = end
    raise Unreadable("too_complex")


# By colour type: grey, RGB, palette, grey and RGB with transparency.
_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def _png(content: bytes) -> Source:
    kept, orientation, width, height, size = [content[:8]], 1, 0, 0, 0
    picture = memoryview(content)
    for name, start, end in _chunks(content):
        if start == 8:
            if name != b"IHDR" or end != 33:
                raise Unreadable("damaged")
            width, height = struct.unpack_from(">II", content, 16)
            check_size(width, height)
        elif name == b"acTL":
            raise Unreadable("animated")
        elif name == b"eXIf":
            orientation = _orientation(content[start + 8 : end - 4])
        elif name == b"IDAT":
            size += end - start
        if name in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            kept.append(picture[start:end])
    depth, colours = content[24], _PNG_CHANNELS.get(content[25], 4)
    check_fed(width * height * depth * colours // 8, size=size, most=150)
    return Source("PNG", b"".join(kept), orientation, _is_costly("PNG", width * height))


# --- WebP ---------------------------------------------------------------------------------------


def _riff(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    position, whole = 12, 8 + int.from_bytes(content[4:8], "little")
    if whole > len(content):
        raise Unreadable("damaged")
    for _ in range(LIMIT_PARTS):
        if position + 8 > whole:
            return
        name, length = struct.unpack_from("<4sI", content, position)
        end = position + 8 + length
        if end > whole:
            raise Unreadable("damaged")
        yield name, content[position + 8 : end]
        position = end + length % 2
    raise Unreadable("too_complex")


def _webp(content: bytes) -> Source:
    kept, orientation, sizes = [], 1, []
    for name, payload in _riff(content):
        if name in (b"ANIM", b"ANMF") or (name == b"VP8X" and payload[:1] and payload[0] & 0x02):
            raise Unreadable("animated")
        if name == b"EXIF":
            orientation = _orientation(payload.removeprefix(b"Exif\0\0"))
        if name in (b"VP8X", b"VP8 ", b"VP8L"):
            sizes.append(_webp_size(name, payload))
        if name == b"VP8X":
            payload = bytes([payload[0] & 0x10]) + payload[1:]  # of its promises only transparency is kept
        if name in (b"VP8X", b"ALPH", b"VP8 ", b"VP8L"):
            kept.append(struct.pack("<4sI", name, len(payload)) + payload + b"\0" * (len(payload) % 2))
    if not sizes or len(set(sizes)) > 1:
        raise Unreadable("damaged")
    (width, height), *_ = sizes
    check_size(width, height)
    picture = b"WEBP" + b"".join(kept)
    check_fed(3 * width * height, size=len(picture), most=300)
    stream = b"RIFF" + struct.pack("<I", len(picture)) + picture
    return Source("WEBP", stream, orientation, _is_costly("WEBP", width * height))


def _webp_size(name: bytes, payload: bytes) -> tuple[int, int]:
    if len(payload) < 10:
        raise Unreadable("damaged")
    if name == b"VP8X":
        return 1 + int.from_bytes(payload[4:7], "little"), 1 + int.from_bytes(payload[7:10], "little")
    if name == b"VP8L":
        packed = int.from_bytes(payload[1:5], "little")
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", payload, 6)
    return width & 0x3FFF, height & 0x3FFF


# --- PDF ----------------------------------------------------------------------------------------

_PAGE = re.compile(rb"/Type\s{0,4}/Page\b")


def _pdf(content: bytes) -> Source:
    # Versions and pages taken out may still lie in the file: how many there are, the decoder says in the end.
    if len(_PAGE.findall(content)) > 5 * LIMIT_PAGES:
        raise Unreadable("too_many_pages")
    nesting.check(content)
    return Source("PDF", content)


# --- shared -------------------------------------------------------------------------------------


def _is_costly(kind: str, pixels: int) -> bool:
    return pixels * _BYTES_PER_PIXEL[kind] > _OWN_MEMORY


def _orientation(tiff: bytes) -> int:
    """The one thing of EXIF that matters here, 1 to 8; whatever is odd counts as upright."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return 1
    (directory,) = struct.unpack_from(order + "I", tiff, 4)
    if directory + 2 > len(tiff):
        return 1
    (count,) = struct.unpack_from(order + "H", tiff, directory)
    entries = tiff[directory + 2 : directory + 2 + 12 * count]
    for tag, kind, _, value in struct.iter_unpack(order + "HHIH2x", entries[: len(entries) // 12 * 12]):
        if tag == 0x0112 and kind == 3 and 1 <= value <= 8:
            return value
    return 1
