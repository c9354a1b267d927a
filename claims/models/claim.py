"""The claim itself, from draft to payment."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_jalali.db import models as jalali

from claims.models.constraints import CONSTRAINTS, INDEXES
from claims.models.status import Status


def new_code() -> str:
    """A public identifier nobody can guess: 128 bits."""
    return secrets.token_urlsafe(16)


class ClaimQuerySet(models.QuerySet):
    def with_names(self):
        """With everything a list or a summary prints, in one statement."""
        return self.select_related(
            "insured", "contract", "contract__insurer", "centre", "service_type", "service"
        )

    def seen_by(self, enrolments):
        """Claims of these people under these contracts (see members/access.py)."""
        sight = Q(pk__in=[])
        people = {}
        for enrolment in enrolments:
            people.setdefault(enrolment.contract_id, []).append(enrolment.person_id)
        for contract_id, person_ids in people.items():
            sight |= Q(contract=contract_id, insured__in=person_ids)
        return self.filter(sight)

    def decided(self):
        return self.filter(status__in=[Status.APPROVED, Status.REJECTED, Status.PAID, Status.PAYMENT_FAILED])

    def in_queue(self):
        return self.filter(status__in=[Status.SUBMITTED, Status.UNDER_REVIEW])


class Claim(models.Model):
    class Source(models.TextChoices):
        PORTAL = "portal", "الکترونیک"
        PAPER = "paper", "کاغذی"

    # Unique by the constraint below: `unique=True` would add a second index, for LIKE, that nobody asks.
    code = models.CharField(max_length=22, default=new_code, editable=False)
    status = models.CharField("وضعیت", max_length=16, choices=Status, default=Status.DRAFT)
    source = models.CharField("شیوهٔ ثبت", max_length=8, choices=Source, default=Source.PORTAL)
    tracking_code = models.CharField("کد رهگیری", max_length=10, null=True, blank=True)
    # Of a case that was decided outside the portal and has no tracking code.
    paper_reference = models.CharField(
        "شمارهٔ پروندهٔ کاغذی", max_length=40, blank=True, default="", db_default=""
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="claims",
        null=True,
        blank=True,
        verbose_name="ثبت‌کننده",
    )

    # «اطلاعات اولیه»
    service_date = jalali.jDateField("تاریخ مراجعه", null=True, blank=True)
    contract = models.ForeignKey(
        "catalog.Contract", on_delete=models.PROTECT, db_index=False, verbose_name="بیمه‌نامه"
    )
    insured = models.ForeignKey(
        "members.Person",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="claims",
        verbose_name="بیمه‌شده",
    )

    # «جزئیات پرونده»
    home_province = models.ForeignKey(
        "catalog.Province",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        verbose_name="استان محل سکونت",
    )
    centre = models.ForeignKey(
        "catalog.MedicalCentre",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="مرکز درمانی",
    )
    centre_name = models.CharField("نام مرکز درمانی", max_length=200, blank=True)
    centre_city = models.CharField("شهر مرکز درمانی", max_length=60, blank=True)
    paid_amount = models.BigIntegerField("مبلغ پرداخت‌شده", null=True, blank=True)
    service_type = models.ForeignKey(
        "catalog.ServiceType",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        verbose_name="نوع خدمت",
    )
    service = models.ForeignKey(
        "catalog.Service",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        verbose_name="خدمت",
    )
    base_insurer = models.ForeignKey(
        "catalog.BaseInsurer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        verbose_name="بیمهٔ پایه",
    )
    medical_council_number = models.CharField("کد نظام پزشکی", max_length=20, blank=True)
    has_eprescription = models.BooleanField("نسخهٔ الکترونیک", null=True, blank=True)
    eprescription_code = models.CharField("شناسهٔ نسخهٔ الکترونیک", max_length=20, blank=True)
    notes = models.TextField("توضیحات", max_length=1000, blank=True)
    # Why the member goes on although an earlier claim looks the same.
    duplicate_reason = models.CharField("دلیل ثبت دوباره", max_length=300, blank=True)

    # «شمارهٔ موبایل»
    mobile = models.CharField("شمارهٔ موبایل", max_length=11, blank=True)
    mobile_confirmed_at = models.DateTimeField(null=True, blank=True)

    created_at = models.DateTimeField("زمان ساخت", default=timezone.now)
    changed_at = models.DateTimeField("آخرین تغییر", default=timezone.now)
    reminded_at = models.DateTimeField("زمان یادآوری", null=True, blank=True)
    submitted_at = models.DateTimeField("زمان ثبت", null=True, blank=True)
    # When it last came into the queue: the queue is served in this order.
    queued_at = models.DateTimeField("ورود به صف", null=True, blank=True)
    round = models.PositiveSmallIntegerField("بار", default=0)
    is_late = models.BooleanField("پس از مهلت", default=False)
    answer_until = jalali.jDateField("مهلت رفع نقص", null=True, blank=True)

    # The officer's side.
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="claims_in_hand",
        null=True,
        blank=True,
        verbose_name="کارشناس",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="تصمیم‌گیرنده",
    )
    decided_at = models.DateTimeField("زمان تصمیم", null=True, blank=True)
    first_approval_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        null=True,
        blank=True,
    )
    payable_amount = models.BigIntegerField("مبلغ قابل پرداخت", null=True, blank=True)
    rejection_reason = models.ForeignKey(
        "catalog.Reason",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="علت رد",
    )
    decision_note = models.CharField("توضیح تصمیم", max_length=500, blank=True)
    objected_at = models.DateTimeField("زمان اعتراض", null=True, blank=True)
    objection = models.TextField("اعتراض", max_length=1000, blank=True)
    in_medical_review = models.BooleanField("نزد پزشک معتمد", default=False)
    originals_requested_at = models.DateTimeField("درخواست اصل مدارک", null=True, blank=True)
    originals_received_at = models.DateTimeField("دریافت اصل مدارک", null=True, blank=True)
    payment_batch = models.ForeignKey(
        "claims.PaymentBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    paid_at = models.DateTimeField("زمان پرداخت", null=True, blank=True)
    payment_reference = models.CharField("شمارهٔ پیگیری بانک", max_length=40, blank=True)
    payment_failure = models.CharField("علت برگشت", max_length=200, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "درخواست"
        verbose_name_plural = "صف رسیدگی"
        permissions = [
            ("review_claim", "رسیدگی به درخواست‌ها"),
            ("supervise_claim", "سرپرستی رسیدگی و تأیید دوم"),
            ("pay_claim", "ثبت پرداخت"),
        ]
        constraints = CONSTRAINTS
        indexes = INDEXES

    def __str__(self):
        return self.tracking_code or self.get_status_display()

    def get_absolute_url(self):
        return reverse("claims:detail", args=[self.code])

    @property
    def title(self) -> str:
        return str(self.service or self.service_type or "درخواست تازه")

    @property
    def full_title(self) -> str:
        """«نوع خدمت / خدمت»."""
        both = filter(
            None, [self.service_type and self.service_type.title, self.service and self.service.title]
        )
        return " / ".join(both) or "درخواست تازه"

    @property
    def centre_title(self) -> str:
        """The centre as shown: from the directory, or as the member named it."""
        if self.centre_id:
            return self.centre.label
        return f"{self.centre_name}، {self.centre_city}" if self.centre_city else self.centre_name

    @property
    def is_paper(self) -> bool:
        return self.source == self.Source.PAPER

    @property
    def reference(self) -> str:
        """What members and staff call it by."""
        return self.tracking_code or self.paper_reference

    @property
    def reference_label(self) -> str:
        return "شمارهٔ پروندهٔ کاغذی" if self.is_paper else "کد رهگیری"

    @property
    def is_open(self) -> bool:
        """Sent, and not decided."""
        return self.status in (Status.SUBMITTED, Status.UNDER_REVIEW, Status.DEFICIENT)

    @property
    def lacks_originals(self) -> bool:
        """Asked for, or always wanted by the contract, and not there yet; of paper they are."""
        wanted = self.originals_requested_at or self.contract.originals == "always"
        return bool(wanted) and self.originals_received_at is None and not self.is_paper

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_editable(self) -> bool:
        return self.status in (Status.DRAFT, Status.DEFICIENT)
