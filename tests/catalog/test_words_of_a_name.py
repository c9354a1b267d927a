"""The words of a name, and what counts as one slip of the finger."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.words import begins_with_slip, forms_of_beginnings, is_one_slip, near_forms, words_of

LETTERS = "ابپتجچحخدرزسشعفقکگلمنوهی"
words = st.text(LETTERS, min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بيمارستان  امام‌خميني (ره)", ["بیمارستان", "امام", "خمینی", "ره"]),
        ("آزمایشگاهِ آریا-۱۲", ["ازمایشگاه", "اریا", "12"]),
        ("مرکزِ MRI", ["مرکز", "mri"]),
        ("%%_\\ ؛ ...", []),
    ],
)
def test_words_are_parted_at_spaces_half_spaces_and_signs(text, expected):
    assert words_of(text) == expected


@given(words, st.integers(0, 11), st.sampled_from(LETTERS))
def test_every_single_slip_is_one_and_shares_a_form(word, place, letter):
    place %= len(word)
    slips = {
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    }
    for typed in slips:
        assert is_one_slip(typed, word), (typed, word)
        assert begins_with_slip(typed, word)
        assert near_forms(typed) & near_forms(word)


@given(words, words)
def test_a_slip_is_one_from_either_side(one, other):
    assert is_one_slip(one, other) == is_one_slip(other, one)


@pytest.mark.parametrize(("typed", "word"), [("رازی", "فاری"), ("مهر", "مهرگان"), ("شفا", "")])
def test_more_than_one_letter_is_more_than_a_slip(typed, word):
    assert not is_one_slip(typed, word)


def test_a_word_on_the_way_is_known_with_its_slips():
    assert near_forms("بیماستا") & forms_of_beginnings("بیمارستان")
    assert begins_with_slip("بیماستا", "بیمارستان")
