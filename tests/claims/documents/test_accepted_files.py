"""Whatever a member's phone or scanner makes is taken, and comes out as one clean kind of picture."""

import struct

import pytest
from PIL import Image

from tests.claims.documents import files
from tests.claims.documents.looks import clean, looks_like, opened


def sixteen_bit_png():
    row = b"\0" + b"".join(struct.pack(">H", part * 257) for part in files.RED) * 900
    return files.png(row * 900, size=(900, 900), depth=16)


HONEST = {
    "jpeg": lambda: files.saved(files.marked()),
    "progressive jpeg": lambda: files.saved(files.marked(), progressive=True),
    "cmyk jpeg": lambda: files.saved(files.marked(mode="CMYK")),
    "png": lambda: files.saved(files.marked(), "PNG"),
    "png with alpha": lambda: files.saved(files.marked(mode="RGBA"), "PNG"),
    "png with a palette": lambda: files.saved(files.marked().quantize(16), "PNG"),
    "16-bit png": sixteen_bit_png,
    "webp": lambda: files.saved(files.marked(), "WEBP"),
    "lossless webp": lambda: files.saved(files.marked(), "WEBP", lossless=True),
    "heic": files.heic,
}


@pytest.mark.parametrize("kind", HONEST)
def test_every_honest_kind_becomes_the_same_kind_of_picture(kind):
    (image,) = clean(HONEST[kind](), name="anything.txt")
    kept = opened(image.content)
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (image.width, image.height))
    assert looks_like(kept, files.RED, at=(40, 40))
    assert opened(image.thumbnail).format == "JPEG"


def test_sixteen_bits_of_grey_stay_grey():
    (image,) = clean(files.saved(Image.new("I;16", (900, 900), 30_000), "PNG"))
    assert looks_like(opened(image.content), (117, 117, 117), at=(450, 450))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_was_transparent_is_white(kind):
    (image,) = clean(files.saved(Image.new("RGBA", (900, 900), (0, 0, 0, 0)), kind))
    assert looks_like(opened(image.content), (255, 255, 255), at=(450, 450))


@pytest.mark.parametrize("pages", [1, 10])
def test_each_page_of_a_pdf_is_an_image_of_its_own(pages):
    images = clean(files.pdf(pages))
    assert [(image.width, image.height) for image in images] == [(1448, 2048)] * pages
    assert len({image.sha256 for image in images}) == pages
    sources = [image.source_sha256.split(":") for image in images]
    assert [number for _, number in sources] == [str(number) for number in range(1, pages + 1)]
    assert len({digest for digest, _ in sources}) == 1


def test_a_script_in_a_pdf_never_runs_and_is_not_kept():
    script = b"/OpenAction << /S /JavaScript /JS (" + files.SECRET + rb" app.alert\(1\)) >>"
    (image,) = clean(files.written_pdf(content=b"0 0 1 rg 0 0 595 842 re f", catalogue=script))
    assert looks_like(opened(image.content), (0, 0, 255), at=(700, 1000))
    assert b"JavaScript" not in image.content
    assert files.SECRET not in image.content


def test_the_picture_before_the_video_of_a_moving_photo_is_taken():
    still = files.saved(files.marked())
    (image,) = clean(still + b"\0\0\0\x18ftypmp42" + b"\xff\xda\xff\xda" * 200)
    (same,) = clean(still)
    assert image.content == same.content


def test_a_large_baseline_photo_is_decoded_at_reduced_scale():
    (image,) = clean(files.saved(Image.new("L", (12_000, 9_900), 200)))
    assert (image.width, image.height) == (2048, 1690)


@pytest.mark.parametrize(
    "make",
    [lambda: files.nested_pdf(depth=3, width=5), lambda: files.nested_pdf(depth=3, width=5, packed="flate")],
)
def test_a_pdf_whose_forms_draw_forms_as_usual_programs_write_them_is_taken(make):
    (image,) = clean(make())
    assert (image.width, image.height) == (1448, 2048)


def test_a_page_scanned_large_is_taken_in_every_kind():
    """35 megapixels of print, as a scanner at 600 dots makes them."""
    sheet = files.page((4960, 7016)).convert("L")
    for content in (
        files.saved(sheet, "PNG", compress_level=1),
        files.saved(sheet.resize((3508, 2480)), progressive=True),
    ):
        (image,) = clean(content)
        assert max(image.width, image.height) == 2048
