"""What is not an honest picture is refused by a sentence of its own, if possible before any decoder sees it."""

import io

import pytest
from PIL import Image

from claims import documents
from claims.documents import decoding, isolation
from claims.documents.refusals import SENTENCES
from tests.claims.documents import files


def refusal(content, **kwargs):
    with pytest.raises(documents.FileRefused) as caught:
        documents.clean(io.BytesIO(content), **kwargs)
    return caught.value


@pytest.fixture
def no_decoder(monkeypatch):
    """Fails the test when anything is decoded, here or in a process of its own."""

    def decode(*args, **kwargs):
        raise AssertionError("a decoder was asked")

    monkeypatch.setattr(decoding, "pictures", decode)
    monkeypatch.setattr(isolation, "pictures", decode)


def jpeg():
    return files.saved(files.page((1200, 900)))


def named(kind):
    return files.saved(Image.new("RGB", (300, 300), "white"), kind)


SKELETONS = {
    "0 bytes": (lambda: b"", "empty"),
    "over 15 MB": (lambda: jpeg().ljust(15 * 2**20 + 1, b"\0"), "too_large"),
    "text": (lambda: b"just words " * 50, "bad_file"),
    "html": (lambda: b"<!doctype html><script>alert(1)</script>", "bad_file"),
    "zip": (lambda: b"PK\3\4" + b"\0" * 500, "bad_file"),
    "gif": (lambda: named("GIF"), "wrong_kind"),
    "tiff": (lambda: named("TIFF"), "wrong_kind"),
    "bmp": (lambda: named("BMP"), "wrong_kind"),
    "eps": (lambda: named("EPS"), "wrong_kind"),
    "postscript": (lambda: b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file", "wrong_kind"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_kind"),
    "svg with a declaration": (lambda: b"\n<?xml version='1.0'?><svg/>", "wrong_kind"),
    "avif": (lambda: named("AVIF"), "wrong_kind"),
    "apng": (files.animated_png, "animated"),
    "moving webp": (files.animated_webp, "animated"),
    "1 x 60,000": (lambda: files.white_png(1, 60_000), "too_long"),
    "7,000 x 7,000 white png": (lambda: files.white_png(7_000, 7_000), "too_complex"),
    "7,000 x 7,000 white webp": (lambda: files.white_webp(7_000, 7_000), "too_complex"),
    "40 scans of next to nothing": (lambda: files.scan_bomb(40, size=(2700, 1800)), "too_complex"),
    "pdf of 500 pages": (lambda: files.pdf(500), "too_many_pages"),
    "pdf of nested forms": (files.nested_pdf, "too_complex"),
    "pdf of nested forms, packed": (lambda: files.nested_pdf(packed="flate"), "too_complex"),
    "pdf of nested forms by another spelling": (lambda: files.nested_pdf(name=b"/#46"), "too_complex"),
    "pdf of nested forms, packed twice": (lambda: files.nested_pdf(packed="both"), "too_complex"),
    "pdf of forms 45 deep": (lambda: files.nested_pdf(depth=45, width=1), "too_complex"),
    "pdf of 30,000 objects": (lambda: files.pdf() + b"1 0 obj /XObject endobj " * 30_000, "too_complex"),
    "9,000 x 9,000 png": (lambda: files.white_png(9_000, 9_000), "too_many_pixels"),
    "132 megapixels": (lambda: files.declaring(jpeg(), width=12_000, height=11_000), "too_many_pixels"),
    "jpeg side": (lambda: files.declaring(jpeg(), width=16_385, height=200), "too_long"),
    "99 px": (lambda: files.saved(Image.new("RGB", (400, 99))), "too_small"),
    "600 scans": (lambda: files.scan_bomb(600), "too_complex"),
    "41 scans": (lambda: files.scan_bomb(41), "too_complex"),
    "too many scanned pixels": (lambda: files.scan_bomb(40, size=(4000, 3000)), "too_complex"),
    "jpeg of empty segments": (
        lambda: files.with_segments(jpeg(), files.segment(0xFE, b"") * 30_000),
        "too_complex",
    ),
    "png of empty chunks": (
        lambda: files.with_chunks(files.white_png(300, 300), files.chunk(b"teXt", b"") * 30_000),
        "too_complex",
    ),
    "jpeg cut in its tables": (lambda: jpeg()[:200], "damaged"),
    "png cut in half": (lambda: files.saved(files.page((1200, 900)), "PNG")[:150_000], "damaged"),
    "webp cut in half": (lambda: files.saved(files.page((1200, 900)), "WEBP")[:40_000], "damaged"),
}


@pytest.mark.parametrize("kind", SKELETONS)
def test_the_skeleton_is_enough_to_refuse(kind, no_decoder):
    make, code = SKELETONS[kind]
    assert refusal(make(), name="photo.jpg").code == code


DECODED = {
    "jpeg cut in half": (lambda: jpeg()[: len(jpeg()) // 2], "damaged"),
    "progressive cut in half": (
        lambda: files.saved(files.page((1200, 900)), progressive=True)[:60_000],
        "damaged",
    ),
    "png with a wrong checksum": (
        lambda: files.white_png(300, 300)[:60] + b"??" + files.white_png(300, 300)[62:],
        "damaged",
    ),
    "heic cut": (lambda: files.heic()[:600], "damaged"),
    "heic of 81 megapixels": (lambda: files.heic_declaring(9_000, 9_000), "too_many_pixels"),
    "heic side": (lambda: files.heic_declaring(20_000, 200), "too_long"),
    "heic that lies about its size": (lambda: files.heic_declaring(320, 240), "damaged"),
    "encrypted pdf": (lambda: files.pdf(password="secret"), "encrypted_pdf"),
    "pdf of 11 pages": (lambda: files.pdf(11), "too_many_pages"),
    "pdf cut": (lambda: files.pdf()[:500], "bad_pdf"),
    "not really a pdf": (lambda: b"%PDF-1.7 and nothing more", "bad_pdf"),
    "pdf of one long strip": (lambda: files.pdf(size=(14_400, 72)), "too_long"),
}


@pytest.mark.parametrize("kind", DECODED)
def test_the_decoder_is_bounded_and_its_refusal_is_told(kind):
    make, code = DECODED[kind]
    assert refusal(make()).code == code


def test_each_kind_of_refusal_has_a_sentence_of_its_own():
    assert len(set(SENTENCES.values())) == len(SENTENCES)
    assert (
        str(refusal(files.pdf(password="secret")))
        == "PDF رمز دارد؛ رمز آن را بردارید یا از برگه‌ها عکس بگیرید."
    )
    assert refusal(b"", name="نسخه.jpg").name == "نسخه.jpg"


def test_15_mb_and_40_scans_are_still_taken():
    assert documents.clean(io.BytesIO(jpeg().ljust(15 * 2**20, b"\0")))
    assert documents.clean(io.BytesIO(files.scan_bomb(40)))
