"""Pages travel compressed, pictures as they are."""

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from portal.compression import CompressedPagesMiddleware

WORDS = "سلام " * 200


def answered(response):
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    return CompressedPagesMiddleware(lambda _: response)(request)


def test_a_page_is_compressed():
    assert answered(HttpResponse(WORDS))["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("kind", ["image/jpeg", "application/pdf"])
def test_a_file_is_not(kind, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x" * 5000)

    assert "Content-Encoding" not in answered(FileResponse(path.open("rb"), content_type=kind))
