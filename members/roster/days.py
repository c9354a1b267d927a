"""Days as employers write them: Jalali or Gregorian, any order, any separator, or run together."""

import calendar
import datetime
import re

import jdatetime

from members.roster.cells import Reading, Rule, cleaned, said
from portal.lib.text import match_key

# The oldest living person and the farthest contract lie between these.
FIRST_YEAR, LAST_YEAR = 1280, 1450
_GREGORIAN_YEARS = range(1901, 2072)

_MONTH_STARTS = [0, 31, 62, 93, 124, 155, 186, 216, 246, 276, 306, 336]
# The day before each new year; a table, because a hundred thousand birth dates are converted.
_EVES = {
    year: jdatetime.date(year, 1, 1).togregorian().toordinal() - 1
    for year in range(FIRST_YEAR, LAST_YEAR + 2)
}

# Spreadsheets count days from here. Five digits are no other date; four may be a year.
_FIRST_SERIAL, _SERIALS = datetime.date(1899, 12, 30), (10_000, 60_000)

_PLAIN = re.compile(r"(1[234][0-9]{2})/([0-9]{1,2})/([0-9]{1,2})")
_CLOCK = re.compile(r"[ T][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$")
_AFTER = re.compile(r"\s*[(\[]?(?:ه\.?\s?ش\.?|(?:هجری\s?)?شمسی)[)\]]?$")
_AROUND_SEPARATOR = re.compile(r"\s*([/.\-–—−_\\،,٫⁄])\s*")
_PARTS = re.compile(r"([0-9]{1,4})([/ .\-–—−_\\،,٫⁄])([0-9]{1,4})([/ .\-–—−_\\،,٫⁄])([0-9]{1,4})")
_NUMBER_AS_TEXT = re.compile(r"([0-9]{5,8})\.0+")


