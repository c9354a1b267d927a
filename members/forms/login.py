"""The login, and its way round the picture: a code by SMS."""

import copy

from django import forms
from django.core.exceptions import ValidationError

from catalog.models import MembershipType
from catalog.tables import catalogue
from members import codes, discreet, failures, limits
from members.forms.security_code import SecurityCodeForm
from members.login import account_named, username_of
from portal.lib.fields import NationalIdField, OneTimeCodeField
from portal.lib.text import compact
from portal.lib.validators import NATIONAL_ID_LENGTH

WRONG_CODE = "کد درست نیست یا زمانش گذشته است؛ دوباره وارد کنید یا کد تازه بگیرید."


class AccountNationalIdField(NationalIdField):
    """Of an account that exists or not: the roster decided then, so that a check digit is not judged here."""

    def normalised(self, text):
        digits = compact(text)
        if not (digits.isdecimal() and 8 <= len(digits) <= 10):
            raise ValidationError(NATIONAL_ID_LENGTH, code="ID_LENGTH")
        return digits.zfill(10)


class MembershipTypeField(forms.TypedChoiceField):
    """The types on offer; the option is the row's key, the cleaned value the row."""

    def __init__(self, **kwargs):
        super().__init__(
            label="نوع عضویت",
            choices=lambda: [("", "انتخاب کنید"), *((kind.pk, kind.title) for kind in offered_types())],
            coerce=lambda key: catalogue().get(MembershipType, key),
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value):
        return getattr(value, "pk", value)


def offered_types() -> list[MembershipType]:
    return [kind for kind in catalogue().all(MembershipType) if kind.is_enabled]


def preselected_type(browser) -> MembershipType | None:
    """The one this browser used last, or the only one there is."""
    enabled = offered_types()
    if len(enabled) == 1:
        return enabled[0]
    return next((kind for kind in enabled if browser and kind.pk == browser.type_id), None)


class LoginForm(SecurityCodeForm):
    field_order = ["national_id", "password", "membership_type", "captcha_key", "captcha", "is_remembered"]

    national_id = AccountNationalIdField(label="کد ملی", help_text="۱۰ رقم، از روی کارت ملی")
    password = forms.CharField(
        label="رمز عبور",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "current-password"}),
    )
    membership_type = MembershipTypeField()
    is_remembered = forms.BooleanField(label="مرا به خاطر بسپار", required=False)

    def __init__(self, *args, asks_captcha=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_captcha:
            del self.fields["captcha"], self.fields["captcha_key"]

    def ask_captcha(self):
        """For the next try: this one was sent without, and failed."""
        for name in ("captcha_key", "captcha"):
            self.fields[name] = copy.deepcopy(self.base_fields[name])
        self.order_fields(self.field_order)


class LoginByCodeForm(LoginForm):
    """The same with a code by SMS in the place of the picture; good for `asked_for`, who asked in this session."""

    def __init__(self, *args, asked_for: str, address: str, is_own: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked_for, self.address, self.is_own = asked_for, address, is_own
        del self.fields["captcha_key"]
        self.fields["captcha"] = OneTimeCodeField(
            label="کد امنیتی", help_text="کد ۶ رقمی را از روی پیامک بنویسید."
        )
        self.order_fields(self.field_order)

    def clean(self):
        cleaned = forms.Form.clean(self)
        if self.errors:
            return cleaned
        try:
            if not self.is_right(cleaned):
                self.add_error("captcha", WRONG_CODE)
        except (codes.Refused, limits.TooMany) as refusal:
            self.add_error("captcha", str(refusal))
        return self.cleaned_data

    def is_right(self, cleaned) -> bool:
        limits.spend("code-tries-address", self.address)
        name = username_of(cleaned["membership_type"], cleaned["national_id"])
        if name != self.asked_for or not discreet.verify(
            account_named(name),
            name=name,
            purpose=codes.CAPTCHA,
            code=cleaned["captcha"],
            is_own=self.is_own,
        ):
            failures.note(failures.LOGIN)
            return False
        limits.give_back("code-tries-address", self.address)
        return True


class CodeRequestForm(SecurityCodeForm):
    """Who wants a code by SMS, without being signed in."""

    field_order = ["national_id", "membership_type", "captcha_key", "captcha"]

    national_id = AccountNationalIdField(label="کد ملی", help_text="۱۰ رقم، از روی کارت ملی")
    membership_type = MembershipTypeField()


class CodeInsteadOfPictureForm(CodeRequestForm):
    def __init__(self, *args, asks_captcha: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_captcha:
            # The whole point of the page: no picture here, unless very many ask behind one address.
            del self.fields["captcha"], self.fields["captcha_key"]
