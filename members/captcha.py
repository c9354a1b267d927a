"""«کد امنیتی»: five Persian digits to see or to hear, good for one try. It makes pictures and sounds, no pages."""

import io
import math
import random
import secrets
import wave
from functools import cache
from pathlib import Path

from captcha.models import CaptchaStore
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from PIL import Image, ImageDraw, ImageFont

from portal.lib.text import compact, persian_digits

# 0 looks like a dot and 1 like a stroke of the noise.
ALPHABET = "23456789"
SOUNDS = Path(__file__).parent / "sounds"
# Drawn at twice the size it is shown at, for the screens of phones.
SCALE = 2
# Edges stay smooth enough at that scale, and the picture takes half as many bytes as with sixteen.
COLOURS = 4
RATE, SAMPLE = 16_000, 2


def digits() -> tuple[str, str]:
    """What is drawn and what is right; named by the settings for django-simple-captcha."""
    right = "".join(secrets.choice(ALPHABET) for _ in range(settings.CAPTCHA_LENGTH))
    return persian_digits(right), right


def new() -> str:
    """The key of a new challenge."""
    return CaptchaStore.generate_key()


def is_right(key: str, answer: str) -> bool:
    """Whether the answer is right; a wrong one ends the challenge, a right one waits for `use`."""
    answer = compact(answer)
    if settings.CAPTCHA_TEST_MODE and answer.lower() == "passed":
        return True
    right = _answer_to(key)
    if right is not None and constant_time_compare(right, answer):
        return True
    _remove(key)
    return False


def use(key: str, answer: str) -> bool:
    """Take the challenge out of the world; of several at once one alone gets True."""
    if settings.CAPTCHA_TEST_MODE and compact(answer).lower() == "passed":
        _remove(key)
        return True
    return _remove(key)


def picture(key: str) -> bytes | None:
    """A PNG, the same each time it is asked for; None once the challenge is over."""
    right = _answer_to(key)
    if right is None:
        return None
    # Seeded by the key, so that pictures of one challenge cannot be averaged into a clean one.
    dice = random.Random(salted_hmac("members.captcha", key).hexdigest())
    size = tuple(SCALE * side for side in settings.CAPTCHA_IMAGE_SIZE)
    image = Image.new("RGB", size, settings.CAPTCHA_BACKGROUND_COLOR)
    ink = Image.new("RGB", size, settings.CAPTCHA_FOREGROUND_COLOR)
    image.paste(ink, mask=_digits_mask(right, size, dice))
    _draw_arcs(image, dice)
    png = io.BytesIO()
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS).save(png, "PNG", optimize=True)
    return png.getvalue()


def sound(key: str) -> bytes | None:
    """The digits spoken, as a WAV; None once the challenge is over."""
    right = _answer_to(key)
    if right is None:
        return None
    joined = io.BytesIO()
    with wave.open(joined, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(SAMPLE)
        file.setframerate(RATE)
        for digit in right:
            file.writeframes(_spoken(digit))
            file.writeframes(bytes(SAMPLE * (RATE // 2 + secrets.randbelow(RATE // 4))))
    return joined.getvalue()


def sweep() -> None:
    CaptchaStore.remove_expired()


def _answer_to(key: str) -> str | None:
    rows = CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now())
    return rows.values_list("response", flat=True).first()


def _remove(key: str) -> bool:
    rows = CaptchaStore.objects.filter(hashkey=key, expiration__gt=timezone.now())
    return rows.delete()[0] == 1


def _digits_mask(right: str, size: tuple[int, int], dice: random.Random) -> Image.Image:
    width, height = size
    mask = Image.new("L", size)
    step = width / (len(right) + 0.6)
    for place, digit in enumerate(persian_digits(right)):
        turned = _drawn(digit).rotate(
            dice.uniform(*settings.CAPTCHA_LETTER_ROTATION), Image.Resampling.BICUBIC, expand=True
        )
        turned = turned.crop(turned.getbbox())
        across = round((place + 0.8) * step - turned.width / 2 + dice.uniform(-0.08, 0.08) * step)
        down = round((height - turned.height) * dice.uniform(0.25, 0.75))
        mask.paste(turned, (across, down), turned)
    return mask


def _drawn(digit: str) -> Image.Image:
    font = _font(settings.CAPTCHA_FONT_PATH, settings.CAPTCHA_FONT_SIZE * SCALE)
    left, top, right, bottom = font.getbbox(digit)
    image = Image.new("L", (right - left + 4, bottom - top + 4))
    ImageDraw.Draw(image).text((2 - left, 2 - top), digit, font=font, fill=255)
    return image


def _draw_arcs(image: Image.Image, dice: random.Random) -> None:
    """Two waves through the digits, thinner than their strokes: a person looks through them."""
    draw = ImageDraw.Draw(image)
    width, height = image.size
    for middle in (0.42, 0.62):
        swing = dice.uniform(0.1, 0.2) * height
        turns, start = dice.uniform(0.8, 1.6), dice.uniform(0, math.tau)
        line = [
            (x, middle * height + swing * math.sin(start + turns * math.tau * x / width))
            for x in range(0, width + 4, 4)
        ]
        draw.line(line, fill="#5c6b76", width=3, joint="curve")


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@cache
def _spoken(digit: str) -> bytes:
    with wave.open(str(SOUNDS / f"{digit}.wav")) as file:
        return file.readframes(file.getnframes())
