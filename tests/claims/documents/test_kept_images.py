"""A kept image is on the disk whole or not at all, under a name nobody guesses, and goes when no row knows it."""

import errno
import hashlib
import io
import os
import re
import resource
import stat
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from claims import documents
from tests.claims.documents import files

DAY = timedelta(days=1)


@pytest.fixture
def root(settings, tmp_path):
    options = {"location": str(tmp_path), "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    backend = {"BACKEND": "claims.documents.storage.DurableStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "documents": backend}
    return tmp_path


@pytest.fixture
def image():
    return documents.clean(io.BytesIO(files.saved(files.marked())))[0]


def everything(root):
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def grow_old(root, names):
    for name in names:
        os.utime(root / name, (1_000_000_000, 1_000_000_000))


@contextmanager
def files_no_larger_than(limit):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_what_was_kept_is_what_is_read(root, image):
    name = documents.keep(image, folder="claims")
    assert re.fullmatch(r"claims/([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{28}\.jpg", name)
    with documents.open_image(name) as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == image.sha256
    with documents.open_image(documents.thumbnail_name(name)) as small:
        assert small.read() == image.thumbnail
    assert everything(root) == sorted([name, documents.thumbnail_name(name)])


def test_the_same_image_twice_has_two_names(root, image):
    first, second = (documents.keep(image, folder="claims") for _ in range(2))
    assert first != second
    assert len(everything(root)) == 4


def test_nobody_else_on_the_machine_may_read(root, image):
    name = documents.keep(image, folder="claims")
    assert stat.S_IMODE((root / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((root / name).parent.stat().st_mode) == 0o700


def test_bytes_reach_the_disk_before_the_name_and_both_names_before_the_row(root, image, monkeypatch):
    order = []
    sync, rename = os.fsync, Path.rename
    monkeypatch.setattr(os, "fsync", lambda file: (order.append(_kind(file)), sync(file)))
    monkeypatch.setattr(Path, "rename", lambda self, to: (order.append("name"), rename(self, to)))
    documents.keep(image, folder="claims")
    assert "".join(word[0] for word in order).endswith("fnfnd")


def _kind(descriptor):
    return "directory" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"


def test_a_full_disk_is_told_and_leaves_nothing(root, image):
    with files_no_larger_than(1_000), pytest.raises(documents.StorageFull, match="بعداً دوباره تلاش کنید"):
        documents.keep(image, folder="claims")
    assert everything(root) == []
    assert documents.keep(image, folder="claims")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("call", [1, 2, 3, 4, 5, 6])
def test_a_disk_that_fills_at_any_moment_leaves_nothing(root, image, monkeypatch, call, number):
    calls = []

    def sync(descriptor):
        calls.append(descriptor)
        if len(calls) == call:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(documents.StorageFull):
        documents.keep(image, folder="claims")
    assert everything(root) == []


def test_another_fault_of_the_disk_is_not_called_full_and_leaves_nothing(root, image, monkeypatch):
    def sync(descriptor):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(OSError, match="Input/output"):
        documents.keep(image, folder="claims")
    assert everything(root) == []


def test_discarding_takes_the_thumbnail_along_and_may_be_repeated(root, image):
    name, other = (documents.keep(image, folder="claims") for _ in range(2))
    documents.discard(name)
    documents.discard(name)
    assert everything(root) == sorted([other, documents.thumbnail_name(other)])


def test_the_sweep_removes_old_files_without_a_row_and_no_others(root, image):
    known, orphan, young = (documents.keep(image, folder="claims") for _ in range(3))
    half = f"{orphan}.part"
    (root / half).write_bytes(b"half")
    grow_old(root, [known, orphan, documents.thumbnail_name(known), documents.thumbnail_name(orphan), half])
    asked = []

    def is_known(names):
        asked.extend(names)
        return {known} & set(names)

    removed = documents.sweep(is_known=is_known, older_than=DAY)
    assert sorted(removed) == sorted([orphan, documents.thumbnail_name(orphan), half])
    assert everything(root) == sorted(
        [known, documents.thumbnail_name(known), young, documents.thumbnail_name(young)]
    )
    assert young not in asked


def test_orphans_are_only_named_until_the_sweep(root, image):
    name = documents.keep(image, folder="claims")
    grow_old(root, everything(root))
    found = list(documents.orphans(is_known=lambda names: set(), older_than=DAY))
    assert sorted(found) == everything(root) == sorted([name, documents.thumbnail_name(name)])


def test_nothing_was_ever_kept(root):
    root.rmdir()
    assert documents.sweep(is_known=lambda names: set(), older_than=DAY) == []


def test_a_name_cannot_lead_out_of_the_place(root, image):
    from django.core.exceptions import SuspiciousFileOperation

    with pytest.raises(SuspiciousFileOperation):
        documents.keep(image, folder="../elsewhere")
