"""Where a claim stands, from draft to payment."""

from django.db import models


class Status(models.TextChoices):
    DRAFT = "draft", "پیش‌نویس"
    SUBMITTED = "submitted", "ثبت شد"
    UNDER_REVIEW = "under_review", "در حال رسیدگی"
    DEFICIENT = "deficient", "نقص دارد، نیاز به ویرایش"
    APPROVED = "approved", "تأیید شد"
    REJECTED = "rejected", "رد شد"
    PAID = "paid", "پرداخت شد"
    PAYMENT_FAILED = "payment_failed", "پرداخت ناموفق"
    WITHDRAWN = "withdrawn", "انصراف"
    EXPIRED = "expired", "مهلت گذشت"


# It is the member's turn, whatever else a claim may lack (claims/turns.py).
WAITING = (Status.DRAFT, Status.DEFICIENT, Status.PAYMENT_FAILED)
