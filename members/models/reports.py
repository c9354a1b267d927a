"""«گزارش مغایرت»: a member says that something in the insurer's data is wrong."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from members.models.people import Person


class Discrepancy(models.Model):
    class Subject(models.TextChoices):
        PERSON = "person", "مشخصات فردی"
        HOUSEHOLD = "household", "افراد خانواده"
        COVER = "cover", "تاریخ پوشش"
        CASE = "case", "پروندهٔ جاافتاده"
        PAYMENT = "payment", "پرداخت"
        ACTIVATION = "activation", "فعال‌سازی"
        MOBILE = "mobile", "تغییر شمارهٔ موبایل"

    class State(models.TextChoices):
        OPEN = "open", "در انتظار بررسی"
        FIXED = "fixed", "اصلاح شد"
        ANSWERED = "answered", "پاسخ داده شد"

    # The account when somebody signed in reports; else what was typed, for staff to compare with the roster.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="discrepancies",
        verbose_name="حساب",
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="بیمه‌شده"
    )
    contract = models.ForeignKey(
        "catalog.Contract", on_delete=models.PROTECT, null=True, blank=True, verbose_name="قرارداد"
    )
    subject = models.CharField("موضوع", max_length=12, choices=Subject)
    about = models.CharField("دربارهٔ", max_length=200, blank=True)
    text = models.TextField("شرح", max_length=2000, blank=True)
    typed_national_id = models.CharField("کد ملی واردشده", max_length=10, blank=True)
    typed_first_name = models.CharField("نام واردشده", max_length=80, blank=True)
    typed_last_name = models.CharField("نام خانوادگی واردشده", max_length=80, blank=True)
    contact_number = models.CharField("شمارهٔ تماس", max_length=11, blank=True)
    state = models.CharField("وضعیت", max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField("پاسخ", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="پاسخ‌دهنده",
    )
    created_at = models.DateTimeField("زمان", default=timezone.now)
    answered_at = models.DateTimeField("زمان پاسخ", null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "مغایرت اعلام‌شده"
        verbose_name_plural = "مغایرت‌های اعلام‌شده"
        indexes = [
            # The staff's queue of open reports, oldest first.
            models.Index(fields=["state", "created_at"], name="discrepancy_queue"),
        ]

    def __str__(self):
        return self.get_subject_display()
