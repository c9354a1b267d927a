"""One more word of the history: a case that was decided on paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0007_access_log_is_read_by_supervisors"),
    ]

    operations = [
        migrations.AlterField(
            model_name="claimevent",
            name="verb",
            field=models.CharField(
                choices=[
                    ("submitted", "ثبت شد"),
                    ("resubmitted", "دوباره ارسال شد"),
                    ("taken", "کارشناس بررسی را آغاز کرد"),
                    ("released", "به صف بازگشت"),
                    ("marked_deficient", "نقص اعلام شد"),
                    ("pre_approved", "تأیید نخست"),
                    ("approved", "تأیید شد"),
                    ("rejected", "رد شد"),
                    ("paid", "پرداخت شد"),
                    ("payment_failed", "پرداخت برگشت خورد"),
                    ("iban_mended", "شمارهٔ شبا اصلاح شد"),
                    ("withdrawn", "انصراف عضو"),
                    ("expired", "مهلت رفع نقص گذشت"),
                    ("objected", "اعتراض ثبت شد"),
                    ("originals_requested", "اصل مدارک خواسته شد"),
                    ("originals_received", "اصل مدارک دریافت شد"),
                    ("medical_review", "نزد پزشک معتمد"),
                    ("title_corrected", "عنوان تصویر اصلاح شد"),
                    ("centre_merged", "مرکز درمانی تطبیق داده شد"),
                    ("paper_kept", "از پروندهٔ کاغذی وارد شد"),
                ],
                max_length=20,
                verbose_name="رویداد",
            ),
        ),
    ]
