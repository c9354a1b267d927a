"""Pages travel compressed, pictures as they are."""

import brotli
import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from portal.compression import CompressedPagesMiddleware

WORDS = "سلام " * 200


def answered(response, accepts="gzip"):
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    return CompressedPagesMiddleware(lambda _: response)(request)


def test_a_page_is_compressed():
    assert answered(HttpResponse(WORDS))["Content-Encoding"] == "gzip"


def test_a_browser_that_reads_brotli_gets_it_and_every_time_of_another_length():
    answers = [answered(HttpResponse(WORDS), "gzip, deflate, br, zstd") for _ in range(20)]

    for answer in answers:
        assert (answer["Content-Encoding"], answer["Vary"]) == ("br", "Accept-Encoding")
        assert brotli.decompress(answer.content).decode().startswith(WORDS)
        assert answer["Content-Length"] == str(len(answer.content))
    assert len({len(answer.content) for answer in answers}) > 1


@pytest.mark.parametrize("accepts", ["gzip, br;q=0", "br; q=0.0, gzip"])
def test_a_browser_that_refuses_brotli_gets_none(accepts):
    assert answered(HttpResponse(WORDS), accepts)["Content-Encoding"] == "gzip"


def test_what_a_script_asks_for_needs_no_comment_at_its_end():
    answer = answered(HttpResponse(WORDS, content_type="application/json"), "gzip, br")

    assert answer["Content-Encoding"] == "gzip"


def test_a_short_answer_stays_as_it_is():
    assert "Content-Encoding" not in answered(HttpResponse("سلام"), "br")


@pytest.mark.parametrize("kind", ["image/jpeg", "application/pdf"])
def test_a_file_is_not(kind, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x" * 5000)

    assert "Content-Encoding" not in answered(FileResponse(path.open("rb"), content_type=kind))
