"""National IDs, phone numbers, ibans and prescription codes: one stored form or a sentence."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.lib import validators
from portal.lib.text import latin_digits
from tests.lib.vectors import each

RULES = [
    validators.national_id,
    validators.mobile,
    validators.landline,
    validators.iban,
    validators.eprescription_code,
    validators.one_time_code,
]


def _refusal(rule, typed):
    with pytest.raises(ValidationError) as refused:
        rule(typed)
    return refused.value


@each("national_id", "input", "padded", "valid")
def test_national_ids_are_judged_as_agreed(input, padded, valid):  # noqa: A002 (the name in the vectors)
    if valid:
        assert validators.national_id(input) == padded
    else:
        _refusal(validators.national_id, input)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12345", "ID_LENGTH"),
        ("0002865", "ID_LENGTH"),
        ("00900028655", "ID_LENGTH"),
        ("۹٫۹۸E+09", "ID_LENGTH"),
        ("1111111111", "ID_REPEATED_DIGIT"),
        ("00000000", "ID_REPEATED_DIGIT"),
        ("0089999999", "ID_CHECKSUM"),
    ],
)
def test_a_refused_national_id_says_why(typed, code):
    assert _refusal(validators.national_id, typed).code == code


@pytest.mark.parametrize(
    "typed",
    [
        "۰۰۹۰۰۰۲۸۶۵",
        "٠٠٩٠٠٠٢٨٦٥",
        "００９０００２８６５",
        "009-000286-5",
        "\u200f0090\u00a0002865\ufeff",
        "۹۰۰۰۲۸۶۵",
    ],
)
def test_a_national_id_is_read_however_it_was_typed(typed):
    assert validators.national_id(typed) == "0090002865"


@given(st.integers(0, 10**9 - 1))
def test_one_of_ten_check_digits_is_right(front):
    front = f"{front:09}"
    digit = validators.national_id_check_digit(front)
    right = []
    for last in range(10):
        try:
            right.append(int(validators.national_id(f"{front}{last}")[9]))
        except ValidationError:
            continue
    assert right == ([] if set(front) == {str(digit)} else [digit])


@each("mobile", "input", "output")
def test_mobiles_are_read_as_agreed(input, output):  # noqa: A002 (the name in the vectors)
    if output:
        assert validators.mobile(input) == output
    else:
        assert _refusal(validators.mobile, input).code == "MOBILE_FORMAT"


@pytest.mark.parametrize(
    "typed", ["۰۲۱-۱۲۳۴۵۶۷۸", "(021) 1234 5678", "+98 21 12345678", "2112345678", "٠٢١١٢٣٤٥٦٧٨"]
)
def test_a_landline_is_stored_with_its_area_code(typed):
    assert validators.landline(typed) == "02112345678"


@pytest.mark.parametrize("typed", ["12345678", "09121234567", "021123456789", "00112345678", ""])
def test_what_is_no_landline_is_refused(typed):
    assert _refusal(validators.landline, typed).code == "LANDLINE_FORMAT"


@each("iban", "input", "normalised", "valid")
def test_ibans_are_judged_as_agreed(input, normalised, valid):  # noqa: A002 (the name in the vectors)
    if valid:
        assert validators.iban(input) == normalised
    else:
        _refusal(validators.iban, input)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("IR06296000000010032420000", "IBAN_LENGTH"),
        ("6.2017E+23", "IBAN_LENGTH"),
        ("DE062960000000100324200001", "IBAN_LENGTH"),
        ("IR820540102680020817909003", "IBAN_CHECKSUM"),
    ],
)
def test_a_refused_iban_says_why(typed, code):
    assert _refusal(validators.iban, typed).code == code


@pytest.mark.parametrize("check", ["00", "01", "99"])
def test_reserved_check_digits_are_refused_even_where_the_arithmetic_holds(check):
    account = next(
        number for number in (f"{n:022}" for n in range(200)) if int(f"{number}1827{check}") % 97 == 1
    )
    assert _refusal(validators.iban, f"IR{check}{account}").code == "IBAN_CHECKSUM"


def test_an_iban_in_persian_digits_and_full_width_letters_is_read():
    assert validators.iban("ＩＲ۰۶ ۲۹۶۰ ۰۰۰۰ ۰۰۱۰ ۰۳۲۴ ۲۰۰۰ ۰۱") == "IR062960000000100324200001"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("103733", "103733"),
        ("۱۰۳۷۳۳", "103733"),
        ("ف-۴۸۲۹۱", "ف-48291"),
        ("ف – ۴۸۲۹۱", "ف-48291"),
        ("ك/482", "ک-482"),
        ("م48291", "م-48291"),
    ],
)
def test_a_usual_council_number_has_one_form(typed, kept):
    assert validators.council_number(typed) == kept
    assert validators.is_usual_council_number(typed)


@pytest.mark.parametrize("typed", ["نظام ۱۲۳۴", "12345678", "A-12", "", "103733 / 12"])
def test_an_odd_council_number_is_kept_and_known_as_odd(typed):
    assert validators.council_number(typed) == latin_digits(typed)
    assert not validators.is_usual_council_number(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("۸۱۲۷۱", "81271"),
        (" 812 71 ", "81271"),
        ("ab–12", "ab-12"),
        ("１２３４", "1234"),
        ("A" * 20, "A" * 20),
    ],
)
def test_a_prescription_code_is_stored_in_one_form(typed, kept):
    assert validators.eprescription_code(typed) == kept


@pytest.mark.parametrize("typed", ["123", "A" * 21, "----", "نسخه۱۲", "12_34", ""])
def test_what_is_no_prescription_code_is_refused(typed):
    assert _refusal(validators.eprescription_code, typed).code == "EPRESCRIPTION_FORMAT"


def test_a_one_time_code_is_read_with_any_digits_and_length_asked_for():
    assert validators.one_time_code("۴۸۲ ۹۱۳") == "482913"
    assert validators.one_time_code("48291", length=5) == "48291"
    assert "۶ رقم" in _refusal(validators.one_time_code, "48291").messages[0]


@pytest.mark.parametrize("rule", RULES)
@given(typed=st.text())
def test_whatever_is_typed_gets_a_stored_form_or_a_sentence(rule, typed):
    try:
        assert rule(rule(typed)) == rule(typed)
    except ValidationError as refused:
        assert refused.code
        assert refused.messages[0].endswith((".", ")."))
