"""Days are Jalali days of Tehran, typed with any separator and shown in one form."""

import datetime
import threading

import jdatetime
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from portal.lib import dates
from portal.lib.text import persian_digits
from tests import deadlines
from tests.lib.vectors import VECTORS, each

DAYS = st.dates(datetime.date(1921, 3, 21), datetime.date(2122, 3, 20))
EVENING = datetime.datetime(2024, 12, 26, 17, 47, tzinfo=datetime.UTC)


@each("jalali", "jalali", "gregorian")
def test_days_are_the_agreed_gregorian_days(jalali, gregorian):
    day = dates.parse_jalali(jalali)
    assert day.togregorian() == datetime.date.fromisoformat(gregorian)
    assert dates.short(day.togregorian()) == dates.short(day) == persian_digits(jalali)


@each("jalali_invalid", "jalali")
def test_a_day_that_no_calendar_has_is_refused(jalali):
    with pytest.raises(ValueError, match="در تقویم شمسی نیست"):
        dates.parse_jalali(jalali)


def test_leap_years_are_the_agreed_ones():
    leap_years = {year for year in range(1300, 1429) if jdatetime.date(year, 1, 1).isleap()}
    assert leap_years == set(VECTORS["jalali_leap_years"])


@pytest.mark.parametrize(
    "typed",
    [
        "1403/08/22",
        "۱۴۰۳/۰۸/۲۲",
        "١٤٠٣/٠٨/٢٢",
        "1403-8-22",
        "1403.08.22",
        "1403 08 22",
        " 1403 / 08 / 22 ",
        "1403–08–22",
        "۱۴۰۳۰۸۲۲",
        "\u200f۱۴۰۳/۰۸/۲۲\u202c",
        "1403\u00a008\u200c/22",
    ],
)
def test_a_day_is_read_with_any_separator_and_any_digits(typed):
    assert dates.parse_jalali(typed) == jdatetime.date(1403, 8, 22)


@pytest.mark.parametrize(
    "typed",
    [
        "۲۵ آبان ۱۴۰۵",
        "25 آبان 1405",
        "۲۵ ابان ۱۴۰۵",
        "۲۵ آبان‌ماه ۱۴۰۵",
        "۲۵ آبان ماه ۱۴۰۵",
        "۲۵/آبان/۱۴۰۵",
        "۲۵آبان۱۴۰۵",
        "۱۴۰۵ آبان ۲۵",
        "دوشنبه ۲۵ آبان ۱۴۰۵",
        "سه‌شنبه، ۲۵ آبان ۱۴۰۵",
        "سه شنبه ۲۵ آبان ۱۴۰۵",
        "شنبه ۱۴۰۵/۰۸/۲۵",
        "25/8/1405",
        "٢٥-٨-١٤٠٥",
        "25.08.1405",
        "25 8 1405",
    ],
)
def test_a_day_is_read_with_its_months_name_and_day_first(typed):
    assert dates.parse_jalali(typed) == jdatetime.date(1405, 8, 25)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("05/8/25", (1405, 8, 25)),
        ("25/8/05", (1405, 8, 25)),
        ("۲۵ آبان ۰۵", (1405, 8, 25)),
        ("84/08/22", (1384, 8, 22)),
        ("22/08/84", (1384, 8, 22)),
        ("06/01/31", (1406, 1, 31)),
        ("07/01/84", (1384, 1, 7)),
    ],
)
@time_machine.travel(datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC), tick=False)
def test_a_year_of_two_digits_is_one_that_people_live_in(typed, day):
    assert dates.parse_jalali(typed) == jdatetime.date(*day)


@pytest.mark.parametrize("typed", ["22/08/30", "03/04/05"])
@time_machine.travel(datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC), tick=False)
def test_of_two_possible_days_none_is_guessed(typed):
    with pytest.raises(ValueError, match="سال را شمسی و با چهار رقم"):
        dates.parse_jalali(typed)


@pytest.mark.parametrize("typed", ["31/12/1404", "۳۱ مهر ۱۴۰۴", "32/13/04"])
def test_a_day_that_is_in_no_month_is_told(typed):
    with pytest.raises(ValueError, match="در تقویم شمسی نیست"):
        dates.parse_jalali(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "x1404-05-12y", "1404/05", "1404/05/12/1", "140405123", "14040512x", "5/8/5", "1404/005/12"]
    + [
        "1404//05/12",
        "-1404/05/12",
        "۱۴۰۴،۰۵،۱۲",
        "1404/05/12 10:00",
        "۲۵ آبان",
        "آبان ۱۴۰۵",
        "۲۵ آبان آبان ۱۴۰۵",
        "۲۵ نوامبر ۱۴۰۵",
        "جمعه",
        "1403" + " " * 10_000 + "x",
        "1" * 10_000,
    ],
)
def test_what_is_not_wholly_a_day_is_answered_with_an_example(typed):
    with pytest.raises(ValueError, match="تاریخ را مانند ۱۴۰۴/۰۵/۱۲ بنویسید"):
        dates.parse_jalali(typed)


@pytest.mark.parametrize("typed", ["2025-05-12", "1299/12/29", "1501/01/01", "0000/01/01"])
def test_a_year_far_from_ours_is_taken_for_another_calendar(typed):
    with pytest.raises(ValueError, match="سال را شمسی"):
        dates.parse_jalali(typed)


@given(DAYS)
def test_what_is_shown_can_be_typed(day):
    assert dates.parse_jalali(dates.short(day)).togregorian() == day
    assert dates.parse_jalali(dates.long(day)).togregorian() == day


def test_a_day_is_shown_short_and_long():
    day = jdatetime.date(1403, 8, 2)
    assert dates.short(day) == "۱۴۰۳/۰۸/۰۲"
    assert dates.long(day) == "۲ آبان ۱۴۰۳"
    assert dates.moment(day) == "۲ آبان ۱۴۰۳"


def test_a_moment_is_shown_on_tehrans_clock():
    assert dates.clock(EVENING) == "۲۱:۱۷"
    assert dates.moment(EVENING) == "۶ دی ۱۴۰۳، ساعت ۲۱:۱۷"
    assert dates.moment(jdatetime.datetime(1403, 10, 6, 21, 17)) == "۶ دی ۱۴۰۳، ساعت ۲۱:۱۷"


def test_a_moment_after_tehrans_midnight_is_the_next_day():
    assert dates.short(EVENING.replace(hour=20, minute=29)) == "۱۴۰۳/۱۰/۰۶"
    assert dates.short(EVENING.replace(hour=20, minute=30)) == "۱۴۰۳/۱۰/۰۷"


@pytest.mark.parametrize(
    ("utc", "day"),
    [("2025-03-20T20:29:59+00:00", (1403, 12, 30)), ("2025-03-20T20:30:00+00:00", (1404, 1, 1))],
)
def test_today_changes_at_tehrans_midnight(utc, day):
    with time_machine.travel(datetime.datetime.fromisoformat(utc), tick=False):
        assert dates.today() == jdatetime.date(*day)


def test_months_are_persian_in_every_thread():
    shown = []
    work = lambda: shown.append(dates.long(jdatetime.date(1403, 12, 30)))  # noqa: E731
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(deadlines.PATIENCE)
    assert shown == ["۳۰ اسفند ۱۴۰۳"]
