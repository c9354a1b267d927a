"""Text is kept in one form, whatever keyboard, workbook or PDF it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.lib.text import compact, stored, stored_lines, without_invisible

# Denser than random Unicode in what the folding touches.
PERSIAN_AND_ODD = st.text(
    st.one_of(
        st.sampled_from(
            "آاأإبيىیكکةۀهؤئء \u200c\u200b\u200f\u0640\u064e\u0653\u0654\u0655\u00a0\n\t\ufeff\x00-_"
        ),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.characters(),
    )
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("علي كاظمي", "علی کاظمی"),
        ("مصطفى", "مصطفی"),
        ("مُحَمَّد رضـــا", "محمد رضا"),
        ("ﻣﺮﯾﻢ", "مریم"),
        ("ﷲ", "الله"),
        ("  سید  علی ", "سید علی"),
        ("سید\u00a0علی", "سید علی"),
        ("سید\nعلی", "سید علی"),
        ("\ufeffعلی\u200f", "علی"),
        ("ع\x00لی", "علی"),
        ("ع\u00adل\u200bی", "علی"),
        ("\ud800علی", "علی"),
        ("فاطمه\u200cسادات", "فاطمه\u200cسادات"),
        ("فاطمه\u200c سادات\u200c", "فاطمه سادات"),
        ("فاطمه \u200c سادات", "فاطمه سادات"),
        ("می\u200c\u200cشود", "می\u200cشود"),
        ("ا\u0653رش", "آرش"),
        ("رضاي\u0654ی", "رضائی"),
        ("", ""),
        (" \u200c ", ""),
    ],
)
def test_each_way_of_typing_is_kept_in_one_form(typed, kept):
    assert stored(typed) == kept


@pytest.mark.parametrize("kept", ["Ａｂ", "½", "m²", "😀", "«سلام»، (۱۲٫۵٪)", "طرح ۱", "Ali-123"])
def test_what_is_no_arabic_presentation_form_is_left_as_it_is(kept):
    assert stored(kept) == kept


def test_lines_are_kept_where_lines_are_meant():
    assert stored_lines(" كوچه  اول\r\n\r\n\r\n\r\nپلاک ۲ \n\n") == "کوچه اول\n\nپلاک ۲"


@given(PERSIAN_AND_ODD)
def test_storing_twice_changes_nothing(text):
    assert stored(stored(text)) == stored(text)
    assert stored_lines(stored_lines(text)) == stored_lines(text)


@given(PERSIAN_AND_ODD)
def test_what_is_stored_can_be_stored_by_the_database(text):
    kept = stored(text)
    kept.encode("utf-8")
    assert "\x00" not in kept
    assert "  " not in kept
    assert kept == kept.strip()


def test_invisible_characters_go_and_a_joint_stays():
    assert without_invisible("\u202aمی\u200cشود\u202c\u200f\x07 ها\n") == "می\u200cشود ها\n"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("۰۰۹-۰۰۰۲۸۶-۵", "0090002865"),
        ("\u200f0090 002 865\ufeff", "0090002865"),
        ("٤٥٦", "456"),
        ("４５６", "456"),
        ("45–6\u200c_7−8", "45678"),
    ],
)
def test_a_code_is_read_without_what_stands_between_its_characters(typed, code):
    assert compact(typed) == code


@pytest.mark.parametrize("pair", [" \u200c", "ا\u200c", "ا!", "\u064b ", "ي "])
def test_a_text_of_any_length_is_read_once(pair):
    # With an expression that looks back, this test would take minutes.
    assert stored(pair * 100_000 + "ك").endswith("ک")
