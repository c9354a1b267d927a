"""Rows that were held or refused: an operator mends one, takes the person in without a household, or says no."""

from django.db import transaction
from django.utils import timezone

from members.models import Enrolment, RosterRow
from members.roster import decisions, saving, staging
from members.roster.columns import HEADINGS
from members.roster.examination import reexamined
from members.roster.reasons import REASONS, RosterRefused
from members.roster.report import Report
from members.roster.terms import Day, primaries_of, terms_of

SETTLED = "به این ردیف پیش‌تر رسیدگی شده است؛ صفحه را تازه کنید."
NOT_ALONE = "این ردیف ایراد دیگری هم دارد؛ پیش از پذیرش مستقل، آن را اصلاح کنید."
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


def fix(row: RosterRow, *, values: dict[str, str], by, today: Day | None = None) -> RosterRow:
    """Judge the row again with `values` (text by field) over its own, and take the person in.

    RosterRefused carries the sentences of what is still wrong; the row then stays as it was.
    """
    with transaction.atomic():
        row = _open(row)
        contract = row.roster_import.contract
        report = reexamined(
            _texts(row) | values,
            terms=terms_of(contract, today=today),
            enrolled=primaries_of(contract, today),
        )
        return _settle(_taken_in(report, row), RosterRow.Resolution.FIXED, by=by)


def accept_stand_alone(row: RosterRow, *, by, today: Day | None = None) -> RosterRow:
    """The person is insured with a portal of their own; a later roster may still join the household."""
    with transaction.atomic():
        row = _open(row)
        if not may_stand_alone(row):
            raise RosterRefused(NOT_ALONE)
        terms = terms_of(row.roster_import.contract, today=today)
        report = reexamined(_texts(row), terms=terms, enrolled=lambda ids: {}, stands_alone=True)
        return _settle(_taken_in(report, row), RosterRow.Resolution.STAND_ALONE, by=by)


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


def _taken_in(report: Report, row: RosterRow) -> RosterRow:
    wrong = [code for one in report.waiting_rows() for code in one.codes]
    if not report.people:
        wrong = ["NAME_MISSING"]
    if not wrong and _is_somebody_else(report, row):
        wrong = ["ID_CONFLICT"]
    if wrong:
        raise RosterRefused(" ".join(f"{REASONS[code].sentence} {REASONS[code].remedy}" for code in wrong))
    staging.stage(report, row.roster_import.contract)
    saving.write(row.roster_import.contract)
    row.values[decisions.PERSON] = report.people["national_id"][0]
    return row


def _is_somebody_else(report: Report, row: RosterRow) -> bool:
    """A conflict of two rows is not mended by writing one over the other."""
    if "ID_CONFLICT" not in row.codes:
        return False
    enrolment = Enrolment.objects.select_related("person").filter(
        contract=row.roster_import.contract, person__national_id=report.people["national_id"][0]
    )
    names = report.people.name_key(0)
    return any((one.person.first_key, one.person.last_key) != names for one in enrolment)


def _settle(row: RosterRow, resolution: RosterRow.Resolution, *, by) -> RosterRow:
    row.resolution, row.resolved_by, row.resolved_at = resolution, by, timezone.now()
    row.save(update_fields=["resolution", "resolved_by", "resolved_at", "values"])
    return row
