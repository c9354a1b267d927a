"""The forms of «حساب من»."""

from django import forms

from members import limits
from members.forms.password import PasswordPairForm
from portal.lib.fields import IbanField, LandlineField, MobileField, OneTimeCodeField, PersianTextField
from portal.lib.forms import PersianForm

WRONG_PASSWORD = "این رمز عبور فعلی شما نیست؛ آن را دوباره وارد کنید."
SAME_NUMBER = "این همان شمارهٔ کنونی شماست؛ شمارهٔ تازه را وارد کنید."


class PasswordAgain(PersianForm):
    """Asks for the password once more where the session may be in other hands."""

    current_password = forms.CharField(
        label="رمز عبور فعلی",
        max_length=1000,
        strip=False,
        help_text="برای اطمینان از این‌که خود شما هستید",
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "current-password"}),
    )

    def __init__(self, *args, user=None, asks_password=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if not asks_password:
            del self.fields["current_password"]

    def clean_current_password(self):
        try:
            limits.spend("login", "again", self.user.pk)
        except limits.TooMany as refusal:
            raise forms.ValidationError(str(refusal), code="too_many") from None
        if not self.user.check_password(self.cleaned_data["current_password"]):
            raise forms.ValidationError(WRONG_PASSWORD, code="wrong_password")
        limits.forget("login", "again", self.user.pk)
        return self.cleaned_data["current_password"]


class ChangePasswordForm(PasswordPairForm, PasswordAgain):
    field_order = ["current_password", "password", "password_again"]


class ChangeMobileForm(PasswordAgain):
    field_order = ["mobile", "current_password"]

    mobile = MobileField(label="شمارهٔ تازه", help_text="کد تأیید به این شماره پیامک می‌شود.")

    def clean_mobile(self):
        if self.cleaned_data["mobile"] == self.user.mobile:
            raise forms.ValidationError(SAME_NUMBER, code="same_number")
        return self.cleaned_data["mobile"]


class TwoCodesForm(PersianForm):
    """One code from each number; a number that is confirmed already is not asked again."""

    old_code = OneTimeCodeField(label="کد شمارهٔ فعلی")
    new_code = OneTimeCodeField(label="کد شمارهٔ تازه")

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(asked):
            del self.fields[name]


class ChangeIbanForm(PasswordAgain):
    field_order = ["iban", "current_password"]

    iban = IbanField(
        label="شمارهٔ شبا", help_text="IR و ۲۴ رقم، از حسابی به نام خودتان؛ هزینه‌ها به آن واریز می‌شود."
    )


class ContactForm(PersianForm):
    email = forms.EmailField(
        label="ایمیل",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
    )
    phone = LandlineField(label="تلفن", required=False, help_text="با کد استان")
    fax = LandlineField(label="فکس", required=False, help_text="با کد استان")
    address = PersianTextField(
        label="آدرس",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )


class PrivacyForm(PersianForm):
    is_private = forms.BooleanField(
        label="درخواست‌هایم فقط برای خودم",
        required=False,
        help_text="بیمه‌شدهٔ اصلی دیگر درخواست‌های شما را نمی‌بیند و برای شما درخواست ثبت نمی‌کند.",
    )
