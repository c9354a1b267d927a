"""The texts of what is told about claims; staff edit them afterwards."""

from django.db import migrations

from notifications.templates_seed import register_templates

ROWS = [
    {
        "kind": "claim_submitted",
        "title": "ثبت درخواست",
        "text": "درخواست هزینه خسارت شما با کد رهگیری {tracking_code} ثبت شد.",
        "placeholders": ["tracking_code"],
    },
    {
        "kind": "claim_resubmitted",
        "title": "ارسال دوباره",
        "text": "اصلاحات درخواست {tracking_code} دریافت شد و دوباره رسیدگی می‌شود.",
        "placeholders": ["tracking_code"],
    },
    {
        "kind": "claim_deficient",
        "title": "نقص",
        "text": "درخواست {tracking_code} نقص دارد ({count} مورد). تا {until} در پرتال اصلاح کنید.",
        "placeholders": ["tracking_code", "count", "until"],
    },
    {
        "kind": "deficient_reminder",
        "title": "یادآوری نقص",
        "text": "یادآوری: درخواست {tracking_code} نقص دارد. تا {until} در پرتال اصلاح کنید.",
        "placeholders": ["tracking_code", "until"],
        "queue": "reminders",
    },
    {
        "kind": "claim_approved",
        "title": "تأیید",
        "text": "درخواست {tracking_code} تأیید شد. مبلغ قابل پرداخت: {amount} ریال.",
        "placeholders": ["tracking_code", "amount"],
    },
    {
        "kind": "claim_rejected",
        "title": "رد",
        "text": "درخواست {tracking_code} پذیرفته نشد. علت را در پرتال ببینید.",
        "placeholders": ["tracking_code"],
    },
    {
        "kind": "claim_paid",
        "title": "پرداخت",
        "text": "مبلغ {amount} ریال بابت درخواست {tracking_code} پرداخت شد.",
        "placeholders": ["tracking_code", "amount"],
    },
    {
        "kind": "claim_payment_failed",
        "title": "پرداخت ناموفق",
        "text": "بانک پرداخت درخواست {tracking_code} را برگرداند. شماره شبا را در پرتال درست کنید.",
        "placeholders": ["tracking_code"],
    },
    {
        "kind": "claim_withdrawn",
        "title": "انصراف",
        "text": "انصراف شما از درخواست {tracking_code} ثبت شد.",
        "placeholders": ["tracking_code"],
    },
    {
        "kind": "claim_expired",
        "title": "پایان مهلت",
        "text": "مهلت رفع نقص درخواست {tracking_code} گذشت و پرونده بسته شد.",
        "placeholders": ["tracking_code"],
    },
    {
        "kind": "claim_objected",
        "title": "اعتراض",
        "text": "اعتراض شما به درخواست {tracking_code} ثبت شد و کارشناس دیگری رسیدگی می‌کند.",
        "placeholders": ["tracking_code"],
    },
    {
        "kind": "originals_requested",
        "title": "اصل مدارک",
        "text": "اصل مدارک درخواست {tracking_code} را به {branch} برسانید.",
        "placeholders": ["tracking_code", "branch"],
    },
    {
        "kind": "draft_reminder",
        "title": "یادآوری پیش‌نویس",
        "text": "درخواست هزینه خسارت شما هنوز ارسال نشده است. پیش‌نویس تا {days} روز دیگر نگه داشته می‌شود.",
        "placeholders": ["days"],
        "queue": "reminders",
    },
]


def register(apps, schema_editor):
    register_templates(ROWS, apps=apps)


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_tracking_numbers"), ("notifications", "0001_messages")]

    operations = [migrations.RunPython(register, migrations.RunPython.noop)]
