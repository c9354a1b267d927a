"""Rows that were held or refused: an operator mends one, takes the person in without a household, or says no."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from members import account
from members.models import Person, RosterRow
from members.roster import decisions, saving, staging
from members.roster.columns import HEADINGS
from members.roster.examination import reexamined
from members.roster.reasons import REASONS, RosterRefused
from members.roster.report import Report
from members.roster.terms import Day, primaries_of, terms_of
from portal.lib import dates
from portal.lib.text import match_key

SETTLED = "به این ردیف پیش‌تر رسیدگی شده است؛ صفحه را تازه کنید."
NOT_ALONE = "این ردیف ایراد دیگری هم دارد؛ پیش از پذیرش مستقل، آن را اصلاح کنید."
SOMEBODY_ELSE = (
    "همین کد ملی در ردیف دیگری یا فهرست دیگری با نام یا تاریخ تولد دیگری آمده و از آنِ شخص دیگری است. "
    "کد ملی را با کارت ملی بسنجید؛ اگر همان شخص است، نخست مشخصات او را در «اشخاص» درست کنید."
)
SAME_PERSON = (
    "این کد ملی با نام یا تاریخ تولد دیگری ثبت شده است. مشخصات هر دو را با کارت ملی بسنجید و اگر یک شخص است، "
    "«این همان شخص است» را بزنید؛ وگرنه کد ملی را درست کنید یا ردیف را رد کنید."
)
# What is wrong with the household alone, not with the person.
_OF_THE_HOUSEHOLD = frozenset(
    {
        "PRIMARY_MISSING",
        "PRIMARY_ID_INVALID",
        "PRIMARY_NOT_FOUND",
        "PRIMARY_IS_DEPENDENT",
        "PRIMARY_SELF_REFERENCE",
    }
)


def may_stand_alone(row: RosterRow) -> bool:
    return row.resolution == RosterRow.Resolution.OPEN and _OF_THE_HOUSEHOLD.issuperset(row.codes)


def others_known(rows: Iterable[RosterRow]) -> dict[int, Person]:
    """By key of the row: whom the portal knows under its national ID by another name or birth date."""
    rows = [row for row in rows if row.values.get("national_id") and row.values.get("birth_date")]
    numbers = {row.values["national_id"] for row in rows}
    known = {one.national_id: one for one in Person.objects.filter(national_id__in=numbers)} if rows else {}
    found = ((row.pk, known.get(row.values["national_id"]), row.values) for row in rows)
    return {pk: one for pk, one, values in found if one and _differs(one, **_identity(values))}


def _identity(values: dict) -> dict:
    return {
        "names": (match_key(values.get("first_name") or ""), match_key(values.get("last_name") or "")),
        "born": dates.parse_jalali(values["birth_date"]).togregorian(),
    }


def _differs(known: Person, *, names: tuple[str, str], born: date) -> bool:
    if (known.first_key, known.last_key) != names:
        return True
    return known.birth_date is not None and known.birth_date.togregorian() != born


def fix(
    row: RosterRow, *, values: dict[str, str], by, today: Day | None = None, is_same_person: bool = False
) -> RosterRow:
    """Judge the row again with `values` (text by field) over its own, and take the person in.

    RosterRefused carries the sentences of what is still wrong; the row then stays as it was. `is_same_person`:
    the operator has seen whom the row would rename (`others_known`) and says that it is one and the same.
    """
    with transaction.atomic():
        row = _open(row)
        contract = row.roster_import.contract
        report = reexamined(
            _texts(row) | values,
            terms=terms_of(contract, today=today),
            enrolled=primaries_of(contract, today),
        )
        taken_in = _taken_in(report, row, by=by, is_same_person=is_same_person)
        return _settle(taken_in, RosterRow.Resolution.FIXED, by=by)


def accept_stand_alone(row: RosterRow, *, by, today: Day | None = None) -> RosterRow:
    """The person is insured with a portal of their own; a later roster may still join the household."""
    with transaction.atomic():
        row = _open(row)
        if not may_stand_alone(row):
            raise RosterRefused(NOT_ALONE)
        terms = terms_of(row.roster_import.contract, today=today)
        report = reexamined(_texts(row), terms=terms, enrolled=lambda ids: {}, stands_alone=True)
        return _settle(_taken_in(report, row, by=by), RosterRow.Resolution.STAND_ALONE, by=by)


def refuse(row: RosterRow, *, by) -> RosterRow:
    with transaction.atomic():
        return _settle(_open(row), RosterRow.Resolution.REFUSED, by=by)


def _open(row: RosterRow) -> RosterRow:
    """The row, locked; contract first, so that an import and an operator never wait for each other."""
    saving.wait_for_others(row.roster_import.contract)
    row = (
        RosterRow.objects.select_for_update(of=["self"])
        .select_related("roster_import__contract")
        .get(pk=row.pk)
    )
    if row.resolution != RosterRow.Resolution.OPEN:
        raise RosterRefused(SETTLED)
    return row


def _texts(row: RosterRow) -> dict[str, str]:
    return {name: str(row.values[name] or "") for name in HEADINGS if name in row.values}


def _taken_in(report: Report, row: RosterRow, *, by, is_same_person: bool = False) -> RosterRow:
    wrong = [code for one in report.waiting_rows() for code in one.codes]
    if not report.people:
        wrong = ["NAME_MISSING"]
    if wrong:
        raise RosterRefused(" ".join(f"{REASONS[code].sentence} {REASONS[code].remedy}" for code in wrong))
    _refuse_somebody_else(report, row, is_same_person)
    staging.stage(report, row.roster_import.contract)
    contract = row.roster_import.contract
    saving.write(contract, by=by, may_rename=is_same_person, why=account.BY_OPERATOR)
    row.values[decisions.PERSON] = report.people["national_id"][0]
    return row


def _refuse_somebody_else(report: Report, row: RosterRow, is_same_person: bool) -> None:
    """One person stands for all contracts: nobody is written over by whoever is given their number."""
    national_id = report.people["national_id"][0]
    known = Person.objects.filter(national_id=national_id).first()
    names, born = report.people.name_key(0), report.people["birth_date"][0]
    if known is None or not _differs(known, names=names, born=born):
        return
    if national_id != row.values.get("national_id") or "conflicts_with" in row.values:
        raise RosterRefused(SOMEBODY_ELSE)
    if not is_same_person:
        raise RosterRefused(SAME_PERSON)


def _settle(row: RosterRow, resolution: RosterRow.Resolution, *, by) -> RosterRow:
    row.resolution, row.resolved_by, row.resolved_at = resolution, by, timezone.now()
    row.save(update_fields=["resolution", "resolved_by", "resolved_at", "values"])
    return row
