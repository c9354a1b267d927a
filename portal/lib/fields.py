"""Form fields that take what Iranians type and hand on the stored form.

What was typed is shown again as typed; rules of one form (a date in the future) stay in that form.
"""

import datetime
import re

import jdatetime
from django import forms
from django.core.exceptions import ValidationError

from portal.lib import dates, money, validators
from portal.lib.text import (
    ZWNJ,
    compact,
    latin_digits,
    persian_digits,
    stored,
    stored_lines,
)

AMOUNT = "مبلغ را به ریال و بزرگ‌تر از صفر وارد کنید."
AMOUNT_IN_TOMAN = "مبلغ را به ریال وارد کنید، نه به تومان؛ هر تومان ۱۰ ریال است."
AMOUNT_TOO_LARGE = "مبلغ بیش از اندازه بزرگ است؛ حداکثر {} ریال وارد کنید."
TOO_LONG = "این متن طولانی است؛ آن را در حداکثر {} نویسه بنویسید."
TOO_SHORT = "این متن کوتاه است؛ دست‌کم {} نویسه بنویسید."
PERSIAN_ONLY = "فقط حروف فارسی وارد کنید."

PERSIAN_LETTERS = re.compile(
    rf"[\u0621-\u063a\u0641-\u0648پچژکگیۀ]+(?:[ {ZWNJ}-]+[\u0621-\u063a\u0641-\u0648پچژکگیۀ]+)*+"
)


class _OwnAttributes:
    """Gives the widget `attributes`, and leaves alone what the form itself has set on the widget."""

    attributes: dict[str, str] = {}

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget) | self.attributes
        return {name: value for name, value in attrs.items() if name not in widget.attrs}


class PersianTextField(_OwnAttributes, forms.CharField):
    """Text in its stored form; with a Textarea its lines are kept."""

    def __init__(self, *, max_length=None, only_persian_letters=False, **kwargs):
        if max_length is None:
            # Nobody means to send more; and a limit of the form ends in a sentence, a column's in an error.
            max_length = 2000 if _is_textarea(kwargs.get("widget")) else 200
        super().__init__(max_length=max_length, **kwargs)
        self.only_persian_letters = only_persian_letters
        self.error_messages.setdefault("max_length", TOO_LONG.format(persian_digits(max_length)))
        if self.min_length is not None:
            shortest = persian_digits(self.min_length)
            self.error_messages.setdefault("min_length", TOO_SHORT.format(shortest))

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return self.empty_value
        return (stored_lines(value) if _is_textarea(self.widget) else stored(value)) or self.empty_value

    def validate(self, value):
        super().validate(value)
        if self.only_persian_letters and value and not PERSIAN_LETTERS.fullmatch(value):
            raise ValidationError(PERSIAN_ONLY, code="persian_only")


def _is_textarea(widget):
    return isinstance(widget, forms.Textarea) or (
        isinstance(widget, type) and issubclass(widget, forms.Textarea)
    )


class _CodeField(_OwnAttributes, forms.CharField):
    """A number or code of one line; `normalised` is the function of validators.py that judges it."""

    # Roomy: spaces, dashes and bidi marks are typed or pasted along and are dropped afterwards.
    attributes = {"dir": "ltr", "inputmode": "numeric", "autocomplete": "off", "maxlength": "60"}

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values or not compact(value):
            return self.empty_value
        return self.normalised(value)


class NationalIdField(_CodeField):
    # It is the user name of the login form, which password managers look for.
    attributes = _CodeField.attributes | {"autocomplete": "username"}
    normalised = staticmethod(validators.national_id)


class MobileField(_CodeField):
    widget = forms.TelInput
    attributes = _CodeField.attributes | {"inputmode": "tel", "autocomplete": "tel"}
    normalised = staticmethod(validators.mobile)


class LandlineField(_CodeField):
    widget = forms.TelInput
    attributes = _CodeField.attributes | {"inputmode": "tel", "autocomplete": "tel"}
    normalised = staticmethod(validators.landline)


