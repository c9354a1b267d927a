"""What the database itself promises of every claim, and what it finds without reading them all."""

from django.db import models
from django.db.models import Q

from claims.models.status import Status

# What a submitted claim can no longer lack.
COMPLETE = Q(
    service_date__isnull=False,
    home_province__isnull=False,
    paid_amount__isnull=False,
    service_type__isnull=False,
    base_insurer__isnull=False,
    has_eprescription__isnull=False,
    tracking_code__isnull=False,
    submitted_at__isnull=False,
    mobile_confirmed_at__isnull=False,
) & (Q(centre__isnull=False) | ~Q(centre_name=""))

CONSTRAINTS = [
    models.CheckConstraint(condition=Q(status__in=Status.values), name="claim_status_is_known"),
    models.CheckConstraint(
        # Papers that staff typed in have no wizard behind them.
        condition=Q(status=Status.DRAFT) | Q(source="paper") | COMPLETE,
        name="claim_complete_once_submitted",
    ),
    models.UniqueConstraint(fields=["code"], name="claim_code_once"),
    models.UniqueConstraint(fields=["tracking_code"], name="tracking_code_unique_once_given"),
    models.CheckConstraint(
        condition=~Q(status=Status.DRAFT) | Q(tracking_code=None), name="draft_has_no_tracking_code"
    ),
    models.CheckConstraint(
        condition=Q(paid_amount=None) | Q(paid_amount__gt=0), name="paid_amount_is_positive"
    ),
    models.CheckConstraint(
        condition=Q(payable_amount=None)
        | Q(payable_amount__gte=0, payable_amount__lte=models.F("paid_amount")),
        name="payable_is_within_paid",
    ),
    models.CheckConstraint(
        # A claim that came back by an objection waits for another officer.
        condition=~Q(status=Status.UNDER_REVIEW) | Q(officer__isnull=False) | Q(objected_at__isnull=False),
        name="claim_under_review_has_an_officer",
    ),
    models.CheckConstraint(
        condition=~Q(status__in=[Status.APPROVED, Status.PAID, Status.PAYMENT_FAILED])
        | Q(payable_amount__isnull=False),
        name="approved_claim_has_an_amount",
    ),
    models.CheckConstraint(
        condition=~Q(status=Status.DEFICIENT) | Q(answer_until__isnull=False),
        name="deficient_claim_has_a_deadline",
    ),
]

# A claim is written some ten times in its life and each index with it. Only what is looked for has one: the
# members of a catalogue are never deleted once claims name them, and nobody asks for all claims of a service.
INDEXES = [
    # A household's list in one contract, newest first.
    models.Index(fields=["insured", "contract", "-created_at"], name="claim_of_insured"),
    # The officers' queue, oldest first; closed claims do not weigh on it.
    models.Index(
        fields=["queued_at", "id"],
        condition=Q(status__in=["submitted", "under_review"]),
        name="claim_queue",
    ),
    # Claims that look alike (claims that were refused do not count).
    models.Index(fields=["insured", "service_date"], name="claim_alike"),
    # What the finance office has to pay, the earliest decision first.
    models.Index(fields=["decided_at", "id"], condition=Q(status="approved"), name="claim_to_pay"),
    # What the bank sent back: few, and asked for wherever an account is written.
    models.Index(fields=["contract"], condition=Q(status="payment_failed"), name="claim_came_back"),
    # The usual time to a decision (claims/usual.py).
    models.Index(fields=["-decided_at"], name="claim_decided"),
    # Deadlines that pass, drafts that grow old. Without the time of change, so that saving a step writes
    # no index at all.
    models.Index(
        fields=["status"],
        condition=Q(status__in=["draft", "deficient"]),
        name="claim_left_alone",
    ),
]
