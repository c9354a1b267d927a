"""Persian, Arabic, full-width and Latin digits are the same digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.lib.text import latin_digits, persian_digits


@pytest.mark.parametrize("typed", ["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"])
def test_every_set_of_digits_is_read_and_shown(typed):
    assert latin_digits(typed) == "0123456789"
    assert persian_digits(typed) == "۰۱۲۳۴۵۶۷۸۹"


def test_what_is_no_digit_stays():
    assert latin_digits("طرح ۱-الف") == "طرح 1-الف"
    assert persian_digits(1403) == "۱۴۰۳"


@given(st.text(st.characters(max_codepoint=0x5FF)))
def test_digits_survive_the_way_there_and_back(text):
    assert latin_digits(persian_digits(text)) == text
    assert persian_digits(latin_digits(persian_digits(text))) == persian_digits(text)
