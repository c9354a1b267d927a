"""Taking a compared roster into force: everything in one transaction, one import of a contract at a time."""

from datetime import date

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from catalog.models import Contract
from members.models import RosterImport, RosterRow
from members.roster import comparing, staging
from members.roster.comparing import ENROLMENT_FIELDS, PERSON_FIELDS, Changes
from members.roster.reasons import RosterRefused
from members.roster.report import Report, ReportRow

BUSY = "فهرست دیگری برای همین قرارداد در حال ثبت است؛ چند دقیقه بعد دوباره تلاش کنید."
SECOND_PERSON = (
    "با این فهرست پوشش بیش از ۵٪ بیمه‌شدگان پایان می‌یابد؛ پیش از ثبت، نفر دومی هم باید آن را تأیید کند."
)
LONGEST_WAIT = "60s"
# So many rows written at once make the planner's idea of the tables wrong.
MANY = 1_000
# «rost» in ASCII: locks of other subjects have other numbers.
LOCK_FAMILY = 0x726F7374


class SecondPersonNeeded(RosterRefused):
    """Too many would leave for one person to decide."""


def compare(report: Report, contract: Contract, *, today: date) -> Changes:
    """What a commit would do now; nothing is written."""
    with transaction.atomic():
        staging.stage(report, contract)
        return comparing.compared(contract, today=today)


def commit(
    report: Report, *, contract: Contract, by, today: date, seconded_by=None, into=None
) -> RosterImport:
    """Take the report into force, or raise RosterRefused with everything as it was.

    `into` is the upload this commit belongs to; without one a new RosterImport is written. A file that changes
    nothing and was the last one taken in is answered with the import it already has.
    """
    with transaction.atomic():
        wait_for_others(contract)
        staging.stage(report, contract)
        changes = comparing.compared(contract, today=today)
        last = RosterImport.objects.filter(contract=contract, state=RosterImport.State.COMMITTED).first()
        if changes.is_empty and into is None and last and last.sha256 == report.sha256:
            return last
        if changes.needs_a_second_person() and (seconded_by is None or seconded_by == by):
            raise SecondPersonNeeded(SECOND_PERSON)
        if changes.new_count or changes.changed_count:
            write(contract)
        if changes.leaving_count:
            comparing.end_cover_of_leavers(contract, today=today)
        roster_import = _recorded(report, changes, contract, by=by, seconded_by=seconded_by, into=into)
        _keep_waiting_rows(report, roster_import)
    return roster_import


def wait_for_others(contract: Contract) -> None:
    """The second of two imports waits; one that waited too long is told."""
    try:
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_FAMILY, contract.pk])
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        # 55P03 is lock_not_available; anything else is an outage and not ours to explain.
        if getattr(error.__cause__, "pgcode", None) != "55P03":
            raise
        raise RosterRefused(BUSY) from error


def write(contract: Contract) -> None:
    """Insert and update the staged people; rows that would stay as they are are not touched."""
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT_PEOPLE)
        cursor.execute(_UPSERT_ENROLMENTS, {"contract": contract.pk})
        if cursor.rowcount >= MANY:
            transaction.on_commit(_tell_planner)


def _tell_planner() -> None:
    """Until autovacuum comes by, the next comparison would go row by row: minutes for 100,000."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE members_person, members_enrolment")


_PERSON_COLUMNS = ", ".join(PERSON_FIELDS)
_PERSON_VALUES = ", ".join(f"i.{name}" for name in PERSON_FIELDS)
_UPSERT_PEOPLE = f"""
    INSERT INTO members_person AS p (national_id, {_PERSON_COLUMNS})
    SELECT i.national_id, {_PERSON_VALUES}
    FROM roster_incoming i LEFT JOIN members_person p ON p.national_id = i.national_id
    WHERE p.id IS NULL
       OR ({", ".join(f"p.{name}" for name in PERSON_FIELDS)})
          IS DISTINCT FROM ({", ".join(PERSON_FIELDS.values())})
    ORDER BY i.national_id
    ON CONFLICT (national_id) DO UPDATE SET
    {", ".join(f"{name} = {new.replace('i.', 'excluded.')}" for name, new in PERSON_FIELDS.items())}
"""
_ENROLMENT_COLUMNS = ", ".join(ENROLMENT_FIELDS)
_ENROLMENT_VALUES = ", ".join(f"i.{name}" for name in ENROLMENT_FIELDS)
_UPSERT_ENROLMENTS = f"""
    INSERT INTO members_enrolment AS e (person_id, contract_id, primary_id, {_ENROLMENT_COLUMNS})
    SELECT p.id, %(contract)s, q.id, {_ENROLMENT_VALUES}
    FROM roster_incoming i
    JOIN members_person p ON p.national_id = i.national_id
    JOIN members_person q ON q.national_id = i.primary_national_id
    LEFT JOIN members_enrolment e ON e.person_id = p.id AND e.contract_id = %(contract)s
    WHERE e.id IS NULL
       OR (e.primary_id, {", ".join(f"e.{name}" for name in ENROLMENT_FIELDS)})
          IS DISTINCT FROM (q.id, {", ".join(ENROLMENT_FIELDS.values())})
    ON CONFLICT (person_id, contract_id) DO UPDATE SET primary_id = excluded.primary_id,
    {", ".join(f"{name} = {new.replace('i.', 'excluded.')}" for name, new in ENROLMENT_FIELDS.items())}
"""


def _recorded(report: Report, changes: Changes, contract: Contract, *, by, seconded_by, into) -> RosterImport:
    roster_import = into or RosterImport(contract=contract, by=by)
    roster_import.state = RosterImport.State.COMMITTED
    roster_import.file_name = report.name[:200]
    roster_import.sha256 = report.sha256
    roster_import.counts = report.counts
    roster_import.changes = changes.as_json()
    roster_import.sentence = ""
    roster_import.progress = 100
    roster_import.seconded_by = seconded_by
    roster_import.committed_at = timezone.now()
    roster_import.save()
    return roster_import


def _keep_waiting_rows(report: Report, roster_import: RosterImport) -> None:
    """Held and refused rows wait for an operator; those of earlier files no longer do."""
    resolution = RosterRow.Resolution
    earlier = RosterRow.objects.filter(roster_import__contract=roster_import.contract)
    decided = {
        _same(row.values, row.codes): row
        for row in earlier.filter(resolution__in=[resolution.STAND_ALONE, resolution.REFUSED]).order_by("pk")
    }
    earlier.filter(resolution=resolution.OPEN).exclude(roster_import=roster_import).update(
        resolution=resolution.SUPERSEDED
    )
    roster_import.rows.all().delete()
    RosterRow.objects.bulk_create(
        (_kept(report, row, roster_import, decided) for row in report.waiting_rows()), batch_size=2_000
    )


def _kept(report: Report, row: ReportRow, roster_import: RosterImport, decided: dict) -> RosterRow:
    """An operator who decided on the same row of an earlier file is not asked again."""
    before = decided.get(_same(row.values, row.codes))
    return RosterRow(
        roster_import=roster_import,
        excel_row=row.excel_row,
        outcome=row.outcome,
        codes=row.codes,
        values=row.values | {"cells": report.cells(row.excel_row)},
        resolution=before.resolution if before else RosterRow.Resolution.OPEN,
        resolved_by=before.resolved_by if before else None,
        resolved_at=before.resolved_at if before else None,
    )


def _same(values: dict, codes: list[str]) -> tuple:
    """What makes a held row the same one as before."""
    shown = sorted(
        (name, str(value)) for name, value in values.items() if name not in ("cells", "conflicts_with")
    )
    return tuple(shown), tuple(codes)
