"""The forms of activation, in the order people meet them."""

from django import forms
from django.conf import settings

from members import activation
from members.forms.login import AccountNationalIdField, MembershipTypeField, preselected_type
from members.forms.password import PasswordPairForm
from members.forms.security_code import SecurityCodeForm
from members.models import Discrepancy
from portal.lib import dates
from portal.lib.fields import (
    JalaliDateField,
    LandlineField,
    MobileField,
    OneTimeCodeField,
    PersianTextField,
)
from portal.lib.forms import PersianForm

WRONG_ANSWERS = (
    "این پاسخ‌ها با فهرست بیمه‌شدگان یکی نیست؛ آن‌ها را از روی شناسنامه یا کارت ملی دوباره وارد کنید."
)


class WhoAreYouForm(SecurityCodeForm):
    """«فعال‌سازی عضویت»: compared with the roster by activation.match, never here."""

    field_order = ["membership_type", "national_id", "first_name", "last_name", "captcha_key", "captcha"]

    membership_type = MembershipTypeField()
    national_id = AccountNationalIdField(label="کد ملی", help_text="۱۰ رقم، از روی کارت ملی")
    first_name = PersianTextField(
        label="نام",
        help_text="کامل و مطابق کارت ملی، با حروف فارسی",
        max_length=80,
        only_persian_letters=True,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = PersianTextField(
        label="نام خانوادگی",
        help_text="کامل و مطابق کارت ملی، با حروف فارسی",
        max_length=80,
        only_persian_letters=True,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership_type"].initial = preselected_type(browser=None)


class CodeForm(PersianForm):
    code = OneTimeCodeField(label="کد تأیید", help_text="کد ۶ رقمی را از روی پیامک بنویسید.")


class AnswersForm(PersianForm):
    """The birth date, and one thing more that depends on what the roster holds."""

    LABELS = {
        activation.Question.CERTIFICATE: ("شمارهٔ شناسنامه", "همان‌گونه که در شناسنامه آمده است"),
        activation.Question.PERSONNEL_CODE: ("کد پرسنلی", "کدی که محل کار به بیمه‌شدهٔ اصلی داده است"),
        activation.Question.PRIMARY: ("کد ملی بیمه‌شدهٔ اصلی", "اگر بیمه‌شدهٔ اصلی خود شما هستید، کد ملی خودتان"),
    }

    birth_date = JalaliDateField(label="تاریخ تولد", help_text="مانند ۱۳۶۵/۰۸/۲۶")
    second = PersianTextField(
        max_length=40, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )

    def __init__(self, *args, question: activation.Question, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["second"].label, self.fields["second"].help_text = self.LABELS[question]


class RosterForm(PersianForm):
    """What the roster says, to be read only: it is never bound to anything posted."""

    first_name = forms.CharField(label="نام", required=False)
    last_name = forms.CharField(label="نام خانوادگی", required=False)
    birth_certificate_number = forms.CharField(label="شمارهٔ شناسنامه", required=False)
    birth_date = forms.CharField(label="تاریخ تولد", required=False)
    national_id = forms.CharField(label="کد ملی", required=False)

    def __init__(self, person):
        born = person.birth_date
        super().__init__(
            prefix="roster",
            initial={
                "first_name": person.first_name,
                "last_name": person.last_name,
                "birth_certificate_number": person.birth_certificate_number or "ثبت نشده",
                "birth_date": dates.short(born) if born else "ثبت نشده",
                "national_id": person.national_id,
            },
        )
        for name, field in self.fields.items():
            field.widget.attrs["readonly"] = True
            if name in ("national_id", "birth_certificate_number", "birth_date"):
                field.widget.attrs["dir"] = "ltr"


class AccountForm(PasswordPairForm):
    """«تأیید حساب»: what the member fills in."""

    field_order = ["password", "password_again", "mobile", "email", "phone", "fax", "address", "notes"]

    mobile = MobileField(label="موبایل", help_text="کدهای ورود و خبر درخواست‌ها به این شماره پیامک می‌شود.")
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
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    notes = PersianTextField(
        label="توضیحات", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["phone"].required = settings.PHONE_IS_MANDATORY or user.membership_type.phone_is_mandatory

    def clean(self):
        # The new number is not the account's yet, and may not be the password either.
        self.user.mobile = self.cleaned_data.get("mobile", "")
        return super().clean()

    def contact(self) -> dict[str, str]:
        names = ("mobile", "email", "phone", "fax", "address", "notes")
        return {name: self.cleaned_data[name] for name in names}


class ReportForm(SecurityCodeForm):
    """«گزارش مغایرت» of somebody who cannot sign in."""

    Subject = Discrepancy.Subject
    field_order = [
        "subject", "national_id", "first_name", "last_name", "contact_number", "text", "captcha_key", "captcha",
    ]  # fmt: skip

    subject = forms.ChoiceField(
        label="موضوع",
        choices=[
            (Subject.ACTIVATION, "نمی‌توانم فعال کنم"),
            (Subject.MOBILE, "شماره‌ام عوض شده"),
        ],
        widget=forms.RadioSelect,
    )
    national_id = AccountNationalIdField(label="کد ملی", help_text="۱۰ رقم، از روی کارت ملی")
    first_name = PersianTextField(label="نام", help_text="مطابق کارت ملی", max_length=80)
    last_name = PersianTextField(label="نام خانوادگی", help_text="مطابق کارت ملی", max_length=80)
    contact_number = MobileField(
        label="شمارهٔ تماس", help_text="موبایلی که اکنون در دست شماست؛ پاسخ به آن پیامک می‌شود."
    )
    text = PersianTextField(
        label="توضیحات",
        required=False,
        max_length=1000,
        help_text="هر چه به پیدا کردن اشکال کمک می‌کند، مانند نام شرکت یا محل کار",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, asks_captcha: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_captcha:
            del self.fields["captcha"], self.fields["captcha_key"]

    def report(self) -> dict:
        """What discrepancies.report_without_account wants."""
        told = {name: self.cleaned_data[name] for name in ("subject", "contact_number", "text")}
        names = ("national_id", "first_name", "last_name")
        return told | {"typed": {name: self.cleaned_data[name] for name in names}}
