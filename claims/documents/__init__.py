"""What a file must be, how it is made into a clean image, where it is kept. No HTTP, no models."""

import hashlib
from typing import IO

from PIL import Image

from claims.documents import decoding, headers, isolation
from claims.documents.decoding import Unreadable
from claims.documents.pictures import ADVICE, CleanImage, finished, upright
from claims.documents.refusals import FileRefused, StorageFull
from claims.documents.storage import (
    copy,
    discard,
    discarded_on_failure,
    keep,
    open_image,
    orphans,
    sweep,
    thumbnail_name,
)

__all__ = [
    "ADVICE",
    "CleanImage",
    "FileRefused",
    "StorageFull",
    "clean",
    "copy",
    "discard",
    "discarded_on_failure",
    "keep",
    "open_image",
    "orphans",
    "rotate",
    "sweep",
    "thumbnail_name",
]

LIMIT_BYTES = 15 * 2**20

_CLOCKWISE = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def clean(file: IO[bytes], *, name: str = "") -> list[CleanImage]:
    """One image, or one per page of a PDF. Costs most of a request's time: hold no lock meanwhile."""
    try:
        return _cleaned(_read(file))
    except Unreadable as reason:
        raise FileRefused(reason.code, name=name) from None


def rotate(content: bytes, *, degrees: int) -> CleanImage:
    """A kept image turned clockwise by 90, 180 or 270. The caller's row keeps its own `source_sha256`."""
    (image,) = decoding.pictures(content, kind="JPEG")
    turned = image.transpose(_CLOCKWISE[degrees])
    return finished(turned, source_sha256=hashlib.sha256(content).hexdigest())


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    content = file.read(LIMIT_BYTES + 1)
    if not content:
        raise Unreadable("empty")
    if len(content) > LIMIT_BYTES:
        raise Unreadable("too_large")
    return content


def _cleaned(content: bytes) -> list[CleanImage]:
    digest = hashlib.sha256(content).hexdigest()
    source = headers.judge(content)
    del content  # the decoder's own copy is the smaller one
    kind, orientation = source.kind, source.orientation
    pictures = (isolation if source.is_costly else decoding).pictures(source.stream, kind=kind)
    del source  # which the decoder lets go of as soon as it can
    images = []
    for number, picture in enumerate(pictures, start=1):
        picture = upright(picture, orientation=orientation)
        images.append(finished(picture, source_sha256=_of_page(digest, kind=kind, number=number)))
    return images


def _of_page(digest: str, *, kind: str, number: int) -> str:
    """The pages of one PDF are different images, and the same page sent again is the same one."""
    return f"{digest}:{number}" if kind == "PDF" else digest
