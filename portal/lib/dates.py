"""Jalali days and Tehran clocks as people read and type them.

Month names stand here because jdatetime keeps its locale per thread.
"""

import datetime
import re
from zoneinfo import ZoneInfo

import jdatetime
from django.utils import timezone

from portal.lib.text import ZWNJ, latin_digits, persian_digits, without_invisible

TEHRAN = ZoneInfo("Asia/Tehran")
FIRST_YEAR, LAST_YEAR = 1300, 1500
MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)

_TYPED = re.compile(r"([0-9]{4}) ?[/. -] ?([0-9]{1,2}) ?[/. -] ?([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_SEPARATORS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d\u0640_", "-") | dict.fromkeys("⁄∕／\\", "/")
)

SHAPE = "تاریخ را مانند ۱۴۰۴/۰۵/۱۲ بنویسید."
YEAR_OUT_OF_RANGE = "سال را شمسی و با چهار رقم بنویسید؛ مانند ۱۴۰۴/۰۵/۱۲."
NO_SUCH_DAY = "این روز در تقویم شمسی نیست؛ روز و ماه را بررسی کنید."

Day = jdatetime.date | datetime.date


def today() -> jdatetime.date:
    return jalali(timezone.now())


def parse_jalali(text: str) -> jdatetime.date:
    """Read a typed Jalali day; the ValueError carries the sentence the person reads."""
    text = without_invisible(latin_digits(text)).replace(ZWNJ, "").translate(_SEPARATORS)
    match = _TYPED.fullmatch(" ".join(text.split()))
    if not match:
        raise ValueError(SHAPE)
    year, month, day = (int(part) for part in match.groups() if part is not None)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(YEAR_OUT_OF_RANGE)
    try:
        return jdatetime.date(year, month, day)
    except ValueError:
        raise ValueError(NO_SUCH_DAY) from None


def short(value: Day) -> str:
    day = jalali(value)
    return persian_digits(f"{day.year:04}/{day.month:02}/{day.day:02}")


def long(value: Day) -> str:
    day = jalali(value)
    return persian_digits(f"{day.day} {MONTHS[day.month - 1]} {day.year}")


def moment(value: Day) -> str:
    """Day and clock; a value that has no clock is shown as a day."""
    if not isinstance(value, (datetime.datetime, jdatetime.datetime)):
        return long(value)
    return f"{long(value)}، ساعت {clock(value)}"


def clock(value: datetime.datetime | jdatetime.datetime) -> str:
    at = _in_tehran(value)
    return persian_digits(f"{at.hour:02}:{at.minute:02}")


def _in_tehran(value: datetime.datetime | jdatetime.datetime):
    """An aware moment on Tehran's clock; a naive one is Tehran's already."""
    return value if value.tzinfo is None else value.astimezone(TEHRAN)


def jalali(value: Day) -> jdatetime.date:
    if isinstance(value, (datetime.datetime, jdatetime.datetime)):
        value = _in_tehran(value)
    if isinstance(value, jdatetime.datetime):
        return value.date()
    if isinstance(value, jdatetime.date):
        return value
    return jdatetime.date.fromgregorian(year=value.year, month=value.month, day=value.day)
