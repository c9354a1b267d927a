"""«کد امنیتی» as a part of a form: judged before anything else is looked at, used up only with a form that is right."""

from django import forms
from django.utils.functional import cached_property

from members import captcha
from portal.lib.forms import PersianForm

WRONG = "کد امنیتی درست نیست یا زمانش گذشته است؛ رقم‌های تصویر تازه را بنویسید."


class SecurityCodeForm(PersianForm):
    """Forms that ask for «کد امنیتی» inherit from this and draw it with components/captcha.html."""

    captcha_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    captcha = forms.CharField(
        label="کد امنیتی",
        help_text="رقم‌های تصویر را بنویسید.",
        max_length=30,
        widget=forms.TextInput(
            attrs={
                "class": "control",
                "dir": "ltr",
                "inputmode": "numeric",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
    )

    _challenge_stands = False

    def clean(self):
        cleaned = super().clean()
        if "captcha" not in self.fields or "captcha" in self.errors:
            return cleaned
        key, answer = cleaned.get("captcha_key", ""), cleaned["captcha"]
        if not captcha.is_right(key, answer):
            self._tell_of_the_captcha_alone()
        elif self.errors:
            self._challenge_stands = bool(key)
        elif not captcha.use(key, answer):
            self._tell_of_the_captcha_alone()
        return self.cleaned_data

    @cached_property
    def challenge(self) -> str:
        """The key of what is shown: the answered one while it stands, else a new one. Templates read it first."""
        if self._challenge_stands:
            return self.cleaned_data["captcha_key"]
        key = captcha.new()
        if self.is_bound:
            self.data = self.data.copy()
            self.data[self.add_prefix("captcha_key")] = key
            self.data[self.add_prefix("captcha")] = ""
        self.initial["captcha_key"] = key
        return key

    def _tell_of_the_captcha_alone(self):
        self.errors.clear()
        self.add_error("captcha", WRONG)
