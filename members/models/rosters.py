"""What each roster import did, and the rows that wait for an operator."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class RosterImport(models.Model):
    class State(models.TextChoices):
        UPLOADED = "uploaded", "دریافت شد"
        EXAMINED = "examined", "بررسی شد"
        REFUSED = "refused", "خوانده نشد"
        WAITING = "waiting", "در انتظار نفر دوم"
        COMMITTING = "committing", "در حال ثبت"
        COMMITTED = "committed", "ثبت شد"
        DISCARDED = "discarded", "کنار گذاشته شد"

    contract = models.ForeignKey("catalog.Contract", on_delete=models.PROTECT, verbose_name="قرارداد")
    state = models.CharField("وضعیت", max_length=10, choices=State, default=State.UPLOADED)
    file_name = models.CharField("نام فایل", max_length=200)
    sha256 = models.CharField(max_length=64)
    # The uploaded workbook waits in the storage of rosters until it is committed or thrown away.
    stored_name = models.CharField(max_length=200, blank=True)
    counts = models.JSONField("شمار ردیف‌ها", default=dict)
    changes = models.JSONField("تغییرات", default=dict)
    sentence = models.CharField("پیام", max_length=300, blank=True)
    progress = models.PositiveSmallIntegerField("پیشرفت", default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roster_imports",
        verbose_name="متصدی",
    )
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="نفر دوم",
    )
    created_at = models.DateTimeField("زمان", default=timezone.now)
    committed_at = models.DateTimeField("زمان ثبت", null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "ورود فهرست اسامی"
        verbose_name_plural = "ورود فهرست‌های اسامی"

    def __str__(self):
        return f"{self.file_name} · {self.contract}"


class RosterRow(models.Model):
    """A row of a roster that was not taken in: held for an operator, or refused."""

    class Resolution(models.TextChoices):
        OPEN = "open", "باز"
        FIXED = "fixed", "اصلاح شد"
        STAND_ALONE = "stand_alone", "مستقل پذیرفته شد"
        REFUSED = "refused", "رد شد"
        SUPERSEDED = "superseded", "با ورود تازه کنار رفت"

    roster_import = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="rows")
    excel_row = models.PositiveIntegerField("ردیف")
    outcome = models.CharField("نتیجه", max_length=12)
    codes = models.JSONField("علت‌ها", default=list)
    values = models.JSONField("مقدارها", default=dict)
    resolution = models.CharField("رسیدگی", max_length=12, choices=Resolution, default=Resolution.OPEN)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField("زمان رسیدگی", null=True, blank=True)

    class Meta:
        ordering = ["roster_import", "excel_row"]
        verbose_name = "ردیف نگه‌داشته‌شده"
        verbose_name_plural = "ردیف‌های نگه‌داشته‌شده"
        constraints = [
            models.UniqueConstraint(fields=["roster_import", "excel_row"], name="row_once_in_a_roster_import")
        ]

    def __str__(self):
        return f"ردیف {self.excel_row}"
