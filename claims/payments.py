"""Approved claims on their way to the bank: what is due, batches handed over in one file, the bank's answer read."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery, Sum
from django.utils import timezone

from claims import lifecycle, sheets
from claims.lifecycle import household
from claims.lifecycle.money import is_decided_anew, paid_so_far
from claims.models import Claim, PaymentBatch, PaymentLine, Status
from claims.payees import with_payee
from portal.lib.money import grouped
from portal.lib.text import match_key

MOST_IN_A_BATCH = 5000
HEADINGS = ["کد رهگیری", "شمارهٔ شبا", "نام صاحب حساب", "مبلغ (ریال)", "شرح"]
COLUMNS = {
    "tracking_code": ("کد رهگیری", "شناسه", "شناسه واریز"),
    "outcome": ("نتیجه", "وضعیت"),
    "reference": ("شمارهٔ پیگیری", "شماره پیگیری بانک", "کد پیگیری"),
    "amount": ("مبلغ (ریال)", "مبلغ"),
    "cause": ("علت", "علت برگشت", "توضیح"),
}
PAID_WORDS = {match_key(word) for word in ("موفق", "پرداخت شد", "واریز شد", "انجام شد", "ok", "paid")}
FAILED_WORDS = {match_key(word) for word in ("ناموفق", "برگشت", "برگشتی", "برگشت خورد", "failed")}
RECORDED = {
    Status.PAID: "پرداخت ثبت شد.",
    # Another account stands there since the file was made.
    Status.APPROVED: "برگشت ثبت شد؛ شبا از آن پس عوض شده است و مبلغ در دستهٔ بعد می‌رود.",
}
NOTHING_DUE = "درخواست تأییدشده‌ای که شبا داشته باشد و در دسته‌ای نباشد نیست."
OWN_ARE_LEFT = "درخواست‌های خانوادهٔ خودتان در دسته نیست؛ همکار دیگری باید برایشان دسته بسازد."


class Refused(Exception):
    """The sentence for the finance office."""


@dataclass(frozen=True, slots=True)
class Due:
    """One payment: to whose account, and how much."""

    claim: Claim
    iban: str
    owner: str
    amount: int

    @property
    def is_ready(self) -> bool:
        return bool(self.iban) and self.amount > 0


def due(claims) -> list[Due]:
    """With the account of the primary insured; only what was not paid before."""
    rows = list(with_payee(claims).select_related("insured", "contract", "service_type", "service"))
    paid = paid_so_far([claim.pk for claim in rows])
    return [as_due(claim, paid=paid.get(claim.pk, 0)) for claim in rows]


def as_due(claim: Claim, *, paid: int) -> Due:
    owner = f"{claim.first_name} {claim.last_name}" if claim.last_name else ""
    return Due(claim=claim, iban=claim.iban or "", owner=owner, amount=claim.payable_amount - paid)


def waiting():
    """Approved here and in no batch, the earliest decision first; papers are paid where they were decided."""
    claims = Claim.objects.filter(status=Status.APPROVED, payment_batch=None)
    return claims.exclude(source=Claim.Source.PAPER).order_by("decided_at", "pk")


def sums() -> dict[str, int]:
    """How many wait, and what they are due together."""
    found = waiting().order_by().aggregate(count=Count("pk"), total=Sum("payable_amount", default=0))
    # Only an objection brings a claim back that was paid before.
    again = waiting().exclude(objected_at=None).values_list("pk", flat=True)
    return found | {"total": found["total"] - sum(paid_so_far(list(again)).values())}


def make_batch(*, by) -> PaymentBatch:
    """Everything that can be paid now and is not of one's own household; two at once get no claim twice."""
    lifecycle.may_pay(by)
    with transaction.atomic():
        others = waiting().exclude(insured__in=household.people_of(by).values("person"))
        locked = others.select_for_update(skip_locked=True, of=["self"])[:MOST_IN_A_BATCH]
        pks = [claim.pk for claim in locked]
        ready = [one for one in due(Claim.objects.filter(pk__in=pks)) if one.is_ready]
        if not ready:
            raise Refused(NOTHING_DUE)
        batch = PaymentBatch.objects.create(
            by=by, count=len(ready), total_amount=sum(one.amount for one in ready)
        )
        PaymentLine.objects.bulk_create(
            PaymentLine(batch=batch, claim=one.claim, iban=one.iban, owner=one.owner, amount=one.amount)
            for one in ready
        )
        Claim.objects.filter(pk__in=[one.claim.pk for one in ready]).update(payment_batch=batch)
    return batch


def leaves_own(by) -> bool:
    """Whether something of the own household waits, for a colleague's batch."""
    return waiting().filter(insured__in=household.people_of(by).values("person")).exists()


def lines(batch: PaymentBatch):
    """What was handed over, whatever became of it since."""
    return batch.lines.select_related("claim")


