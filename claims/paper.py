"""The list of cases decided on paper: each row becomes a case, or a sentence that says what to mend. Dry run first."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.models import Contract, Reason, ServiceType
from catalog.tables import catalogue
from claims import lifecycle, sheets
from claims.lifecycle.officer import Cut
from claims.lifecycle.paper import PaperCase
from claims.models import Claim
from members.models import Enrolment
from portal.lib.dates import parse_jalali, today
from portal.lib.text import match_key
from portal.lib.validators import national_id

COLUMNS = {
    "reference": ("شمارهٔ پرونده", "کد رهگیری", "شماره"),
    "national_id": ("کد ملی", "کد ملی بیمه‌شده"),
    "contract": ("شمارهٔ قرارداد", "قرارداد"),
    "service_date": ("تاریخ خدمت", "تاریخ مراجعه"),
    "service_type": ("نوع خدمت", "خدمت"),
    "amount": ("مبلغ (ریال)", "مبلغ", "مبلغ اعلامی"),
    "payable": ("قابل پرداخت (ریال)", "قابل پرداخت"),
    "cut_reason": ("علت کسر", "کسورات"),
    "cut_note": ("توضیح کسر", "توضیح"),
    "rejection": ("علت رد",),
    "paid_on": ("تاریخ پرداخت",),
}
NEEDED = {"reference", "national_id", "contract", "service_date", "service_type", "amount"}
OTHER_CUT = "DED12"


class Wrong(Exception):
    """What the sender of the list should mend in this row."""


@dataclass(slots=True)
class Outcome:
    row: str
    reference: str
    sentence: str
    is_ready: bool
    case: PaperCase | None = None


class Examination:
    """All rows judged against the roster and catalogue of now; nothing is written."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        self.rows = rows

    @cached_property
    def contracts(self) -> dict[str, Contract]:
        numbers = {row["contract"] for row in self.rows}
        return {one.number: one for one in Contract.objects.filter(number__in=numbers)}

    @cached_property
    def enrolments(self) -> dict[tuple[int, str], Enrolment]:
        numbers = {row["national_id"].zfill(10) for row in self.rows}
        rows = Enrolment.objects.filter(
            contract__in=self.contracts.values(), person__national_id__in=numbers
        ).select_related("person")
        return {(one.contract_id, one.person.national_id): one for one in rows}

    @cached_property
    def types(self) -> dict[str, ServiceType]:
        rows = catalogue().all(ServiceType)
        titles = {match_key(row.title.partition(" (")[0]): row for row in rows}
        return titles | {match_key(row.title): row for row in rows} | {row.code: row for row in rows}

    def outcomes(self) -> list[Outcome]:
        outcomes, seen = [], set()
        for row in self.rows:
            outcome = Outcome(row["row"], row["reference"], "", False)
            try:
                outcome.case = self.case(row)
            except Wrong as wrong:
                outcome.sentence = str(wrong)
            else:
                outcome.is_ready = outcome.case.code not in seen
                outcome.sentence = (
                    "وارد می‌شود." if outcome.is_ready else "این پرونده در همین فهرست تکرار شده است."
                )
                seen.add(outcome.case.code)
            outcomes.append(outcome)
        self.mark_known(outcomes)
        return outcomes

    def mark_known(self, outcomes: list[Outcome]) -> None:
        cases = {one.case.code: one for one in outcomes if one.is_ready}
        known = Claim.objects.filter(code__in=cases).values_list("code", "status", "paid_amount")
        for code, status, amount in known:
            outcome = cases[code]
            if (status, amount) == (outcome.case.status, outcome.case.amount):
                outcome.is_ready, outcome.sentence = False, "پیش‌تر وارد شده است."
            else:
                outcome.sentence = "پرداخت آن ثبت می‌شود."

    def case(self, row: dict[str, str]) -> PaperCase:
        contract = self.contracts.get(row["contract"])
        if not row["reference"]:
            raise Wrong("شمارهٔ پرونده را بنویسید.")
        if contract is None:
            raise Wrong("قراردادی با این شماره نیست.")
        enrolment = self.enrolments.get((contract.pk, identity(row["national_id"])))
        if enrolment is None:
            raise Wrong("این کد ملی در اسامی این قرارداد نیست.")
        service_type = self.types.get(match_key(row["service_type"]))
        if service_type is None:
            raise Wrong("نوع خدمت را همان‌گونه که در فهرست خدمات است بنویسید.")
        amount = rials(row["amount"], "مبلغ")
        rejected_for = reason(row["rejection"], Reason.Kind.REJECTION) if row["rejection"] else None
        payable = None if rejected_for else payable_of(row, amount)
        paid_on = day(row["paid_on"], "تاریخ پرداخت") if row["paid_on"] else None
        if rejected_for and paid_on:
            raise Wrong("پرونده‌ای که رد شده است تاریخ پرداخت ندارد؛ یکی از این دو را پاک کنید.")
        return PaperCase(
            reference=row["reference"][:40],
            contract=contract,
            insured=enrolment.person,
            service_type=service_type,
            service_date=day(row["service_date"], "تاریخ خدمت"),
            amount=amount,
            payable=payable,
            cuts=cuts_of(row, amount, payable),
            rejected_for=rejected_for,
            paid_at=noon(paid_on) if paid_on else None,
        )