# «۲۵ مرداد ماه ۱۳۵۸», «سه‌شنبه ۲۵ مرداد ۵۸», «۱۳۵۸ مرداد ۲۵».
_MONTHS = {
    match_key(name): number
    for number, names in enumerate(
        ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد امرداد", "شهریور")
        + ("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
        start=1,
    )
    for name in names.split()
}
# Text files written by a spreadsheet with English dates: 04-Jan-99.
_ENGLISH_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_ENGLISH = re.compile(r"([0-9]{1,2})[ /.-]+([a-z]{3})[a-z]*[ /.,-]+([0-9]{4}|[0-9]{2})", re.IGNORECASE)
_IN_WORDS = re.compile(
    r"(?:\w*\s?(?:شنبه|جمعه))?[\s،]*([0-9]{4}|[0-9]{1,2})[\s/.\-]*([^\W\d_]+?)(?:\s*ماه)?[\s/.\-،]*(?:سال\s*)?([0-9]{4}|[0-9]{1,2})"
)


def day_of(year: int, month: int, day: int) -> datetime.date | None:
    """The Gregorian day of a Jalali one, or None when there is no such day."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    ordinal = _EVES[year] + _MONTH_STARTS[month - 1] + day
    if day > 30 and month > 6 or ordinal > _EVES[year + 1]:
        return None
    return datetime.date.fromordinal(ordinal)


def jalali_text(day: datetime.date) -> str:
    """1365/08/26, as the report and the employer's file have it."""
    jalali = jdatetime.date.fromgregorian(date=day)
    return f"{jalali.year:04}/{jalali.month:02}/{jalali.day:02}"


class DayRule(Rule):
    """A day, or None with the code of what is wrong."""

    empty = None

    def __init__(self, *, today: datetime.date, missing: str | None, invalid: str):
        super().__init__()
        self._missing, self._invalid = (missing,) if missing else (), invalid
        self._gregorian_century_turns = today.year % 100
        self._century_turns = jdatetime.date.fromgregorian(date=today).year % 100

    def read(self, text: str) -> Reading:
        plain = _PLAIN.fullmatch(text) if text.isascii() else None
        if plain:
            day = day_of(int(plain[1]), int(plain[2]), int(plain[3]))
            if day:
                return self.judged(day, set())
        text, codes = cleaned(text)
        text = self._with_month_as_number(_AFTER.sub("", said(text, codes)), codes)
        if not text:
            return None, self._missing
        return self._written(text, codes)

    def read_number(self, number: float) -> Reading:
        if _SERIALS[0] <= number <= _SERIALS[1]:
            # A date cell that was given the format of a number; the clock stands behind the point.
            return self.read_day(_FIRST_SERIAL + datetime.timedelta(days=int(number)))
        whole = float(number).is_integer() and number > 0
        return self._written(str(int(number)), set()) if whole else (None, (self._invalid,))

    def read_day(self, day: datetime.date) -> Reading:
        if isinstance(day, datetime.datetime):
            day = day.date()
        if day.year not in _GREGORIAN_YEARS:
            return None, (self._invalid,)
        return self.judged(day, {"DATE_GREGORIAN_CELL"})

    def judged(self, day: datetime.date, codes: set[str]) -> Reading:
        """What a subclass has against a day that exists."""
        return day, tuple(codes)

    def _with_month_as_number(self, text: str, codes: set[str]) -> str:
        """A month in words becomes its number, the year before it; other texts stay as they are."""
        match = (_ENGLISH if text.isascii() else _IN_WORDS).fullmatch(text)
        month = _month_named(match[2]) if match else None
        if not month:
            return text
        day, year = (match[1], match[3]) if len(match[1]) <= 2 else (match[3], match[1])
        if text.isascii() and len(year) == 2:
            codes.add("DATE_TWO_DIGIT_YEAR")
            year = f"19{year}" if int(year) > self._gregorian_century_turns else f"20{year}"
        if len(year) not in (2, 4):
            return text
        codes.add("DATE_MONTH_NAME")
        return f"{year}/{month}/{day}"

    def _written(self, text: str, codes: set[str]) -> Reading:
        text = _CLOCK.sub("", text)
        whole = _NUMBER_AS_TEXT.fullmatch(text)
        text = whole[1] if whole else text
        if len(text) == 5 and text.isdigit():
            return self.read_number(int(text))
        for year, month, day, found in self._candidates(text, codes):
            date = self._dated(year, month, day, found)
            if date:
                return self.judged(date, codes | found)
        return None, (*(codes & {"PERSIAN_DIGITS", "ARABIC_DIGITS"}), self._invalid)

    def _candidates(self, text: str, codes: set[str]):
        """Year, month and day as text, likeliest first, each with a set for the codes of that reading."""
        if text.isdigit():
            yield from _compact(text)
            return
        closed = _AROUND_SEPARATOR.sub(r"\1", text)
        if closed != text:
            codes.add("EXTRA_SPACES")
        match = _PARTS.fullmatch(" ".join(closed.split()))
        if not match:
            return
        first, mark, second, other_mark, third = match.groups()
        found = {"DATE_SEPARATOR"} if mark != "/" or other_mark != "/" else set()
        if len(third) <= 2 and len(first) in (2, 4):
            yield first, second, third, found
        if len(first) <= 2 and len(third) in (2, 4):
            yield third, second, first, found | {"DATE_ORDER_DMY"}

    def _dated(self, year: str, month: str, day: str, codes: set[str]) -> datetime.date | None:
        """The day of one reading; says in `codes` what had to be turned for it."""
        number = int(year)
        if len(year) == 2:
            codes.add("DATE_TWO_DIGIT_YEAR")
            number += 1300 if number > self._century_turns else 1400
        is_gregorian = number in _GREGORIAN_YEARS
        if is_gregorian:
            codes.add("DATE_GREGORIAN_TEXT")
        months, days = int(month), int(day)
        if is_gregorian and "DATE_ORDER_DMY" in codes and months <= 12 and days <= 12 and months != days:
            # 05/06/1986 is May in one country and June in another.
            return None
        if months > 12 and days <= 12:
            codes.add("DATE_MONTH_DAY_SWAPPED")
            months, days = days, months
        return _gregorian(number, months, days) if is_gregorian else day_of(number, months, days)


def _month_named(name: str) -> int | None:
    return _ENGLISH_MONTHS.get(name.lower()) if name.isascii() else _MONTHS.get(match_key(name))


def _compact(text: str):
    if len(text) == 8:
        yield text[:4], text[4:6], text[6:], {"DATE_COMPACT"}
        yield text[4:], text[2:4], text[:2], {"DATE_COMPACT", "DATE_ORDER_DMY"}
    elif len(text) == 6:
        yield text[:2], text[2:4], text[4:], {"DATE_COMPACT"}


def _gregorian(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


class BirthDateRule(DayRule):
    def __init__(self, *, today: datetime.date):
        super().__init__(today=today, missing="BIRTH_DATE_MISSING", invalid="BIRTH_DATE_INVALID")
        self._today = today

    def judged(self, day: datetime.date, codes: set[str]) -> Reading:
        if day > self._today:
            return None, ("BIRTH_DATE_FUTURE",)
        return day, tuple(codes)


class CoverDateRule(DayRule):
    """A day of cover; what lies outside the contract is the matter of the whole row."""

    def __init__(self, *, today: datetime.date, missing: str | None):
        super().__init__(today=today, missing=missing, invalid="COVERAGE_DATE_INVALID")
