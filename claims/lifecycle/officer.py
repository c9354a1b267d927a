"""What claims officers do: take, release, mark deficient, approve, reject, and the marks beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from catalog.models import Contract, DocumentType, MedicalCentre, Reason
from claims.lifecycle.household import ensure_not_own
from claims.lifecycle.money import paid_before
from claims.lifecycle.moves import Refused, Verb, check, locked, move
from claims.models import Claim, Deduction, Deficiency, Document
from portal.lib import dates
from portal.lib.money import grouped

IN_OTHER_HANDS = "این درخواست در دست همکار دیگری است."
NO_PERMISSION = "برای این کار دسترسی ندارید."
ON_PAPER = (
    "این پرونده روی کاغذ رسیدگی شده است و در پرتال ویرایش نمی‌شود؛ آن را تأیید یا رد کنید، یا از شعبه بپرسید."
)
NOTHING_LEFT = "با این کسورات چیزی برای پرداخت نمی‌ماند؛ درخواست را «رد» کنید و علت آن را انتخاب کنید."
LESS_THAN_PAID = (
    "برای این درخواست {amount} ریال پرداخت شده است؛ مبلغ تأیید نمی‌تواند از آن کمتر باشد. کسورات را کمتر کنید."
)
PAID_ALREADY = (
    "برای این درخواست {amount} ریال پرداخت شده است و نمی‌توان آن را رد کرد؛ اگر اعتراض پذیرفتنی نیست، همان مبلغ را "
    "دوباره تأیید کنید."
)


@dataclass(frozen=True, slots=True)
class FoundDeficiency:
    reason: Reason
    text: str
    advice: str = ""
    document: Document | None = None
    document_type: DocumentType | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """One line of «کسورات»; `amount` in whole rials."""

    reason: Reason
    amount: int
    note: str = ""


def take(claim: Claim, *, by) -> Claim:
    with locked(claim) as current:
        may_review(current, by)
        if current.officer_id == by.pk:
            return current
        if current.officer_id is not None:
            raise Refused(IN_OTHER_HANDS)
        if current.objected_at and has_decided(current, by):
            raise Refused("به اعتراض باید همکار دیگری رسیدگی کند؛ تصمیم پیشین از شماست.")
        if current.first_approval_by_id == by.pk:
            raise Refused("تأیید دوم باید از همکار دیگری باشد.")
        if current.first_approval_by_id and not by.has_perm("claims.supervise_claim"):
            raise Refused("این درخواست در انتظار تأیید دوم سرپرست است.")
        move(current, Verb.TAKEN, by=by, officer=by)
    return current


def has_decided(claim: Claim, by) -> bool:
    """The decision objected to, or the first approval of it."""
    first = claim.events.filter(verb=Verb.PRE_APPROVED, by=by, at__lt=claim.objected_at)
    return claim.decided_by_id == by.pk or first.exists()


def release(claim: Claim, *, by) -> Claim:
    with locked(claim) as current:
        may_review(current, by)
        if current.officer_id != by.pk and not by.has_perm("claims.supervise_claim"):
            raise Refused(IN_OTHER_HANDS)
        move(current, Verb.RELEASED, by=by, officer=None)
    return current


def mark_deficient(claim: Claim, *, by, found: Sequence[FoundDeficiency]) -> Claim:
    if not found:
        raise Refused("دست‌کم یک علت نقص انتخاب کنید.")
    with locked(claim) as current:
        in_hand(current, by)
        ensure_electronic(current)
        until = dates.today() + timedelta(days=current.contract.answer_days)
        Deficiency.objects.bulk_create(deficiency_row(current, one, by) for one in found)
        move(
            current,
            Verb.MARKED_DEFICIENT,
            by=by,
            details={"count": len(found), "codes": [one.reason.code for one in found]},
            officer=None,
            # What comes back is another claim than the one that was approved a first time.
            first_approval_by=None,
            answer_until=until,
            reminded_at=None,
        )
    return current


def ensure_electronic(claim: Claim) -> None:
    """Of a case decided on paper nothing stands in the wizard, and its originals are with us."""
    if claim.is_paper:
        raise Refused(ON_PAPER)


def deficiency_row(claim: Claim, one: FoundDeficiency, by) -> Deficiency:
    document_type = one.document_type or (one.document.title if one.document else one.reason.document_type)
    return Deficiency(
        claim=claim,
        round=claim.round,
        reason=one.reason,
        section=one.reason.section,
        field=one.reason.field,
        document_type=document_type,
        document=one.document,
        text=one.text or one.reason.title,
        advice=one.advice,
        by=by,
    )


def approve(claim: Claim, *, by, cuts: Sequence[Cut] = (), note: str = "") -> Claim:
    """Approve what is left after the cuts; above the contract's threshold a supervisor approves a second time."""
    with locked(claim) as current:
        in_hand(current, by)
        ensure_originals(current)
        payable = current.paid_amount - sum(cut.amount for cut in cuts)
        paid = paid_before(current)
        ensure_payable(current, payable, paid)
        current.deductions.all().delete()
        Deduction.objects.bulk_create(
            Deduction(claim=current, reason=cut.reason, amount=cut.amount, note=cut.note) for cut in cuts
        )
        if needs_second_approval(current, payable):
            move(
                current,
                Verb.PRE_APPROVED,
                by=by,
                note=note,
                officer=None,
                first_approval_by=by,
                payable_amount=payable,
            )
        else:
            decide(current, Verb.APPROVED, by=by, note=note, payable_amount=payable)
            if payable == paid:
                move(current, Verb.SETTLED, by=by)
    return current