def exported(batch: PaymentBatch, *, kind: str) -> bytes:
    """The bank's file, xlsx or csv: the same today as on its first day."""
    rows = [
        [one.claim.tracking_code, one.iban, one.owner, one.amount, f"خسارت {one.claim.tracking_code}"]
        for one in lines(batch)
    ]
    write = sheets.comma_separated if kind == "csv" else sheets.workbook
    return write(HEADINGS, rows)


@dataclass(slots=True)
class Outcome:
    """What one row of the bank's file will do, or why it does nothing."""

    row: str
    tracking_code: str
    is_paid: bool | None
    reference: str
    cause: str
    sentence: str
    is_ready: bool
    claim: Claim | None = None


def read(file) -> list[dict[str, str]]:
    """The bank's rows as text."""
    if file.size > sheets.MOST_BYTES:
        raise sheets.Refused(sheets.TOO_LARGE)
    return sheets.read(file.read(), columns=COLUMNS, needed={"tracking_code", "outcome"})


def examine(rows: list[dict]) -> list[Outcome]:
    """The dry run: nothing is written."""
    codes = [row["tracking_code"].zfill(10) for row in rows]
    claims = {one.tracking_code: one for one in handed_over(Claim.objects.filter(tracking_code__in=codes))}
    seen: set[str] = set()
    outcomes = []
    for row, code in zip(rows, codes, strict=True):
        outcomes.append(judge(row, code, claims.get(code), is_again=code in seen))
        seen.add(code)
    return outcomes


def handed_over(claims):
    """With what the bank was asked to pay."""
    of_batch = PaymentLine.objects.filter(claim=OuterRef("pk"), batch=OuterRef("payment_batch"))
    return claims.annotate(handed_over=Subquery(of_batch.values("amount")))


def judge(row: dict, code: str, claim: Claim | None, *, is_again: bool) -> Outcome:
    word = match_key(row["outcome"])
    is_paid = True if word in PAID_WORDS else False if word in FAILED_WORDS else None
    outcome = Outcome(row["row"], code, is_paid, row["reference"][:40], row["cause"][:200], "", False, claim)
    if claim is None:
        outcome.sentence = "درخواستی با این کد رهگیری نیست."
    elif is_again:
        outcome.sentence = "این درخواست پیش‌تر در همین پرونده آمده است."
    elif is_paid is None:
        outcome.sentence = "«نتیجه» باید «موفق» یا «ناموفق» باشد."
    elif claim.status == Status.PAID and is_paid and claim.payment_reference == outcome.reference:
        outcome.sentence = "پیش‌تر با همین شمارهٔ پیگیری ثبت شده است."
    elif is_paid and not outcome.reference:
        outcome.sentence = "شمارهٔ پیگیری ندارد."
    elif not is_open_to(claim, is_paid=is_paid):
        outcome.sentence = f"وضعیت آن «{claim.get_status_display()}» است."
    elif claim.payment_batch_id is None:
        outcome.sentence = "در هیچ دستهٔ پرداختی نیست."
    else:
        outcome.sentence = wrong_amount(row, claim)
        outcome.is_ready = not outcome.sentence
    if outcome.is_ready:
        outcome.sentence = "پرداخت ثبت می‌شود." if is_paid else "برگشت ثبت می‌شود و به عضو پیامک می‌رود."
    return outcome


def is_open_to(claim: Claim, *, is_paid: bool) -> bool:
    if is_paid:
        return claim.status == Status.APPROVED
    return claim.status in (Status.APPROVED, Status.PAID) or is_decided_anew(claim)


def wrong_amount(row: dict, claim: Claim) -> str:
    digits = "".join(letter for letter in row["amount"] if letter.isdecimal())
    if not digits or claim.handed_over is None or int(digits[:18]) == claim.handed_over:
        return ""
    return f"مبلغ بانک با مبلغ سپرده‌شده ({grouped(claim.handed_over)} ریال) یکی نیست."


def commit(rows: list[dict], *, by) -> list[Outcome]:
    """Judged again against the claims of now, then one verb for each; what is refused says why."""
    lifecycle.may_pay(by)
    outcomes = examine(rows)
    batches = set()
    for one in outcomes:
        if not one.is_ready:
            continue
        try:
            if one.is_paid:
                current = lifecycle.pay(one.claim, by=by, reference=one.reference)
            else:
                cause = one.cause or "بانک پرداخت را برگرداند."
                current = lifecycle.fail_payment(one.claim, by=by, cause=cause)
        except lifecycle.Refused as refusal:
            one.is_ready, one.sentence = False, str(refusal)
        else:
            batches.add(one.claim.payment_batch_id)
            one.sentence = RECORDED.get(current.status, "برگشت ثبت شد.")
    PaymentBatch.objects.filter(pk__in=batches).update(result_imported_at=timezone.now())
    return outcomes
