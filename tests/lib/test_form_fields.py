"""Fields take what Iranians type, show it again as typed, and answer slips with a sentence."""

import datetime

import jdatetime
import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.lib import fields
from portal.lib.forms import PersianForm


class Everything(PersianForm):
    name = fields.PersianTextField(label="نام", only_persian_letters=True)
    notes = fields.PersianTextField(label="توضیحات", widget=forms.Textarea)
    birth = fields.JalaliDateField(label="تاریخ تولد")
    national_id = fields.NationalIdField(label="کد ملی")
    mobile = fields.MobileField(label="موبایل")
    phone = fields.LandlineField(label="تلفن")
    iban = fields.IbanField(label="شمارهٔ شبا")
    amount = fields.RialField(label="مبلغ پرداخت‌شده (ریال)")
    code = fields.OneTimeCodeField(label="کد تأیید")
    council = fields.CouncilNumberField(label="کد نظام پزشکی")
    prescription = fields.EprescriptionCodeField(label="شناسهٔ نسخهٔ الکترونیک")


TYPED = {
    "name": "علي  رضا",
    "notes": "خط  اول\r\nخط دوم ",
    "birth": "۱۳۶۵-۸-۲۶",
    "national_id": "۰۰۹-۰۰۰۲۸۶-۵",
    "mobile": "+۹۸ ۹۱۲ ۱۲۳ ۴۵۶۷",
    "phone": "۰۲۱-۱۲۳۴۵۶۷۸",
    "iban": "ir06 2960 0000 0010 0324 2000 01",
    "amount": "۱٬۵۱۰٬۰۰۰ ریال",
    "code": "۴۸۲ ۹۱۳",
    "council": "ف-۴۸۲۹۱",
    "prescription": "۸۱۲۷۱",
}
STORED = {
    "name": "علی رضا",
    "notes": "خط اول\nخط دوم",
    "birth": jdatetime.date(1365, 8, 26),
    "national_id": "0090002865",
    "mobile": "09121234567",
    "phone": "02112345678",
    "iban": "IR062960000000100324200001",
    "amount": 1_510_000,
    "code": "482913",
    "council": "ف-48291",
    "prescription": "81271",
}
HOSTILE = [
    "x" * 10_000,
    "۹" * 10_000,
    "س" * 10_000,
    "\x00",
    "الف\x00ب",
    "😀" * 50,
    "\u202e\u2066ab",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    r"%%_\ ",
    " " * 10_000,
    "９９９",
    "٤٥٦",
    "-1",
    "\ud800",
]


def test_what_was_typed_is_handed_on_in_its_stored_form():
    form = Everything(TYPED)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == STORED


@pytest.mark.parametrize("name", TYPED)
def test_what_was_typed_is_shown_again_as_typed(name):
    assert Everything(TYPED)[name].value() == TYPED[name]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_input_is_answered_with_one_sentence(typed):
    form = Everything(dict.fromkeys(TYPED, typed))
    assert not form.is_valid()
    for messages in form.errors.values():
        assert len(messages) == 1
        assert messages[0].endswith(".")
        assert typed.strip() not in messages[0] or not typed.strip()
    str(form).encode("utf-8", "replace")


@settings(max_examples=50)
@given(st.text())
def test_no_input_at_all_raises(typed):
    Everything(dict.fromkeys(TYPED, typed)).is_valid()


def test_stored_values_stand_in_the_form_as_people_read_them():
    form = Everything(initial=STORED)
    assert form["birth"].value() == "۱۳۶۵/۰۸/۲۶"
    assert form["amount"].value() == "۱٬۵۱۰٬۰۰۰"
    assert Everything(initial={"birth": datetime.date(1986, 11, 17)})["birth"].value() == "۱۳۶۵/۰۸/۲۶"


def test_only_real_changes_count_as_changes():
    assert not Everything(TYPED, initial=STORED).changed_data
    assert Everything(TYPED | {"birth": "۱۳۶۵/۰۸/۲۷"}, initial=STORED).changed_data == ["birth"]
    assert not fields.JalaliDateField().has_changed(datetime.date(1986, 11, 17), "1365/08/26")


