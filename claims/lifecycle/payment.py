"""What the finance office records: paid, or bounced."""

from django.utils import timezone

from claims.lifecycle.household import ensure_not_own
from claims.lifecycle.money import is_decided_anew, paid_before
from claims.lifecycle.moves import Refused, Verb, check, locked, move
from claims.lifecycle.officer import NO_PERMISSION
from claims.lifecycle.returned import CHANGED_SINCE, account_given_to_the_bank, account_of
from claims.models import Claim, Status

NOTHING_LEFT = "این درخواست به‌طور کامل پرداخت شده است؛ چیزی برای پرداخت نمانده."
NOTHING_RETURNED = "برای این درخواست پولی پرداخت نشده است که برگردد."


def pay(claim: Claim, *, by, reference: str = "") -> Claim:
    """Recorded twice with the same reference (the bank's file imported again), it stays one payment."""
    may_pay(by, claim.insured_id)
    with locked(claim) as current:
        if current.status == Status.PAID and current.payment_reference == reference:
            return current
        check(current, Verb.PAID)
        rest = current.payable_amount - paid_before(current)
        if rest <= 0:
            raise Refused(NOTHING_LEFT)
        move(
            current,
            Verb.PAID,
            by=by,
            details={"reference": reference, "amount": rest},
            paid_at=timezone.now(),
            payment_reference=reference,
            payment_failure="",
        )
    return current


def fail_payment(claim: Claim, *, by, cause: str) -> Claim:
    """An objection that has begun goes on; what came back meanwhile is due again with its decision.

    Where another account was given since the bank had the file, it waits for the next batch at once.
    """
    may_pay(by, claim.insured_id)
    with locked(claim) as current:
        if current.status == Status.PAYMENT_FAILED or is_going_out_again(current):
            return current
        if is_decided_anew(current):
            if not paid_before(current):
                raise Refused(NOTHING_RETURNED)
            move(current, Verb.PAYMENT_RETURNED, by=by, note=cause, payment_failure=cause, paid_at=None)
            return current
        # A rest that bounced leaves the day of what was paid before it.
        paid_at = current.paid_at if current.status == Status.APPROVED else None
        given = account_given_to_the_bank(current)
        is_newer = account_of(current) not in ("", given)
        details = {"iban": given, "is_mended": is_newer}
        failure = {"note": cause, "payment_failure": cause, "paid_at": paid_at}
        move(current, Verb.PAYMENT_FAILED, by=by, details=details, **failure)
        if is_newer:
            move(current, Verb.IBAN_MENDED, by=by, note=CHANGED_SINCE, payment_batch=None)
    return current


def is_going_out_again(claim: Claim) -> bool:
    """It came back, and nothing was sent since: the same answer of the bank again is no news."""
    return bool(claim.status == Status.APPROVED and claim.payment_failure and claim.payment_batch_id is None)


def may_pay(by, insured_id: int | None = None) -> None:
    """Whether at all, and for this insured; one's own household is paid by a colleague."""
    if not by.has_perm("claims.pay_claim"):
        raise Refused(NO_PERMISSION)
    ensure_not_own(insured_id, by)
