"""Two spellings of one name have one key, and two names have two."""

import pytest
from hypothesis import given

from portal.lib.text import match_key
from tests.lib.test_stored_text import PERSIAN_AND_ODD
from tests.lib.vectors import each


@each("name_match_key", "a", "b", "equal")
def test_names_match_as_agreed(a, b, equal):
    assert (match_key(a) == match_key(b)) is equal


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("حسین‌زاده", "حسین-زاده"),
        ("أمیر", "امیر"),
        ("إسماعیل", "اسماعیل"),
        ("ٱلهام", "الهام"),
        ("بهاء", "بها"),
        ("هدیۀ", "هدیه"),
        ("Ali Reza", "aliREZA"),
        ("درمانگاه ۱۷ شهریور", "درمانگاه 17 شهریور"),
    ],
)
def test_further_spellings_of_one_name_match(a, b):
    assert match_key(a) == match_key(b)


def test_the_key_of_a_joined_name_is_one_word():
    assert match_key("فاطمه\u200cسادات") == "فاطمهسادات"


@given(PERSIAN_AND_ODD)
def test_the_key_of_a_key_is_itself(text):
    assert match_key(match_key(text)) == match_key(text)
