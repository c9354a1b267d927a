"""A clean image carries the pixels, upright and no larger than needed, and nothing else of what was sent."""

import hashlib
import io
import zipfile

import pytest
from PIL import Image

from claims import documents
from claims.documents import pictures
from tests.claims.documents import files
from tests.claims.documents.looks import clean, looks_like, opened

TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.sh", files.SECRET)
    return out.getvalue()


def jpeg():
    return files.saved(files.marked())


def png():
    return files.saved(files.marked(), "PNG")


LADEN = {
    "exif and place": lambda: files.saved(files.marked(), exif=files.exif()),
    "comment": lambda: files.saved(files.marked(), comment=files.SECRET),
    "xmp": lambda: files.with_segments(
        jpeg(), files.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + files.SECRET)
    ),
    "10 MB of profile": lambda: files.with_segments(jpeg(), *files.colour_profile(10_000_000)),
    "html behind": lambda: jpeg() + b"<script>" + files.SECRET + b"</script>",
    "html before the tables": lambda: files.with_segments(
        jpeg(), files.segment(0xFE, b"<html>" + files.SECRET)
    ),
    "zip behind": lambda: jpeg() + zipped(),
    "png text": lambda: files.with_chunks(png(), files.chunk(b"tEXt", b"Author\0" + files.SECRET)),
    "png profile": lambda: files.saved(files.marked(), "PNG", icc_profile=files.SECRET * 100),
    "png exif": lambda: files.saved(files.marked(), "PNG", exif=files.exif()),
    "zip behind a png": lambda: png() + zipped(),
    "webp exif": lambda: files.saved(files.marked(), "WEBP", exif=files.exif(), icc_profile=files.SECRET),
    "heic exif": files.heic,
}


@pytest.mark.parametrize("load", LADEN)
def test_nothing_but_the_picture_is_kept(load):
    (image,) = clean(LADEN[load]())
    for content in (image.content, image.thumbnail):
        kept = opened(content)
        assert not kept.getexif()
        assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert files.SECRET not in content
        assert content.endswith(b"\xff\xd9")
        assert not zipfile.is_zipfile(io.BytesIO(content))
    assert looks_like(opened(image.content), files.RED, at=(20, 20))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", TURNS)
def test_the_picture_stands_as_the_camera_was_held(orientation, kind):
    turn = TURNS[orientation]
    upright = files.marked()
    taken = upright.transpose(turn) if turn is not None else upright
    (image,) = clean(files.saved(taken, kind, exif=files.exif(orientation=orientation)))
    kept = opened(image.content)
    assert kept.size == (1200, 900)
    assert looks_like(kept, files.RED, at=(100, 100))
    assert looks_like(kept, files.BLUE, at=(1100, 800))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ((4032, 3024), (2016, 1512)),  # half, without resampling
        ((3264, 2448), (2048, 1536)),
        ((1000, 3000), (683, 2048)),
        ((640, 480), (640, 480)),
    ],
)
def test_the_long_side_is_at_most_2048(sent, kept):
    (image,) = clean(files.saved(files.marked(sent)))
    assert (image.width, image.height) == opened(image.content).size == kept
    assert image.size == len(image.content)
    assert max(opened(image.thumbnail).size) <= pictures.THUMBNAIL_SIDE


def test_both_fingerprints_say_which_bytes_they_are_of():
    content = jpeg()
    (image,) = clean(content)
    assert image.sha256 == hashlib.sha256(image.content).hexdigest()
    assert image.source_sha256 == hashlib.sha256(content).hexdigest()


def distance(one, two):
    return (int(one.perceptual_hash, 16) ^ int(two.perceptual_hash, 16)).bit_count()


def test_the_same_look_is_known_after_another_size_and_quality():
    (first,) = clean(files.saved(files.page()))
    (again,) = clean(files.saved(files.page().resize((1600, 1200)), quality=60))
    (other,) = clean(files.saved(files.page().transpose(Image.Transpose.ROTATE_180)))
    assert len(first.perceptual_hash) == 16
    assert distance(first, again) <= 4 < distance(first, other)


@pytest.mark.parametrize(
    ("page", "advice"),
    [
        ({}, ()),
        ({"blur": 6}, ("blurred",)),
        ({"light": 0.3}, ("dark",)),
        ({"size": (799, 600)}, ("small",)),
        ({"size": (800, 600)}, ()),
    ],
)
def test_a_poor_picture_is_taken_with_advice(page, advice):
    (image,) = clean(files.saved(files.page(**page)))
    assert image.advice == advice
    assert all(documents.ADVICE[code] for code in image.advice)


def test_a_white_receipt_on_a_black_table_is_not_dark():
    table = Image.new("RGB", (2000, 1500), (12, 12, 12))
    table.paste(files.page((500, 700)), (700, 400))
    (image,) = clean(files.saved(table))
    assert "dark" not in image.advice


@pytest.mark.parametrize(("degrees", "red_at"), [(90, (800, 100)), (180, (1100, 800)), (270, (100, 1100))])
def test_a_kept_image_is_turned_clockwise(degrees, red_at):
    (image,) = clean(jpeg())
    turned = documents.rotate(image.content, degrees=degrees)
    assert looks_like(opened(turned.content), files.RED, at=red_at)
    assert (turned.width, turned.height) == opened(turned.content).size
    assert turned.sha256 == hashlib.sha256(turned.content).hexdigest() != image.sha256