class IbanField(_CodeField):
    attributes = _CodeField.attributes | {
        "inputmode": "text",
        "autocapitalize": "characters",
        "spellcheck": "false",
    }
    normalised = staticmethod(validators.iban)


class EprescriptionCodeField(_CodeField):
    attributes = _CodeField.attributes | {
        "inputmode": "text",
        "autocapitalize": "none",
        "spellcheck": "false",
    }
    normalised = staticmethod(validators.eprescription_code)


class OneTimeCodeField(_CodeField):
    attributes = _CodeField.attributes | {"autocomplete": "one-time-code"}

    def __init__(self, *, length=6, **kwargs):
        self.length = length
        super().__init__(**kwargs)

    def normalised(self, text):
        return validators.one_time_code(text, length=self.length)


class CouncilNumberField(PersianTextField):
    """Odd forms pass: the form that uses it warns, with validators.is_usual_council_number."""

    attributes = {"autocomplete": "off"}

    def __init__(self, *, max_length=40, **kwargs):
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value):
        return validators.council_number(super().to_python(value))


class JalaliDateField(_OwnAttributes, forms.Field):
    """A typed Jalali day, in whatever order and with whatever separator; jdatetime.date out."""

    widget = forms.TextInput
    attributes = {
        "dir": "ltr",
        "inputmode": "numeric",
        "autocomplete": "off",
        "maxlength": "40",
        "data-jalali-date": "",
    }

    def to_python(self, value):
        if isinstance(value, (datetime.date, jdatetime.date)):
            return dates.jalali(value)
        if value in self.empty_values or not compact(str(value)):
            return None
        try:
            return dates.parse_jalali(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value):
        if isinstance(value, (datetime.date, jdatetime.date)):
            return dates.short(value)
        return value

    def has_changed(self, initial, data):
        if isinstance(initial, (datetime.date, jdatetime.date)):
            initial = dates.jalali(initial)
        return super().has_changed(initial, data)


class RialField(_OwnAttributes, forms.IntegerField):
    """An amount in whole rials above zero, with or without grouping marks and «ریال»."""

    widget = forms.TextInput
    attributes = {
        "dir": "ltr",
        "inputmode": "numeric",
        "autocomplete": "off",
        "maxlength": "60",
        "data-rial": "",
    }
    default_error_messages = {"invalid": AMOUNT, "min_value": AMOUNT}

    # A mark that could also part decimals stands before three digits, or it is a slip.
    _GROUPED = re.compile(r"[0-9]{1,3}(?:[,،.'’٫][0-9]{3})+|[0-9]+")
    _MARKS = str.maketrans(dict.fromkeys(",،.'’٫", ""))
    _TOMAN = re.compile("تومان|تومن")
    _MINUS = re.compile("[-−–]")
    # «ریال» before or after, and the «/-» that ends an amount on a cheque.
    _AROUND = re.compile("^ریال|ریال$|/-?$")

    def __init__(self, *, max_value=10**12, min_value=1, **kwargs):
        super().__init__(max_value=max_value, min_value=min_value, **kwargs)
        if max_value is not None:
            self.error_messages.setdefault("max_value", AMOUNT_TOO_LARGE.format(money.grouped(max_value)))

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        text = stored(latin_digits(str(value))).replace("٬", "").replace(" ", "")
        if not text:
            return None
        if self._TOMAN.search(text):
            raise ValidationError(AMOUNT_IN_TOMAN, code="toman")
        return self._number(self._AROUND.sub("", text))

    def _number(self, text):
        plain = compact(text)
        if self._MINUS.match(text) or not self._GROUPED.fullmatch(plain):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        digits = plain.translate(self._MARKS).lstrip("0") or "0"
        # Python refuses to read a number of thousands of digits.
        if len(digits) > 30:
            raise ValidationError(self.error_messages.get("max_value", AMOUNT), code="max_value")
        return int(digits)

    def prepare_value(self, value):
        return money.grouped(value) if isinstance(value, int) else value