def ensure_payable(claim: Claim, payable: int, paid: int) -> None:
    if payable < 0:
        raise Refused(f"جمع کسورات از مبلغ پرداخت‌شده ({grouped(claim.paid_amount)} ریال) بیشتر است.")
    if payable == 0:
        raise Refused(NOTHING_LEFT)
    if payable < paid:
        raise Refused(LESS_THAN_PAID.format(amount=grouped(paid)))


def needs_second_approval(claim: Claim, payable: int) -> bool:
    threshold = claim.contract.second_approval_above
    return threshold is not None and payable > threshold and claim.first_approval_by_id is None


def ensure_originals(claim: Claim) -> None:
    if claim.lacks_originals:
        raise Refused("اصل مدارک هنوز نرسیده است؛ پیش از تأیید، دریافت آن را ثبت کنید.")


def reject(claim: Claim, *, by, reason: Reason, note: str = "") -> Claim:
    with locked(claim) as current:
        in_hand(current, by)
        if paid := paid_before(current):
            raise Refused(PAID_ALREADY.format(amount=grouped(paid)))
        # A first approval, or the decision before an objection, may have left some.
        current.deductions.all().delete()
        decide(current, Verb.REJECTED, by=by, note=note, rejection_reason=reason, payable_amount=None)
    return current


def decide(claim: Claim, verb: Verb, *, by, note: str, **values) -> None:
    # Back in the queue after an objection, a second approval is asked anew.
    values.setdefault("first_approval_by", None)
    # and what was handed to the bank before belongs to the decision before.
    values.setdefault("payment_batch", None)
    move(
        claim,
        verb,
        by=by,
        note=note,
        officer=None,
        decided_by=by,
        decided_at=timezone.now(),
        decision_note=note,
        in_medical_review=False,
        **values,
    )


def request_originals(claim: Claim, *, by) -> Claim:
    """The paper goes to the branch of the member's home province."""
    with locked(claim) as current:
        in_hand(current, by)
        ensure_electronic(current)
        if current.contract.originals == Contract.Originals.NEVER:
            raise Refused("این قرارداد اصل مدارک نمی‌خواهد.")
        branch = current.home_province.branch
        move(
            current,
            Verb.ORIGINALS_REQUESTED,
            by=by,
            details={"branch": branch.name if branch else current.home_province.title},
            originals_requested_at=timezone.now(),
        )
    return current


def receive_originals(claim: Claim, *, by) -> Claim:
    with locked(claim) as current:
        may_review(current, by)
        move(current, Verb.ORIGINALS_RECEIVED, by=by, originals_received_at=timezone.now())
    return current


def ask_medical_adviser(claim: Claim, *, by, note: str = "") -> Claim:
    with locked(claim) as current:
        in_hand(current, by)
        move(
            current,
            Verb.MEDICAL_REVIEW,
            by=by,
            note=note,
            in_medical_review=not current.in_medical_review,
        )
    return current


def correct_title(claim: Claim, document: Document, *, by, title: DocumentType) -> Claim:
    with locked(claim) as current:
        in_hand(current, by)
        details = {"document": document.pk, "from": document.title_id, "to": title.pk}
        Document.objects.filter(pk=document.pk).update(title=title)
        move(current, Verb.TITLE_CORRECTED, by=by, details=details)
    return current


def merge_centre(claim: Claim, *, by, centre: MedicalCentre) -> Claim:
    """A centre the member named by hand turns out to be this one of the directory."""
    with locked(claim) as current:
        in_hand(current, by)
        if current.centre_id:
            raise Refused("مرکز این درخواست از فهرست است و تطبیق نمی‌خواهد.")
        details = {"name": current.centre_name, "city": current.centre_city, "centre": centre.pk}
        named = {"centre_name": "", "centre_city": ""}
        move(current, Verb.CENTRE_MERGED, by=by, details=details, centre=centre, **named)
    return current


def may_review(claim: Claim, by) -> None:
    if not by.has_perm("claims.review_claim"):
        raise Refused(NO_PERMISSION)
    ensure_not_own(claim.insured_id, by)


def in_hand(claim: Claim, by) -> None:
    may_review(claim, by)
    check(claim, Verb.APPROVED)
    if claim.officer_id != by.pk:
        raise Refused(IN_OTHER_HANDS if claim.officer_id else "ابتدا درخواست را بردارید.")
