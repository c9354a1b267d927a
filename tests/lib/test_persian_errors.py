"""Every error of a form is a Persian sentence that names the field and says what to do."""

import re

import pytest
from django import forms

from portal.lib import fields
from portal.lib.forms import PersianErrors, PersianForm, PersianModelForm

CHOICES = [("", "انتخاب کنید"), ("a", "الف")]


class Plain(PersianForm):
    name = fields.PersianTextField(label="نام")
    amount = fields.RialField(label="مبلغ پرداخت‌شده (ریال)")
    kind = forms.ChoiceField(label="نوع خدمت *", choices=CHOICES)
    answer = forms.ChoiceField(label="نسخهٔ الکترونیک", choices=CHOICES, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(label="مدارک", choices=CHOICES)
    agreed = forms.BooleanField(label="موافقم")
    picture = forms.FileField(label="تصویر")
    email = forms.EmailField(label="ایمیل")
    count = forms.IntegerField(label="تعداد", min_value=1, max_value=5)
    word = forms.CharField(label="رمز", min_length=3, max_length=5)
    own = forms.CharField(error_messages={"required": "چیزی بنویسید."})


def test_a_field_left_empty_is_named_with_what_to_do():
    errors = {name: messages[0] for name, messages in Plain({}).errors.items()}
    assert errors == {
        "name": "«نام» را وارد کنید.",
        "amount": "«مبلغ پرداخت‌شده» را وارد کنید.",
        "kind": "«نوع خدمت» را انتخاب کنید.",
        "answer": "«نسخهٔ الکترونیک» را انتخاب کنید.",
        "several": "«مدارک» را انتخاب کنید.",
        "agreed": "«موافقم» را انتخاب کنید.",
        "picture": "«تصویر» را انتخاب کنید.",
        "email": "«ایمیل» را وارد کنید.",
        "count": "«تعداد» را وارد کنید.",
        "word": "«رمز» را وارد کنید.",
        "own": "چیزی بنویسید.",
    }


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("kind", "z", "گزینه‌ای از فهرست «نوع خدمت» انتخاب کنید."),
        ("several", ["z"], "گزینه‌ای از فهرست «مدارک» انتخاب کنید."),
        ("several", "a", "گزینه‌ای از فهرست «مدارک» انتخاب کنید."),
        ("email", "x", "نشانی ایمیل را مانند name@example.ir وارد کنید."),
        ("count", "x", "«تعداد» را به شکل درست وارد کنید."),
        ("count", "9", "«تعداد» را حداکثر ۵ وارد کنید."),
        ("count", "0", "«تعداد» را دست‌کم ۱ وارد کنید."),
        ("word", "ab", "«رمز» کوتاه است؛ دست‌کم ۳ نویسه بنویسید."),
        ("word", "abcdef", "«رمز» طولانی است؛ آن را در حداکثر ۵ نویسه بنویسید."),
        ("word", "a\x00bc", "«رمز» نویسه‌ای دارد که پذیرفته نمی‌شود؛ آن را دوباره با صفحه‌کلید بنویسید."),
    ],
)
def test_djangos_own_messages_become_sentences(name, typed, sentence):
    assert Plain({name: typed}).errors[name] == [sentence]


def test_messages_of_the_field_and_of_the_form_stay():
    class Own(PersianForm):
        code = forms.RegexField(r"^[0-9]+$", label="کد", error_messages={"invalid": "فقط رقم بنویسید."})
        amount = fields.RialField(label="مبلغ")

    errors = Own({"code": "x", "amount": "0"}).errors
    assert errors["code"] == ["فقط رقم بنویسید."]
    assert errors["amount"] == [fields.AMOUNT]


def test_a_label_given_late_counts():
    form = Plain({})
    form.fields["name"].label = "نام خانوادگی"
    form.fields["added"] = forms.CharField(label="نشانی")
    assert form.errors["name"] == ["«نام خانوادگی» را وارد کنید."]
    assert form.errors["added"] == ["«نشانی» را وارد کنید."]


def test_labels_stand_alone():
    assert re.search(r">\s*نام\s*</label>", Plain()["name"].label_tag())


def test_model_forms_speak_the_same_way():
    assert issubclass(PersianModelForm, PersianErrors)
    assert issubclass(PersianModelForm, forms.ModelForm)
    assert PersianModelForm.__mro__.index(PersianErrors) < PersianModelForm.__mro__.index(forms.ModelForm)
