"""Where clean images live: durable once named, under names nobody can guess, never written twice."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.utils import timezone

from claims.documents.pictures import CleanImage
from claims.documents.refusals import StorageFull
from portal.lib.uploads import FULL

_PART = ".part"
_SMALL = ".small.jpg"
_BATCH = 500


class DurableStorage(FileSystemStorage):
    """A name appears only when its bytes are on the disk; a write that fails leaves nothing."""

    def _save(self, name: str, content) -> str:
        place = Path(self.path(name))
        part = place.with_name(place.name + _PART)
        try:
            self._make(place.parent)
            self._write(part, content)
            part.rename(place)
            # A thumbnail is kept just before its image, beside it: both names are made to last at once.
            if not name.endswith(_SMALL):
                _sync_directory(place.parent)
        except OSError as error:
            for left in (part, place):
                left.unlink(missing_ok=True)
            if error.errno in FULL:
                raise StorageFull from error
            raise
        return name

    def _make(self, directory: Path) -> None:
        """Its entry in the parent has to survive a power cut too."""
        if directory.is_dir():
            return
        self._make(directory.parent)
        with suppress(FileExistsError):  # made by another request meanwhile
            directory.mkdir(mode=self.directory_permissions_mode or 0o700)
        _sync_directory(directory.parent)

    def _write(self, part: Path, content) -> None:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, self.file_permissions_mode or 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(descriptor)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keep(image: CleanImage, *, folder: str) -> str:
    """The name to store in the row. Without a row the files are orphans, and `sweep` removes them in time."""
    return _keep(image.content, image.thumbnail, folder=folder)


def copy(name: str, *, folder: str) -> str:
    """The same image under a name of its own, for a row of its own: each is removed without the other."""
    storage = storages["documents"]
    with storage.open(name, "rb") as image, storage.open(thumbnail_name(name), "rb") as thumbnail:
        return _keep(image.read(), thumbnail.read(), folder=folder)


def _keep(content: bytes, thumbnail: bytes, *, folder: str) -> str:
    token = secrets.token_hex(16)
    name = f"{folder}/{token[:2]}/{token[2:4]}/{token}.jpg"
    storage = storages["documents"]
    with discarded_on_failure(name):
        storage.save(thumbnail_name(name), ContentFile(thumbnail))
        storage.save(name, ContentFile(content))
    return name


@contextmanager
def discarded_on_failure(*names: str) -> Iterator[None]:
    """For the block that makes kept images somebody's: when it fails, they go again at once."""
    with ExitStack() as stack:
        for name in names:
            stack.callback(discard, name)
        yield
        stack.pop_all()


def thumbnail_name(name: str) -> str:
    return name.removesuffix(".jpg") + _SMALL


def open_image(name: str) -> BinaryIO:
    return storages["documents"].open(name, "rb")


def discard(name: str) -> None:
    """Call it after the commit that removed the row; a file already gone is no fault."""
    for each in (name, thumbnail_name(name)):
        storages["documents"].delete(each)


def orphans(*, is_known: Callable[[list[str]], set[str]], older_than: timedelta) -> Iterator[str]:
    """Files without a row: `is_known` is given names as `keep` returned them, and answers which have one."""
    files = _files_before(timezone.now() - older_than)
    while batch := list(islice(files, _BATCH)):
        known = is_known(sorted({_main_name(name) for name in batch}))
        yield from (name for name in batch if name.endswith(_PART) or _main_name(name) not in known)


def sweep(*, is_known: Callable[[list[str]], set[str]], older_than: timedelta) -> list[str]:
    removed = []
    for name in orphans(is_known=is_known, older_than=older_than):
        storages["documents"].delete(name)
        removed.append(name)
    return removed


def _main_name(name: str) -> str:
    name = name.removesuffix(_PART)
    return name.removesuffix(_SMALL) + ".jpg" if name.endswith(_SMALL) else name


def _files_before(moment, *, folder: str = "") -> Iterator[str]:
    storage = storages["documents"]
    with suppress(FileNotFoundError):  # nothing was ever kept, or a draft took its files away meanwhile
        directories, files = storage.listdir(folder)
        for file in files:
            name = f"{folder}/{file}" if folder else file
            with suppress(FileNotFoundError):
                if storage.get_modified_time(name) < moment:
                    yield name
        for directory in directories:
            yield from _files_before(moment, folder=f"{folder}/{directory}" if folder else directory)
