"""Cases that were decided on paper, outside the portal: kept as they ended, so that members find all in one place."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import jdatetime
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from catalog.models import Contract, Reason, ServiceType
from claims.lifecycle.moves import MOVES, Refused, Verb, move
from claims.lifecycle.officer import Cut
from claims.lifecycle.payment import may_pay
from claims.models import Claim, ClaimEvent, Deduction, Status
from members.models import Person

DECIDED = "این پرونده پیش‌تر با نتیجهٔ دیگری وارد شده است؛ نتیجه‌ای که ثبت شده عوض نمی‌شود."


@dataclass(frozen=True, slots=True)
class PaperCase:
    """One decided case: `rejected_for` or a payable amount, and the day of the payment once there is one."""

    reference: str
    contract: Contract
    insured: Person
    service_type: ServiceType
    service_date: jdatetime.date
    amount: int
    payable: int | None = None
    cuts: Sequence[Cut] = field(default=())
    rejected_for: Reason | None = None
    decided_at: datetime | None = None
    paid_at: datetime | None = None

    @property
    def status(self) -> Status:
        if self.rejected_for:
            return Status.REJECTED
        return Status.PAID if self.paid_at else Status.APPROVED

    @property
    def code(self) -> str:
        """The same case has the same identifier, which nobody can guess without the server's key."""
        text = f"{self.contract.pk}\x1f{self.reference}"
        digest = salted_hmac("claims.paper", text, algorithm="sha256").digest()[:16]
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def keep_paper(case: PaperCase, *, by) -> Claim:
    """A new case is written as it ended; a known one only moves on from approved to paid."""
    may_pay(by, case.insured.pk)
    with transaction.atomic():
        known = Claim.objects.select_for_update().filter(code=case.code).first()
        if known is None:
            return written(case, by=by)
        if known.status == case.status and known.paid_amount == case.amount:
            return known
        if not (known.status in MOVES[Verb.PAID][0] and case.status == Status.PAID):
            raise Refused(DECIDED)
        move(known, Verb.PAID, by=by, details={"amount": known.payable_amount}, paid_at=case.paid_at)
    return known


def written(case: PaperCase, *, by) -> Claim:
    now = timezone.now()
    claim = Claim.objects.create(
        code=case.code,
        source=Claim.Source.PAPER,
        status=case.status,
        contract=case.contract,
        insured=case.insured,
        service_type=case.service_type,
        service_date=case.service_date,
        paid_amount=case.amount,
        payable_amount=None if case.rejected_for else case.payable,
        rejection_reason=case.rejected_for,
        paper_reference=case.reference,
        decided_at=case.decided_at or case.paid_at or now,
        decided_by=by,
        paid_at=case.paid_at,
    )
    Deduction.objects.bulk_create(
        Deduction(claim=claim, reason=cut.reason, amount=cut.amount, note=cut.note) for cut in case.cuts
    )
    ClaimEvent.objects.create(
        claim=claim,
        verb=Verb.PAPER_KEPT,
        status_before=case.status,
        status_after=case.status,
        by=by,
        at=now,
        details={"reference": case.reference, "amount": case.payable if case.paid_at else 0},
    )
    return claim
