"""The texts of the messages that members send; staff edit them afterwards in the admin."""

from django.db import migrations

from notifications.templates_seed import register_templates

ROWS = [
    {
        "kind": "code",
        "title": "کد تأیید",
        "text": "کد تأیید پرتال بیمه: {code}",
        "placeholders": ["code"],
        "is_secret": True,
        "queue": "otp",
    },
    {
        "kind": "activated",
        "title": "عضویت فعال شد",
        "text": "عضویت شما در پرتال بیمه فعال شد. اگر کار شما نبود، به ما خبر دهید.",
        "placeholders": [],
    },
    {
        "kind": "password_changed",
        "title": "رمز عبور عوض شد",
        "text": "رمز عبور شما در پرتال بیمه عوض شد. اگر کار شما نبود، به ما خبر دهید.",
        "placeholders": [],
    },
    {
        "kind": "mobile_changed",
        "title": "شماره موبایل عوض شد",
        "text": "شماره موبایل حساب شما به {mobile} تغییر کرد. اگر کار شما نبود، به ما خبر دهید.",
        "placeholders": ["mobile"],
    },
    {
        "kind": "iban_changed",
        "title": "شماره شبا عوض شد",
        "text": "شماره شبای شما در پرتال بیمه عوض شد. اگر کار شما نبود، به ما خبر دهید.",
        "placeholders": [],
    },
    {
        "kind": "roster_fixed",
        "title": "مشخصات اصلاح شد",
        "text": "مشخصات شما در فهرست بیمه‌شدگان اصلاح شد. اکنون می‌توانید عضویت خود را فعال کنید.",
        "placeholders": [],
    },
    {
        "kind": "report_answered",
        "title": "پاسخ گزارش مغایرت",
        "text": "به گزارش مغایرت شما پاسخ داده شد. آن را در پرتال بیمه بخوانید.",
        "placeholders": [],
    },
    {
        "kind": "activation_answered",
        "title": "پاسخ گزارش فعال‌سازی",
        "text": "پاسخ گزارش شما در پرتال بیمه: {answer}",
        "placeholders": ["answer"],
    },
]


def register(apps, schema_editor):
    register_templates(ROWS, apps)


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("notifications", "0001_messages")]

    # Going back leaves the rows: staff may have edited them, and sent messages name their kind.
    operations = [migrations.RunPython(register, migrations.RunPython.noop)]
