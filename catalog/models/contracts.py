"""Contracts and everything they decide; nothing of it is a constant in code."""

from django.db import models
from django_jalali.db import models as jalali


class MembershipType(models.Model):
    class Captcha(models.TextChoices):
        UNKNOWN_BROWSER = "unknown_browser", "مگر در مرورگر آشنا"
        ALWAYS = "always", "همیشه"

    code = models.CharField("کد", max_length=20, unique=True)
    title = models.CharField("عنوان", max_length=100)
    is_enabled = models.BooleanField("فعال", default=False)
    captcha = models.CharField("کد امنیتی", max_length=20, choices=Captcha, default=Captcha.UNKNOWN_BROWSER)
    phone_is_mandatory = models.BooleanField("تلفن اجباری است", default=False)
    sort = models.PositiveSmallIntegerField("ترتیب", default=0)

    class Meta:
        ordering = ["sort"]
        verbose_name = "نوع عضویت"
        verbose_name_plural = "نوع‌های عضویت"

    def __str__(self):
        return self.title


class Insurer(models.Model):
    name = models.CharField("نام", max_length=100, unique=True)

    class Meta:
        verbose_name = "بیمه‌گر"
        verbose_name_plural = "بیمه‌گرها"

    def __str__(self):
        return self.name


class Contract(models.Model):
    class Originals(models.TextChoices):
        NEVER = "never", "لازم نیست"
        ON_REQUEST = "on_request", "در صورت درخواست کارشناس"
        ALWAYS = "always", "همیشه"

    number = models.CharField("شمارهٔ قرارداد", max_length=30, unique=True)
    title = models.CharField("عنوان", max_length=150, blank=True)
    insurer = models.ForeignKey(Insurer, on_delete=models.PROTECT, verbose_name="بیمه‌گر")
    policyholder = models.CharField("بیمه‌گذار", max_length=150, blank=True)
    membership_type = models.ForeignKey(
        MembershipType,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="نوع عضویت",
    )
    start_date = jalali.jDateField("شروع")
    end_date = jalali.jDateField("پایان")
    e_claims = models.BooleanField("ارسال الکترونیک اسناد", default=True)
    submission_days_after_service = models.PositiveSmallIntegerField(
        "مهلت ارسال پس از خدمت (روز)", null=True, blank=True
    )
    submission_days_after_contract_end = models.PositiveSmallIntegerField(
        "مهلت ارسال پس از پایان قرارداد (روز)", null=True, blank=True
    )
    late_is_refused = models.BooleanField("ارسال دیرهنگام پذیرفته نمی‌شود", default=False)
    answer_days = models.PositiveSmallIntegerField("مهلت رفع نقص (روز)", default=30)
    draft_days = models.PositiveSmallIntegerField("نگهداری پیش‌نویس (روز)", default=60)
    council_number_required = models.BooleanField("کد نظام پزشکی اجباری است", default=False)
    missing_document_allowed = models.BooleanField("«این مدرک را ندارم» پذیرفته می‌شود", default=True)
    originals = models.CharField("اصل مدارک", max_length=12, choices=Originals, default=Originals.ON_REQUEST)
    second_approval_above = models.BigIntegerField("تأیید دوم برای بیش از (ریال)", null=True, blank=True)
    queue_age_days = models.PositiveSmallIntegerField("سن هشدار صف (روز)", default=3)

    class Meta:
        ordering = ["-start_date", "number"]
        verbose_name = "قرارداد"
        verbose_name_plural = "قراردادها"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")),
                name="contract_ends_after_it_starts",
            )
        ]

    def __str__(self):
        return self.title or self.number


class Plan(models.Model):
    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="plans", verbose_name="قرارداد"
    )
    title = models.CharField("عنوان", max_length=60)

    class Meta:
        ordering = ["pk"]
        verbose_name = "طرح"
        verbose_name_plural = "طرح‌ها"
        constraints = [models.UniqueConstraint(fields=["contract", "title"], name="plan_once_in_a_contract")]

    def __str__(self):
        return self.title
