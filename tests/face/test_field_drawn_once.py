"""A field is drawn in one place: label, hint, error, control, and their names for screen readers."""

from django import forms

from portal.lib.fields import JalaliDateField, RialField
from portal.lib.forms import PersianForm


class Claim(PersianForm):
    service_date = JalaliDateField(label="تاریخ مراجعه", help_text="تاریخی که روی قبض است")
    paid_amount = RialField(label="مبلغ پرداخت‌شده")
    password = forms.CharField(label="رمز عبور", widget=forms.PasswordInput)
    province = forms.ChoiceField(label="استان", choices=[("1", "فارس")])
    answer = forms.ChoiceField(
        label="نسخهٔ الکترونیک", choices=[("yes", "دارم"), ("no", "ندارم")], widget=forms.RadioSelect
    )
    remember = forms.BooleanField(label="مرا به خاطر بسپار", required=False)


def drawn(name, data=None):
    return str(Claim(data)[name].as_field_group())


def test_a_label_is_its_words_and_a_star_that_is_not_read():
    html = drawn("paid_amount")
    assert '>مبلغ پرداخت‌شده <span class="field-star" aria-hidden="true">*</span></label>' in html


def test_an_optional_field_has_no_star():
    assert "field-star" not in drawn("remember")


def test_a_field_that_only_another_makes_mandatory_has_its_star_too():
    form = Claim()
    form.fields["note"] = forms.CharField(label="یادداشت", required=False)
    assert "field-star" not in str(form["note"].as_field_group())
    form.fields["note"].widget.attrs["data-star"] = ""
    assert "field-star" in str(form["note"].as_field_group())


def test_hint_and_error_are_named_by_the_control():
    html = drawn("service_date", {"service_date": ""})
    assert 'aria-describedby="id_service_date_helptext id_service_date_error"' in html
    assert 'id="id_service_date_helptext"' in html
    assert 'id="id_service_date_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.index("_error") < html.index("<input")


def test_an_amount_carries_its_unit_and_a_place_for_its_words():
    html = drawn("paid_amount")
    assert "ریال" in html
    assert "data-rial-words" in html


def test_an_amount_has_its_words_before_any_script():
    assert "صد و پنجاه و یک هزار تومان</output>" in drawn("paid_amount", {"paid_amount": "۱٬۵۱۰٬۰۰۰"})


def test_a_date_offers_a_calendar_but_stays_typable():
    html = drawn("service_date")
    assert "data-calendar" in html
    assert "readonly" not in html


def test_a_password_can_be_shown():
    assert "نمایش رمز</button>" in drawn("password")


def test_a_choice_of_two_stands_side_by_side_under_one_legend():
    html = drawn("answer")
    assert "<legend" in html
    assert "choices--pair" in html


def test_a_selects_arrow_is_drawn_by_us():
    assert "chevron-down" in drawn("province")


def test_what_was_typed_cannot_break_out_of_its_control():
    typed = '"><script>alert(1)</script>'
    for name in ("paid_amount", "service_date", "province"):
        assert "<script>" not in drawn(name, {name: typed})
    form = Claim({"note": f"</textarea>{typed}"})
    form.fields["note"] = forms.CharField(label="یادداشت", widget=forms.Textarea)
    assert "&lt;/textarea&gt;" in str(form["note"].as_field_group())
    assert "<script>" not in str(form["note"].as_field_group())


def test_a_select_marks_what_is_chosen_and_keeps_its_groups():
    class Chosen(PersianForm):
        place = forms.ChoiceField(label="جا", choices=[("", "—"), ("گروه <", [("a&b", "یک"), ("c", "دو")])])

    html = str(Chosen({"place": "a&b"})["place"])
    assert '<optgroup label="گروه &lt;">' in html
    assert '<option value="a&amp;b" selected>یک</option>' in html
    assert html.count(" selected") == 1
