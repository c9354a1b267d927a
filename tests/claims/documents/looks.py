"""How the tests of this folder send a file and look at what came of it."""

import io

from PIL import Image

from claims import documents


def clean(content, **kwargs):
    return documents.clean(io.BytesIO(content), **kwargs)


def opened(content):
    return Image.open(io.BytesIO(content))


def looks_like(image, colour, *, at):
    return all(abs(ours - wanted) < 12 for ours, wanted in zip(image.getpixel(at), colour, strict=True))
