"""What happened to a claim, append-only, and what it looked like each time it was sent."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.status import Status


class ClaimEvent(models.Model):
    """One act: the member's timeline, the officers' history and the key of the message it sends.

    The database refuses to change or delete a row (trigger in the migrations).
    """

    class Verb(models.TextChoices):
        SUBMITTED = "submitted", "ثبت شد"
        RESUBMITTED = "resubmitted", "دوباره ارسال شد"
        TAKEN = "taken", "کارشناس بررسی را آغاز کرد"
        RELEASED = "released", "به صف بازگشت"
        MARKED_DEFICIENT = "marked_deficient", "نقص اعلام شد"
        PRE_APPROVED = "pre_approved", "تأیید نخست"
        APPROVED = "approved", "تأیید شد"
        REJECTED = "rejected", "رد شد"
        PAID = "paid", "پرداخت شد"
        PAYMENT_FAILED = "payment_failed", "پرداخت برگشت خورد"
        # It came back while an objection was being decided.
        PAYMENT_RETURNED = "payment_returned", "پرداخت پیشین برگشت خورد"
        # Approved again for what had been paid before.
        SETTLED = "settled", "پیش‌تر پرداخت شده است"
        IBAN_MENDED = "iban_mended", "شمارهٔ شبا اصلاح شد"
        WITHDRAWN = "withdrawn", "انصراف عضو"
        EXPIRED = "expired", "مهلت رفع نقص گذشت"
        OBJECTED = "objected", "اعتراض ثبت شد"
        ORIGINALS_REQUESTED = "originals_requested", "اصل مدارک خواسته شد"
        ORIGINALS_RECEIVED = "originals_received", "اصل مدارک دریافت شد"
        MEDICAL_REVIEW = "medical_review", "نزد پزشک معتمد"
        TITLE_CORRECTED = "title_corrected", "عنوان تصویر اصلاح شد"
        CENTRE_MERGED = "centre_merged", "مرکز درمانی تطبیق داده شد"
        PAPER_KEPT = "paper_kept", "از پروندهٔ کاغذی وارد شد"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField("رویداد", max_length=20, choices=Verb)
    status_before = models.CharField(max_length=16, choices=Status)
    status_after = models.CharField(max_length=16, choices=Status)
    # Nobody: the clock did it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        db_index=False,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField("زمان", default=timezone.now)
    note = models.CharField("توضیح", max_length=1000, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "رویداد"
        verbose_name_plural = "رویدادها"
        indexes = [
            # The usual time of each stage, from the portal's own data.
            models.Index(fields=["verb", "at"], name="event_verb_time"),
        ]

    def __str__(self):
        return self.get_verb_display()


class Submission(models.Model):
    """The values and pictures of one round, as they were sent: what "only what changed" compares with."""

    # Found by the constraint below, which begins with it.
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, db_index=False, related_name="submissions")
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    # {field: stored value}, {"documents": [[document pk, title pk, sha256], …]}, {"missing": {title pk: reason}}
    values = models.JSONField()

    class Meta:
        ordering = ["round"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "round"], name="round_once_in_a_claim"),
        ]

    def __str__(self):
        return f"بار {self.round}"
