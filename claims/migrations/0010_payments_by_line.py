"""What was handed to the bank stays as it was handed over."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0009_supervisors_tend_messages"),
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
                    ("payment_returned", "پرداخت پیشین برگشت خورد"),
                    ("settled", "پیش\u200cتر پرداخت شده است"),
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
        migrations.CreateModel(
            name="PaymentLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("iban", models.CharField(max_length=26, verbose_name="شمارهٔ شبا")),
                ("owner", models.CharField(max_length=200, verbose_name="صاحب حساب")),
                ("amount", models.BigIntegerField(verbose_name="مبلغ")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="claims.paymentbatch",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment_lines",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "ردیف پرداخت",
                "verbose_name_plural": "ردیف\u200cهای پرداخت",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "claim"), name="claim_once_in_a_batch"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_is_positive"),
                ],
            },
        ),
    ]
