"""A file that the disk has no room for is left out and named; fields and other files of the request arrive."""

import errno

import pytest
from django.core.files import temp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from portal.lib import uploads


@pytest.fixture
def sent(settings):
    """A request with a field and three files; nothing of it has been read."""
    settings.FILE_UPLOAD_HANDLERS = ["portal.lib.uploads.TemporaryFiles"]
    files = [SimpleUploadedFile(f"{name}.jpg", name.encode() * 50_000) for name in ("one", "two", "three")]
    return RequestFactory().post("/", {"title": "قبض", "images": files})


@pytest.fixture
def full(monkeypatch):
    """`full("method", errno)` lets that method of the second temporary file fail."""

    def full(method, number):
        make, made = temp.NamedTemporaryFile, []

        def fail(*args, **kwargs):
            raise OSError(number, "as if")

        def temporary(*args, **kwargs):
            made.append(make(*args, **kwargs))
            if len(made) == 2:
                if method == "open":
                    fail()
                setattr(made[1], method, fail)
            return made[-1]

        monkeypatch.setattr(temp, "NamedTemporaryFile", temporary)

    return full


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
@pytest.mark.parametrize("method", ["open", "write", "seek"])
def test_only_the_file_without_room_is_left_out(sent, full, method, number):
    full(method, number)

    assert sent.POST["title"] == "قبض"
    assert [one.name for one in sent.FILES.getlist("images")] == ["one.jpg", "three.jpg"]
    assert sent.FILES.getlist("images")[1].read() == b"three" * 50_000
    assert uploads.without_room(sent) == ["two.jpg"]


def test_another_fault_of_the_disk_is_none_of_the_members(sent, full):
    full("write", errno.EIO)

    with pytest.raises(OSError, match="as if"):
        sent.POST["title"]


def test_with_room_all_arrive(sent):
    assert len(sent.FILES.getlist("images")) == 3
    assert uploads.without_room(sent) == []
