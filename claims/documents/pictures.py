"""A decoded picture becomes what is kept: a clean JPEG, its thumbnail, fingerprints and advice."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image, ImageFilter

# On photographed print 85 is the knee: 75 rings around small type, 92 costs half as much again in bytes.
QUALITY = 85
THUMBNAIL_SIDE = 320
THUMBNAIL_QUALITY = 75

SMALL_SIDE = 800
_OVERVIEW_SIDE = 672
_DARKEST_PAPER = 90


class Advice(NamedTuple):
    state: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.state}. {self.remedy}"


ADVICE = {
    "blurred": Advice(
        "عکس کمی تار است", "شاید نوشته‌ها خوانده نشوند. گوشی را ثابت نگه دارید و زیر نور بیشتر دوباره بگیرید."
    ),
    "dark": Advice("عکس تاریک است", "در نور بیشتر دوباره عکس بگیرید."),
    "small": Advice("عکس کوچک است", "شاید خوانا نباشد. از نزدیک‌تر دوباره عکس بگیرید."),
}

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class CleanImage:
    content: bytes
    thumbnail: bytes
    sha256: str
    source_sha256: str
    perceptual_hash: str
    width: int
    height: int
    advice: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.content)


def upright(image: Image.Image, *, orientation: int) -> Image.Image:
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def finished(image: Image.Image, *, source_sha256: str) -> CleanImage:
    """`image` is RGB, upright and no longer than what is kept."""
    content = _jpeg(image, quality=QUALITY)
    overview = _overview(image)
    small = _thumbnail(overview)
    return CleanImage(
        content=content,
        thumbnail=_jpeg(small, quality=THUMBNAIL_QUALITY),
        sha256=hashlib.sha256(content).hexdigest(),
        source_sha256=source_sha256,
        perceptual_hash=_difference_hash(small),
        width=image.width,
        height=image.height,
        advice=tuple(_advice(overview, small, longest=max(image.size))),
    )


def _jpeg(image: Image.Image, *, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _overview(image: Image.Image) -> Image.Image:
    """About a third of what is kept, made in one pass: thumbnail, fingerprint and advice all start from it."""
    return image.reduce(max(1, round(max(image.size) / _OVERVIEW_SIDE)))


def _thumbnail(overview: Image.Image) -> Image.Image:
    longest = max(overview.size)
    if longest <= THUMBNAIL_SIDE:
        return overview
    size = tuple(max(1, round(side * THUMBNAIL_SIDE / longest)) for side in overview.size)
    return overview.resize(size, Image.Resampling.BILINEAR)


def _difference_hash(small: Image.Image) -> str:
    """64 bits: is each of 8 × 8 fields brighter than its right neighbour, by more than rounding does."""
    levels = small.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(0, 72, 9):
        for column in range(row, row + 8):
            bits = bits << 1 | (levels[column] > levels[column + 1] + 1)
    return f"{bits:016x}"


def _advice(overview: Image.Image, small: Image.Image, *, longest: int) -> Iterator[str]:
    if _is_blurred(overview):
        yield "blurred"
    if _is_dark(small):
        yield "dark"
    if longest < SMALL_SIDE:
        yield "small"


_LAPLACIAN = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_SQUARED = [min(255, (level - 128) ** 2 // 8) for level in range(256)]
_FIELDS = 6
# Measured on drawn pages, receipts and notes, pale and noisy ones included: sharp ones from 17 up, those
# blurred by 4 px and more from 5 down, in the units of `_SQUARED`.
_LEAST_SHARPNESS = 10


def _is_blurred(overview: Image.Image) -> bool:
    """Compares the busiest fields with the calmest: noise of the sensor raises both, print only the first."""
    energy = (
        overview.convert("L")
        .filter(_LAPLACIAN)
        .point(_SQUARED)
        .resize((_FIELDS, _FIELDS), Image.Resampling.BOX)
    )
    fields = sorted(energy.tobytes())
    return fields[-2] - fields[3] < _LEAST_SHARPNESS


def _is_dark(small: Image.Image) -> bool:
    """Judged by its brightest fiftieth, which is the paper: a white receipt on a black table is not dark."""
    seen = 0
    histogram = small.convert("L").histogram()
    for level in range(255, _DARKEST_PAPER, -1):
        seen += histogram[level]
    return seen < small.width * small.height / 50
