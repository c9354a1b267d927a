"""A new password for somebody who has forgotten the old one."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.lib.fields import OneTimeCodeField
from portal.lib.forms import PersianForm

MISMATCH = "رمز عبور و تکرار آن یکسان نیست."
RULES = "۱۰ تا ۱۲۸ نویسهٔ انگلیسی، بدون فاصله؛ نه کد ملی یا موبایل شما و نه رمزی رایج."


class NewPasswordField(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(
            # Longer ones are told by the rules of passwords.py; this only bounds what is read at all.
            max_length=1000,
            strip=False,
            widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "new-password"}),
            **kwargs,
        )


class PasswordPairForm(PersianForm):
    """«رمز عبور» twice. `user` may be one that is not saved: what is known of the person."""

    password = NewPasswordField(label="رمز عبور", help_text=RULES)
    password_again = NewPasswordField(label="تکرار رمز عبور")

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        cleaned = super().clean()
        password, again = cleaned.get("password"), cleaned.get("password_again")
        if password:
            self.judge(password, self.user)
        if password and again and password != again:
            self.add_error("password_again", MISMATCH)
        return cleaned

    def judge(self, password, user) -> bool:
        try:
            validate_password(password, user)
        except ValidationError as error:
            self.add_error("password", error)
            return False
        return True


class ForgottenPasswordForm(PasswordPairForm):
    field_order = ["code", "password", "password_again"]

    code = OneTimeCodeField(label="کد تأیید", help_text="۶ رقم، از روی پیامک")

    def __init__(self, *args, asks_code=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_code:
            del self.fields["code"]
