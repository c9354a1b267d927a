"""Forms whose every error is a Persian sentence that says what to do.

Only Django's own words are replaced; a message given by a field or a form stays.
"""

import re

from django import forms
from django.forms.utils import pretty_name

from portal.lib.text import persian_digits

_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")

_CHOOSE = "گزینه‌ای از فهرست «{label}» انتخاب کنید."
_SENTENCES = {
    "invalid": "«{label}» را به شکل درست وارد کنید.",
    "incomplete": "همهٔ بخش‌های «{label}» را وارد کنید.",
    "invalid_choice": _CHOOSE,
    "invalid_pk_value": _CHOOSE,
    "invalid_list": _CHOOSE,
    "missing": "پرونده‌ای برای «{label}» انتخاب کنید.",
    "empty": "پروندهٔ انتخاب‌شده برای «{label}» خالی است؛ پروندهٔ دیگری انتخاب کنید.",
    "contradiction": "برای «{label}» یا پرونده‌ای بفرستید یا پاک کردن را انتخاب کنید.",
    "invalid_image": "پروندهٔ «{label}» عکس نیست یا آسیب دیده است؛ عکس دیگری انتخاب کنید.",
    "overflow": "«{label}» را به شکل درست وارد کنید.",
}
# Codes that come from validators: a field's message for them replaces the validator's.
_LIMITS = {
    "max_length": "«{label}» طولانی است؛ آن را در حداکثر {limit} نویسه بنویسید.",
    "min_length": "«{label}» کوتاه است؛ دست‌کم {limit} نویسه بنویسید.",
    "max_value": "«{label}» را حداکثر {limit} وارد کنید.",
    "min_value": "«{label}» را دست‌کم {limit} وارد کنید.",
}
_UNREADABLE = "«{label}» نویسه‌ای دارد که پذیرفته نمی‌شود؛ آن را دوباره با صفحه‌کلید بنویسید."
_EMAIL = "نشانی ایمیل را مانند name@example.ir وارد کنید."
_TAKEN = "این «{label}» پیش‌تر ثبت شده است؛ مقدار دیگری وارد کنید."


class PersianErrors:
    """For forms: puts Persian sentences, with the field's label in them, in place of Django's."""

    def __init__(self, *args, **kwargs):
        # Labels stand alone: the accessible name of a control is its label, without a colon.
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self):
        # As late as this, so that fields and labels given in a form's own __init__ count too.
        for name, field in self.fields.items():
            if type(field.error_messages) is not _Messages:
                field.error_messages = _Messages(name, field)
        super().full_clean()


class PersianForm(PersianErrors, forms.Form):
    pass


class PersianModelForm(PersianErrors, forms.ModelForm):
    pass


class _Messages(dict):
    """A field's messages, put into Persian once the first is asked for: mostly nothing is wrong."""

    def __init__(self, name, field):
        super().__init__(field.error_messages)
        self._of = name, field

    def _in_persian(self):
        if self._of:
            (name, field), self._of = self._of, None
            self.update(_sentences(name, field, self))

    def __getitem__(self, code):
        self._in_persian()
        return super().__getitem__(code)

    def __contains__(self, code):
        self._in_persian()
        return super().__contains__(code)

    def get(self, code, default=None):
        self._in_persian()
        return super().get(code, default)


def _sentences(name, field, messages):
    label = _BRACKETS.sub("", str(field.label if field.label is not None else pretty_name(name))).rstrip(
        " *:"
    )
    words = {"required": _required(field)} | _SENTENCES
    found = {
        code: text.format(label=label) for code, text in words.items() if _is_djangos(field, messages, code)
    }
    for code, text in _LIMITS.items():
        limit = getattr(field, code, None)
        if limit is not None and _is_djangos(field, messages, code, absent=True):
            found[code] = text.format(label=label, limit=persian_digits(limit))
    found.setdefault("null_characters_not_allowed", _UNREADABLE.format(label=label))
    if _is_djangos(field, messages, "unique", absent=True):
        found["unique"] = _TAKEN.format(label=label)
    if isinstance(field, forms.EmailField) and _is_djangos(field, messages, "invalid", absent=True):
        found["invalid"] = _EMAIL
    return found


def _required(field):
    if isinstance(field.widget, (forms.widgets.ChoiceWidget, forms.FileInput, forms.CheckboxInput)):
        return "«{label}» را انتخاب کنید."
    return "«{label}» را وارد کنید."


def _is_djangos(field, messages, code, *, absent=False):
    """Whether the message is Django's own; `absent` answers for a code that has no message yet."""
    if code not in messages:
        return absent
    message = messages[code]
    return any(
        message is vars(kind).get("default_error_messages", {}).get(code)
        for kind in type(field).__mro__
        if kind.__module__.startswith("django.")
    )
