"""Jalali days and Tehran clocks as people read and type them.

Month names stand here because jdatetime keeps its locale per thread.
"""

import datetime
import re
from contextlib import suppress
from functools import lru_cache
from zoneinfo import ZoneInfo

import jdatetime
from django.utils import timezone

from portal.lib.text import ZWNJ, latin_digits, persian_digits, stored, without_invisible

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

_PARTS = re.compile(
    r"([0-9]{1,4}) ?[/. -] ?([0-9]{1,2}) ?[/. -] ?([0-9]{1,4})|([0-9]{4})([0-9]{2})([0-9]{2})"
)
_WEEKDAY = re.compile(r"^(?:(?:(?:یک|دو|سه|چهار|پنج) ?)?شنبه|جمعه|ادینه) ?[،,]? ?(?=[0-9])")
_NUMBERS = {name.replace("آ", "ا"): number for number, name in enumerate(MONTHS, start=1)} | {"امرداد": 5}
_MONTH = re.compile(rf"(?<![^0-9 /.-])({'|'.join(_NUMBERS)}) ?(?:ماه)?(?![^0-9 /.-])")
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
    """Read a typed Jalali day, «۱۴۰۵/۸/۲۵», «۲۵/۸/۱۴۰۵» or «سه‌شنبه ۲۵ آبان ۱۴۰۵».

    The ValueError carries the sentence the person reads.
    """
    match = _PARTS.fullmatch(_plain(text))
    first, month, last = (part for part in match.groups() if part is not None) if match else ("", "", "")
    if len(first) == 4 and len(last) < 3:
        return _day(first, month, last)
    if len(last) == 4 and len(first) < 3:
        return _day(last, month, first)
    if len(first) < 3 and len(last) < 3 and 2 in (len(first), len(last)):
        return _day_of_short_year(first, month, last)
    raise ValueError(SHAPE)


def _plain(text: str) -> str:
    """Latin digits and plain separators; the weekday is dropped, a month's name becomes its number."""
    text = stored(without_invisible(latin_digits(text)).translate(_SEPARATORS)).replace(ZWNJ, "")
    text = _WEEKDAY.sub("", text.replace("آ", "ا"))
    return _MONTH.sub(lambda named: f" {_NUMBERS[named[1]]} ", text, count=1).replace("  ", " ")


def _day(year: str, month: str, day: str) -> jdatetime.date:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueError(YEAR_OUT_OF_RANGE)
    try:
        return jdatetime.date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(NO_SUCH_DAY) from None


def _day_of_short_year(first: str, month: str, last: str) -> jdatetime.date:
    """«۰۵/۸/۲۵» or «۲۵/۸/۰۵»: where both are days, the one of the last ten years is meant."""
    this_year = today().year
    found = set()
    for year, day in ((first, last), (last, first)):
        if len(year) == 2:
            century = this_year // 100 * 100
            full = century + int(year)
            with suppress(ValueError):
                found.add(_day(str(full if full <= this_year + 1 else full - 100), month, day))
    recent = {day for day in found if day.year > this_year - 10}
    if not found:
        raise ValueError(NO_SUCH_DAY)
    if len(found) > 1 and len(recent) != 1:
        raise ValueError(YEAR_OUT_OF_RANGE)
    return (found if len(found) == 1 else recent).pop()


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
        value = _in_tehran(value).date()
    return value if isinstance(value, jdatetime.date) else _of_gregorian(value)


@lru_cache(maxsize=4096)
def _of_gregorian(day: datetime.date) -> jdatetime.date:
    return jdatetime.date.fromgregorian(year=day.year, month=day.month, day=day.day)
