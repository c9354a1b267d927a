"""Files on their way into a request: one that the disk has no room for is left out and named, the rest goes on."""

import errno
from contextlib import contextmanager, suppress

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LEFT_OUT = "_files_without_room"


def without_room(request) -> list[str]:
    """The names of the files that were sent with this request and could not be held."""
    return getattr(request, _LEFT_OUT, [])


class TemporaryFiles(TemporaryFileUploadHandler):
    """Django's, whose OSError would end the whole request before any view is asked."""

    def new_file(self, *args, **kwargs):
        # The file before this one is complete; when none can be begun, it must not be closed in its place.
        vars(self).pop("file", None)
        with self._room():
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        with self._room():
            return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        # Where the end of the file is written.
        with suppress(SkipFile), self._room():
            return super().file_complete(file_size)

    @contextmanager
    def _room(self):
        try:
            yield
        except OSError as error:
            if error.errno not in FULL:
                raise
            if hasattr(self, "file"):
                # What stands in its buffer finds no room either.
                with suppress(OSError):
                    self.file.close()
            setattr(self.request, _LEFT_OUT, [*without_room(self.request), self.file_name])
            raise SkipFile from None