def test_fields_left_empty_are_empty_and_never_half_filled():
    class Optional(Everything):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            for field in self.fields.values():
                field.required = False

    form = Optional(dict.fromkeys(TYPED, " \u200f\u200c "))
    assert form.is_valid()
    assert form.cleaned_data == dict.fromkeys(TYPED, "") | {"birth": None, "amount": None}


@pytest.mark.parametrize(
    ("typed", "rial"),
    [
        ("1510000", 1_510_000),
        ("1,510,000", 1_510_000),
        ("1.510.000", 1_510_000),
        ("۱،۵۱۰،۰۰۰", 1_510_000),
        ("۱٫۵۱۰٫۰۰۰", 1_510_000),
        ("1 510 000", 1_510_000),
        ("1-510-000", 1_510_000),
        ("١٥١٠٠٠٠ ريال", 1_510_000),
        ("ریال ۱۵۱۰۰۰۰", 1_510_000),
        ("۱۵۱۰۰۰۰﷼", 1_510_000),
        ("1510000/-", 1_510_000),
        ("0001510000", 1_510_000),
        ("1000000000000", 10**12),
    ],
)
def test_an_amount_is_read_with_its_marks_and_unit(typed, rial):
    assert fields.RialField().clean(typed) == rial


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0", "min_value"),
        ("-500", "invalid"),
        ("−500", "invalid"),
        ("1510.5", "invalid"),
        ("15,10", "invalid"),
        ("1e6", "invalid"),
        ("ریال", "invalid"),
        ("صد", "invalid"),
        ("151000 تومان", "toman"),
        ("1000000000001", "max_value"),
        ("9" * 5000, "max_value"),
    ],
)
def test_a_slip_in_an_amount_is_told(typed, code):
    with pytest.raises(forms.ValidationError) as refused:
        fields.RialField().clean(typed)
    assert [error.code for error in refused.value.error_list] == [code]
    assert "ریال" in refused.value.messages[0]


def test_an_amount_may_have_limits_of_its_own():
    field = fields.RialField(min_value=0, max_value=None)
    assert field.clean("0") == 0
    assert field.clean("9" * 20) == int("9" * 20)


@pytest.mark.parametrize("name", ["Ali", "علی2", "علی۲", "😀", "علی!", "-"])
def test_a_name_of_other_letters_is_refused(name):
    with pytest.raises(forms.ValidationError, match="فقط حروف فارسی"):
        fields.PersianTextField(only_persian_letters=True).clean(name)


@pytest.mark.parametrize("name", ["علی", "سید علی", "فاطمه\u200cسادات", "حسین-زاده", "رضائي", "مؤمنی", "آنۀ"])
def test_a_persian_name_is_taken(name):
    assert fields.PersianTextField(only_persian_letters=True).clean(name)


def test_the_length_that_counts_is_that_of_the_stored_form():
    field = fields.PersianTextField(max_length=3)
    assert field.clean("عَـــلِي") == "علی"
    with pytest.raises(forms.ValidationError, match="حداکثر ۳ نویسه"):
        field.clean("علیا")


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("birth", ["data-jalali-date", 'dir="ltr"', 'inputmode="numeric"']),
        ("amount", ["data-rial", 'dir="ltr"', 'inputmode="numeric"', 'type="text"']),
        ("code", ['autocomplete="one-time-code"', 'inputmode="numeric"', 'type="text"']),
        ("mobile", ['autocomplete="tel"', 'inputmode="tel"', 'dir="ltr"']),
        ("national_id", ['autocomplete="username"', 'inputmode="numeric"', 'dir="ltr"']),
        ("iban", ['inputmode="text"', 'dir="ltr"']),
    ],
)
def test_controls_bring_the_right_keyboard(name, attributes):
    control = str(Everything()[name])
    for attribute in attributes:
        assert attribute in control


def test_the_form_has_the_last_word_on_its_control():
    field = fields.NationalIdField(widget=forms.TextInput(attrs={"autocomplete": "off"}))
    assert field.widget.attrs["autocomplete"] == "off"
    assert field.widget.attrs["dir"] == "ltr"