def identity(text: str) -> str:
    try:
        return national_id(text.zfill(10) if text.isdigit() else text)
    except ValidationError as error:
        raise Wrong(error.messages[0]) from None


def rials(text: str, name: str) -> int:
    digits = text.replace(",", "").replace("٬", "").replace("ریال", "").strip()
    if not (digits.isascii() and digits.isdigit() and 0 < len(digits) <= 12):
        raise Wrong(f"«{name}» را به ریال و با رقم بنویسید.")
    return int(digits)


def payable_of(row: dict[str, str], amount: int) -> int:
    payable = rials(row["payable"], "قابل پرداخت") if row["payable"] else amount
    if amount == 0 or payable > amount:
        raise Wrong("«قابل پرداخت» نباید از «مبلغ» بیشتر باشد.")
    return payable


def cuts_of(row: dict[str, str], amount: int, payable: int | None) -> list[Cut]:
    if payable is None or payable == amount:
        return []
    chosen = reason(row["cut_reason"] or OTHER_CUT, Reason.Kind.DEDUCTION)
    return [Cut(reason=chosen, amount=amount - payable, note=row["cut_note"][:300])]


def reason(code: str, kind: str) -> Reason:
    found = catalogue().coded(Reason, code.upper())
    if found is None or found.kind != kind:
        raise Wrong(f"کد علت «{code}» در فهرست علت‌ها نیست.")
    return found


def day(text: str, name: str):
    try:
        read = parse_jalali(text)
    except ValueError:
        raise Wrong(f"«{name}» را مانند ۱۴۰۳/۰۸/۲۲ بنویسید.") from None
    if read > today():
        raise Wrong(f"«{name}» در آینده است.")
    return read


def noon(date) -> datetime:
    return timezone.make_aware(datetime.combine(date.togregorian(), time(12)))


def read(file) -> list[dict[str, str]]:
    if file.size > sheets.MOST_BYTES:
        raise sheets.Refused(sheets.TOO_LARGE)
    return sheets.read(file.read(), columns=COLUMNS, needed=NEEDED)


def examine(rows: list[dict[str, str]]) -> list[Outcome]:
    return Examination(rows).outcomes()


def commit(rows: list[dict[str, str]], *, by) -> list[Outcome]:
    """Judged again, then kept one by one; what is refused says why."""
    outcomes = examine(rows)
    for one in outcomes:
        if not one.is_ready:
            continue
        try:
            lifecycle.keep_paper(one.case, by=by)
            one.sentence = "وارد شد."
        except lifecycle.Refused as refusal:
            one.is_ready, one.sentence = False, str(refusal)
    return outcomes
