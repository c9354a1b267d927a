"""A judged file becomes plain RGB pictures of at most 2048 px.

Imports nothing of ours, so that `isolation.py` can run it alone.
"""

import io
import resource
import signal
import struct
import sys
from collections.abc import Iterator

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

LONGEST_SIDE = 2048
# 3840 / 2: below it a JPEG is decoded one size larger and resampled. Half of the usual 4032 px passes.
LEAST_DRAFT = 1920
SHORTEST_SIDE = 100
LIMIT_SIDE = 16_384
LIMIT_PIXELS = 50_000_000
LIMIT_PAGES = 10

# What an isolated decoder may use: 50 megapixels of WebP or HEIC, 35 of a scanned page of a PDF, stay below.
ISOLATED_MEMORY = {"PDF": 192 * 2**20, "PNG": 640 * 2**20, "JPEG": 640 * 2**20}
ISOLATED_MEMORY_OTHERS = 1024 * 2**20
ISOLATED_CPU_SECONDS = 6
# Five times what such a scanned page needs.
PAGE_CPU_SECONDS = 1.0

# Below this many samples no decoder is dear, however little they are packed into.
HARMLESS_SAMPLES = 32 * 2**20

# The classes themselves, not Image.open: the type is already known by content, no other plugin (nor JPEG's
# multi-picture one) gets a chance, and Pillow's global pixel limit does not stand in for ours.
_PLUGINS = {"JPEG": JpegImageFile, "PNG": PngImageFile, "WEBP": WebPImageFile}

# What Pillow's plugins and pi_heif are known to raise for broken input.
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    RuntimeError,
    struct.error,
)


class Unreadable(Exception):
    """`code` is a key of `refusals.SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def pictures(stream: bytes, *, kind: str) -> Iterator[Image.Image]:
    if kind == "PDF":
        yield from _pages(stream)
    elif kind == "HEIF":
        yield _heif(stream)
    else:
        picture = _still(stream, kind=kind)
        # Nothing holds the file any more while its picture is turned and written.
        del stream
        yield picture


def check_size(width: int, height: int, *, pixels: int = LIMIT_PIXELS) -> None:
    if max(width, height) > LIMIT_SIDE:
        raise Unreadable("too_long")
    if width * height > pixels:
        raise Unreadable("too_many_pixels")
    if min(width, height) < SHORTEST_SIDE:
        raise Unreadable("too_small")


def check_fed(samples: int, *, size: int, most: int, harmless: int = HARMLESS_SAMPLES) -> None:
    """Many samples out of next to no bytes: no paper is that empty, and each sample costs all the same."""
    if samples > harmless and samples > most * size:
        raise Unreadable("too_complex")


def _still(stream: bytes, *, kind: str) -> Image.Image:
    try:
        with _PLUGINS[kind](io.BytesIO(stream)) as image:
            image.draft(None, _draft_size(image.size))
            image.load()
            return _plain(image)
    except MemoryError:
        raise Unreadable("too_complex") from None
    except _BROKEN:
        raise Unreadable("damaged") from None


def _draft_size(size: tuple[int, int]) -> tuple[int, int]:
    """The size of the smallest of JPEG's built-in reductions that still serves."""
    for scale in (8, 4, 2):
        if max(size) // scale >= LEAST_DRAFT:
            return size[0] // scale, size[1] // scale
    return size


def _heif(stream: bytes) -> Image.Image:
    import pi_heif

    pi_heif.options.DECODE_THREADS = 1
    pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
    try:
        heif = pi_heif.open_heif(io.BytesIO(stream))  # reads the boxes only
        if "avif" in heif.mimetype:
            raise Unreadable("wrong_kind")
        check_size(*heif.size)
        check_fed(3 * heif.size[0] * heif.size[1], size=len(stream), most=300)
        return _plain(heif.to_pillow())
    except MemoryError:
        raise Unreadable("too_complex") from None
    except _BROKEN:
        raise Unreadable("damaged") from None


def _pages(stream: bytes) -> Iterator[Image.Image]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(stream)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)
        raise Unreadable("encrypted_pdf" if locked else "bad_pdf") from None
    if len(document) > LIMIT_PAGES:
        raise Unreadable("too_many_pages")
    if not len(document):
        raise Unreadable("bad_pdf")
    document.init_forms()  # draws what was filled in; this build of pdfium has no script engine
    for number in range(len(document)):
        # Ends the process unless the page is done in time; only ever runs isolated.
        signal.setitimer(signal.ITIMER_PROF, PAGE_CPU_SECONDS)
        try:
            yield _page(document[number])
        except pypdfium2.PdfiumError:
            raise Unreadable("bad_pdf") from None


def _page(page) -> Image.Image:
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise Unreadable("bad_pdf")
    scale = LONGEST_SIDE / max(width, height)
    if min(width, height) * scale < SHORTEST_SIDE:
        raise Unreadable("too_long")
    bitmap = page.render(scale=scale, rev_byteorder=True)
    return _plain(bitmap.to_pil())


def _plain(image: Image.Image) -> Image.Image:
    """RGB, eight bits, on white where it was transparent, no larger than needed, nothing but pixels."""
    if image.mode in ("RGBA", "LA", "PA", "RGBX") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    elif image.mode.startswith("I"):
        # Sixteen bits of grey; Pillow's own conversion would clip all above 255 to white.
        image = image.point(lambda level: level * (1 / 256)).convert("L")
    image = _shrunk(image)
    if image.mode != "RGB":
        image = image.convert("RGB")
    image.info = {}
    return image


def _shrunk(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest <= LONGEST_SIDE:
        return image
    size = tuple(max(1, round(side * LONGEST_SIDE / longest)) for side in image.size)
    if image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    if longest >= 2 * LONGEST_SIDE:
        # By whole fields first: a third of the work of one step, and print stays as sharp.
        image = image.reduce(longest // LONGEST_SIDE)
    return image.resize(size, Image.Resampling.BICUBIC)


def _confine(kind: str) -> None:
    for resource_kind, limit in (
        (resource.RLIMIT_AS, ISOLATED_MEMORY.get(kind, ISOLATED_MEMORY_OTHERS)),
        (resource.RLIMIT_CPU, ISOLATED_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(resource_kind)
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource_kind, (limit, limit))


def main() -> None:
    """The file comes in; a picture leaves as `F`, width, height and bytes, a refusal as `R` and its code."""
    _confine(sys.argv[1])
    out = sys.stdout.buffer
    try:
        for image in pictures(sys.stdin.buffer.read(), kind=sys.argv[1]):
            out.write(b"F" + struct.pack(">II", *image.size))
            out.write(image.tobytes())
    except Unreadable as refusal:
        out.write(b"R" + refusal.code.encode())
    except MemoryError:
        out.write(b"Rtoo_complex")
    out.flush()


if __name__ == "__main__":
    main()
