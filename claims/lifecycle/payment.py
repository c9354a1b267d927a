"""What the finance office records: paid, or bounced."""

from django.utils import timezone

from claims.lifecycle.household import ensure_not_own
from claims.lifecycle.moves import Refused, Verb, locked, move
from claims.lifecycle.officer import NO_PERMISSION
from claims.models import Claim, Status


def pay(claim: Claim, *, by, reference: str = "") -> Claim:
    """Recorded twice with the same reference (the bank's file imported again), it stays one payment."""
    may_pay(by, claim.insured_id)
    with locked(claim) as current:
        if current.status == Status.PAID and current.payment_reference == reference:
            return current
        move(
            current,
            Verb.PAID,
            by=by,
            details={"reference": reference, "amount": current.payable_amount},
            paid_at=timezone.now(),
            payment_reference=reference,
            payment_failure="",
        )
    return current


def fail_payment(claim: Claim, *, by, cause: str) -> Claim:
    may_pay(by, claim.insured_id)
    with locked(claim) as current:
        if current.status == Status.PAYMENT_FAILED:
            return current
        move(current, Verb.PAYMENT_FAILED, by=by, note=cause, payment_failure=cause, paid_at=None)
    return current


def may_pay(by, insured_id: int | None = None) -> None:
    """Whether at all, and for this insured; one's own household is paid by a colleague."""
    if not by.has_perm("claims.pay_claim"):
        raise Refused(NO_PERMISSION)
    ensure_not_own(insured_id, by)
