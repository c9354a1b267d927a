"""What officers say of a claim: deficiencies with their place, deductions line by line, payments in batches."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.claim import Claim
from claims.models.documents import Document


class Deficiency(models.Model):
    """One thing to mend. Whether it is mended is not stored: its place has changed since the round it was marked in."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="deficiencies")
    round = models.PositiveSmallIntegerField()
    reason = models.ForeignKey(
        "catalog.Reason", on_delete=models.PROTECT, related_name="+", verbose_name="علت"
    )
    section = models.CharField("بخش", max_length=20)
    field = models.CharField("فیلد", max_length=40, blank=True)
    document_type = models.ForeignKey(
        "catalog.DocumentType", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="deficiencies"
    )
    text = models.CharField("جمله", max_length=500)
    advice = models.CharField("چه باید کرد", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = "نقص"
        verbose_name_plural = "نقص‌ها"

    def __str__(self):
        return self.text


class Deduction(models.Model):
    """One line of «کسورات», in whole rials."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="deductions")
    reason = models.ForeignKey(
        "catalog.Reason", on_delete=models.PROTECT, related_name="+", verbose_name="علت"
    )
    amount = models.BigIntegerField("مبلغ")
    note = models.CharField("توضیح", max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "کسر"
        verbose_name_plural = "کسورات"
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="deduction_is_positive")]

    def __str__(self):
        return str(self.reason)


class PaymentBatch(models.Model):
    """Approved claims handed to the bank in one file."""

    created_at = models.DateTimeField("زمان", default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField("شمار", default=0)
    total_amount = models.BigIntegerField("جمع (ریال)", default=0)
    result_imported_at = models.DateTimeField("ورود نتیجهٔ بانک", null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "دستهٔ پرداخت"
        verbose_name_plural = "دسته‌های پرداخت"

    def __str__(self):
        return f"دستهٔ {self.pk}"


class PaymentLine(models.Model):
    """One claim as it was handed to the bank; a later account, or a later decision, leaves it as it was."""

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="lines")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payment_lines")
    iban = models.CharField("شمارهٔ شبا", max_length=26)
    owner = models.CharField("صاحب حساب", max_length=200)
    amount = models.BigIntegerField("مبلغ")

    class Meta:
        ordering = ["pk"]
        verbose_name = "ردیف پرداخت"
        verbose_name_plural = "ردیف‌های پرداخت"
        constraints = [
            models.UniqueConstraint(fields=["batch", "claim"], name="claim_once_in_a_batch"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive"),
        ]

    def __str__(self):
        return f"{self.claim}، {self.amount}"
