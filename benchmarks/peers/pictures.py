"""A picture in an afternoon: the original and two sizes beside it."""

import io
from pathlib import PurePath

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

SIDES = (2048, 320)


def sizes(content: bytes) -> dict[int, bytes]:
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
    answer = {}
    for side in SIDES:
        copy, out = image.copy(), io.BytesIO()
        copy.thumbnail((side, side))
        copy.save(out, "JPEG", quality=85)
        answer[side] = out.getvalue()
    return answer


def keep_sizes(file) -> None:
    """Beside an ImageField's own file."""
    with file.open() as original:
        found = sizes(original.read())
    for side, content in found.items():
        name = PurePath(file.name)
        file.storage.save(str(name.with_name(f"{name.stem}-{side}.jpg")), ContentFile(content))
