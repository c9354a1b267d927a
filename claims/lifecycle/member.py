"""What members do with a claim: send it, send it again, take it back, object, mend the iban."""

from django.db import transaction
from django.utils import timezone

from claims import reading, rounds
from claims.lifecycle.moves import MOVES, Refused, Verb, check, locked, move
from claims.models import Claim, Status, Submission
from claims.steps import Wizard
from claims.tracking import tracking_code_of
from members import account
from members.access import enrolments_of
from portal.lib.dates import today

UNFINISHED = "هنوز کامل نیست: {problem}"
NOT_MENDED = (
    "هنوز نقص‌های اعلام‌شده برطرف نشده است. هر مورد را اصلاح کنید یا در «توضیح برای کارشناس» بنویسید "
    "چرا نمی‌توانید."
)
TOO_LATE = "مهلت رفع نقص گذشته است و دیگر نمی‌توان اصلاحات را فرستاد. درخواست تازه‌ای ثبت کنید."
CHANGED_SINCE_SEEN = (
    "از زمانی که این صفحه را باز کردید، درخواست در پنجره یا دستگاه دیگری تغییر کرده است. مقدارهای تازه را "
    "بررسی کنید و دوباره بفرستید."
)
AT_THE_BANK = (
    "پرداخت این درخواست به بانک سپرده شده است. پس از رسیدن نتیجهٔ بانک، که معمولاً چند روز بیشتر نمی‌کشد، "
    "می‌توانید اعتراض کنید."
)
PRIMARY_MENDS = "هزینه به شبای بیمه‌شدهٔ اصلی پرداخت می‌شود؛ او باید از حساب خودش شمارهٔ شبا را درست کند."


def submit(claim: Claim, *, by, seen: str = "", note: str = "", duplicate_reason: str = "") -> Claim:
    """Send a draft, or corrections of a deficient claim. Sent already: the same claim and code again.

    `seen` is the fingerprint of the wizard as the member reviewed it; `note` explains to the officer
    what could not be mended, `duplicate_reason` why an expense that looks claimed already is another one.
    """
    with transaction.atomic():
        current, number = reading.locked_to_send(claim)
        if current.tracking_code and not current.is_editable:
            return current
        wizard = Wizard(current, by)
        if seen and seen != wizard.fingerprint:
            raise Refused(CHANGED_SINCE_SEEN)
        problem = next(wizard.problems(), None)
        if problem:
            raise Refused(UNFINISHED.format(problem=problem))
        if current.is_draft:
            send_first(wizard, by=by, number=number, duplicate_reason=duplicate_reason)
        else:
            send_again(current, by=by, note=note)
    return current


def send_first(wizard: Wizard, *, by, number: int, duplicate_reason: str) -> None:
    claim, now = wizard.claim, timezone.now()
    move(
        claim,
        Verb.SUBMITTED,
        by=by,
        tracking_code=tracking_code_of(number),
        submitted_at=now,
        queued_at=now,
        round=1,
        is_late=wizard["basics"].is_late,
        duplicate_reason=duplicate_reason,
        along=[round_of(claim, 1, by=by)],
    )


def send_again(claim: Claim, *, by, note: str) -> None:
    check(claim, Verb.RESUBMITTED)
    if is_answer_late(claim):
        raise Refused(TOO_LATE)
    if not note and not all(mended for _, mended in rounds.deficiencies_with_state(claim)):
        raise Refused(NOT_MENDED)
    move(
        claim,
        Verb.RESUBMITTED,
        by=by,
        note=note,
        queued_at=timezone.now(),
        round=claim.round + 1,
        answer_until=None,
        officer=None,
        along=[round_of(claim, claim.round + 1, by=by)],
    )


def round_of(claim: Claim, number: int, *, by) -> Submission:
    return Submission(claim=claim, round=number, by=by, values=rounds.snapshot(claim))


def withdraw(claim: Claim, *, by) -> Claim:
    """«انصراف»: while nobody has begun the review, or instead of mending what came back."""
    with locked(claim) as current:
        if current.status == Status.WITHDRAWN:
            return current
        check(current, Verb.WITHDRAWN)
        if not may_withdraw(current):
            raise Refused("کارشناس رسیدگی را آغاز کرده است و دیگر نمی‌توان انصراف داد؛ نتیجه را پیامک می‌کنیم.")
        move(current, Verb.WITHDRAWN, by=by, officer=None, answer_until=None)
    return current


def object_to(claim: Claim, *, by, text: str) -> Claim:
    """«اعتراض»: once; an officer other than the first decides."""
    with locked(claim) as current:
        if refusal := why_no_objection(current):
            raise Refused(refusal)
        check(current, Verb.OBJECTED)
        now = timezone.now()
        move(
            current,
            Verb.OBJECTED,
            by=by,
            note=text,
            objected_at=now,
            objection=text,
            officer=None,
            queued_at=now,
            **teller(current, by),
        )
    return current


def teller(claim: Claim, by) -> dict:
    """A case that came from paper names nobody to be told; from now on it is who objected."""
    return {} if claim.filed_by_id else {"filed_by": by, "mobile": by.mobile}


def why_no_objection(claim: Claim) -> str:
    """Of a decided claim; empty where it may be objected to."""
    if claim.objected_at:
        return "برای هر درخواست یک بار می‌توان اعتراض کرد و اعتراض شما ثبت شده است."
    if claim.status == Status.REJECTED and not claim.rejection_reason.is_appealable:
        return "به این علت رد نمی‌توان اعتراض کرد؛ برای پرسش با شعبه تماس بگیرید."
    if is_at_the_bank(claim):
        return AT_THE_BANK
    return ""


def may_object(claim: Claim) -> bool:
    return claim.status in MOVES[Verb.OBJECTED][0] and not why_no_objection(claim)


def is_at_the_bank(claim: Claim) -> bool:
    """In a batch whose result has not come: decided anew now, it would be paid twice."""
    return claim.status == Status.APPROVED and claim.payment_batch_id is not None


def mend_iban(claim: Claim, *, by, iban: str) -> Claim:
    """The account for what was approved or came back, which only the primary insured may give."""
    claim.refresh_from_db()
    if claim.status != Status.APPROVED:
        check(claim, Verb.IBAN_MENDED)
    if not may_mend_iban(claim, by):
        raise Refused(PRIMARY_MENDS)
    # Without a lock of our own: the account is written before the claims wherever it comes from. What came back
    # goes out again by `returned.py`, which hears of it.
    account.change_iban(by, contract=claim.contract, iban=iban)
    claim.refresh_from_db()
    return claim


def may_mend_iban(claim: Claim, member) -> bool:
    return any(
        one.person_id == claim.insured_id
        and one.contract_id == claim.contract_id
        and one.primary_id == member.person_id
        for one in enrolments_of(member)
    )


def may_withdraw(claim: Claim) -> bool:
    if claim.status == Status.SUBMITTED:
        return not claim.events.filter(verb=Verb.TAKEN).exists()
    return claim.status == Status.DEFICIENT


def days_to_answer(claim: Claim) -> int:
    """Whole days; none on the last day, and none after it."""
    return max((claim.answer_until - today()).days, 0)


def is_answer_late(claim: Claim) -> bool:
    """The clock has not closed it yet, but nothing more is taken."""
    return claim.answer_until < today()
