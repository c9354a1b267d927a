"""Taking a compared roster into force: everything in one transaction, one import of a contract at a time."""

from datetime import date

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from catalog.models import Contract
from members import account
from members.models import RosterImport, RosterRow, User
from members.roster import comparing, decisions, staging, unread
from members.roster.comparing import ENROLMENT_FIELDS, PERSON_FIELDS, SAID, Changes
from members.roster.reasons import RosterRefused
from members.roster.report import Report, ReportRow

BUSY = "فهرست دیگری برای همین قرارداد در حال ثبت است؛ چند دقیقه بعد دوباره تلاش کنید."
SECOND_PERSON = (
    "با این فهرست پوشش بیش از ۵٪ بیمه‌شدگان پایان می‌یابد؛ پیش از ثبت، نفر دومی هم باید آن را تأیید کند."
)
ANOTHERS = "در این میان فهرست دیگری یکی از این کدهای ملی را با نام یا تاریخ تولد دیگری ثبت کرده است؛ دوباره بررسی کنید."
LONGEST_WAIT = "60s"
# So many rows written at once make the planner's idea of the tables wrong.
MANY = 1_000
# «rost» in ASCII: locks of other subjects have other numbers.
LOCK_FAMILY = 0x726F7374
# Beside the locks of contracts, whose numbers begin at one.
PEOPLE = 0


class SecondPersonNeeded(RosterRefused):
    """Too many would leave for one person to decide."""


def compare(report: Report, contract: Contract, *, today: date) -> Changes:
    """What a commit would do now; nothing is written."""
    with transaction.atomic():
        settled = decisions.settled_before(report, contract)
        return _compared(report, contract, settled, today=today)


def commit(
    report: Report, *, contract: Contract, by, today: date, seconded_by=None, into=None
) -> RosterImport:
    """Take the report into force, or raise RosterRefused with everything as it was.

    `into` is the upload this commit belongs to; without one a new RosterImport is written. A file that changes
    nothing and was the last one taken in is answered with the import it already has.
    """
    with transaction.atomic():
        wait_for_others(contract)
        settled = decisions.settled_before(report, contract)
        changes = _compared(report, contract, settled, today=today)
        last = RosterImport.objects.filter(contract=contract, state=RosterImport.State.COMMITTED).first()
        if changes.is_empty and into is None and last and last.sha256 == report.sha256:
            return last
        if changes.needs_a_second_person() and (seconded_by is None or seconded_by == by):
            raise SecondPersonNeeded(SECOND_PERSON)
        if changes.must_be_written:
            write(contract, by=by)
        if changes.leaving_count:
            comparing.end_cover_of_leavers(contract, today=today)
        roster_import = _recorded(report, changes, contract, by=by, seconded_by=seconded_by, into=into)
        _keep_waiting_rows(report, roster_import, settled)
    return roster_import


def _compared(report: Report, contract: Contract, settled: dict[int, RosterRow], *, today: date) -> Changes:
    # Rows that wait speak of them, though not by a number that can be read: nobody of them leaves.
    named = decisions.people_taken_in(settled) | unread.people_meant(report, contract)
    left_out = staging.stage_news(report, contract, today=today, named=named)
    return comparing.compared(contract, today=today, left_out=left_out)


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


def write(contract: Contract, *, by, may_rename: bool = False, why: str = account.BY_ROSTER) -> None:
    """Insert and update the staged people; rows that would stay as they are are not touched.

    `may_rename`: an operator has seen that the staged person bears another name in other contracts.
    """
    for owner in User.objects.filter(pk__in=comparing.accounts_with_a_new_iban(contract)):
        account.tell_of_new_iban(owner)
    with connection.cursor() as cursor:
        # A person belongs to every contract: of two imports that bring the same one, the second finds them.
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_FAMILY, PEOPLE])
        cursor.execute(_STRANGERS, {"contract": contract.pk})
        if cursor.fetchone()[0] and not may_rename:
            raise RosterRefused(ANOTHERS)
        cursor.execute(_UPDATE_PEOPLE)
        cursor.execute(_INSERT_PEOPLE)
        _tell_planner(cursor, "members_person (id, national_id)")
        cursor.execute(_UPDATE_ENROLMENTS, {"contract": contract.pk})
        cursor.execute(_INSERT_ENROLMENTS, {"contract": contract.pk})
        _tell_planner(cursor, "members_enrolment (person_id, contract_id, primary_id)")
    account.iban_changed.send(RosterImport, contract=contract, by=by, why=why)


def _tell_planner(cursor, columns: str) -> None:
    """Until autovacuum comes by, it would take the table for a small one and go row by row: hours for 100,000."""
    if cursor.rowcount >= MANY:
        cursor.execute(f"ANALYZE {columns}")


def _set(fields: dict[str, str]) -> str:
    return ", ".join(f"{name} = {new}" for name, new in fields.items())


def _differ(alias: str, fields: dict[str, str]) -> str:
    old = ", ".join(f"{alias}.{name}" for name in fields)
    return f"({old}) IS DISTINCT FROM ({', '.join(fields.values())})"


def _listed(fields: dict[str, str], alias: str = "") -> str:
    return ", ".join(alias + name for name in fields)


# Whoever this contract has already is corrected in the sight of the operator: by the difference that is shown.
# Of the others somebody may have been brought in between the examination and the commit.
_STRANGERS = """
    SELECT EXISTS (
        SELECT FROM roster_incoming i
        JOIN members_person p ON p.national_id = i.national_id
        WHERE (p.last_key <> i.last_key OR p.birth_date <> i.birth_date)
          AND NOT EXISTS (
            SELECT FROM members_enrolment e WHERE e.person_id = p.id AND e.contract_id = %(contract)s
          )
    )
"""
_UPDATE_PEOPLE = f"""
    UPDATE members_person p SET {_set(PERSON_FIELDS)}
    FROM roster_incoming i
    WHERE p.national_id = i.national_id AND {_differ("p", PERSON_FIELDS)}
"""
# Both inserts are sorted: so no search for what is there already runs through the rows that are being written.
_INSERT_PEOPLE = f"""
    INSERT INTO members_person (national_id, {_listed(PERSON_FIELDS)})
    SELECT i.national_id, {_listed(PERSON_FIELDS, "i.")}
    FROM roster_incoming i
    WHERE NOT EXISTS (SELECT FROM members_person p WHERE p.national_id = i.national_id)
    ORDER BY i.national_id
"""
_IN_FAMILY = {"primary_id": "q.id", **ENROLMENT_FIELDS, **SAID}
_FAMILIES = """
    FROM roster_incoming i
    JOIN members_person p ON p.national_id = i.national_id
    JOIN members_person q ON q.national_id = i.primary_national_id
"""
_UPDATE_ENROLMENTS = f"""
    UPDATE members_enrolment e SET {_set(_IN_FAMILY)}
    {_FAMILIES}
    WHERE e.person_id = p.id AND e.contract_id = %(contract)s AND {_differ("e", _IN_FAMILY)}
"""
_INSERT_ENROLMENTS = f"""
    INSERT INTO members_enrolment
        (person_id, contract_id, primary_id, {_listed(ENROLMENT_FIELDS)}, roster_mobile, roster_iban)
    SELECT p.id, %(contract)s, q.id, {_listed(ENROLMENT_FIELDS, "i.")}, i.mobile, i.iban
    {_FAMILIES}
    WHERE NOT EXISTS (
        SELECT FROM members_enrolment e WHERE e.person_id = p.id AND e.contract_id = %(contract)s
    )
    ORDER BY p.id
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


def _keep_waiting_rows(report: Report, roster_import: RosterImport, settled: dict[int, RosterRow]) -> None:
    """Held and refused rows wait for an operator; those of earlier files no longer do."""
    earlier = RosterRow.objects.filter(roster_import__contract=roster_import.contract)
    earlier.filter(resolution=RosterRow.Resolution.OPEN).exclude(roster_import=roster_import).update(
        resolution=RosterRow.Resolution.SUPERSEDED
    )
    roster_import.rows.all().delete()
    RosterRow.objects.bulk_create(
        (kept(report, row, roster_import, settled.get(row.excel_row)) for row in report.waiting_rows()),
        batch_size=2_000,
    )


def kept(report: Report, row: ReportRow, roster_import: RosterImport, before: RosterRow | None) -> RosterRow:
    """The row as it waits, or with what was decided about it `before`."""
    values = row.values | {"cells": report.cells(row.excel_row)}
    kept_row = RosterRow(
        roster_import=roster_import,
        excel_row=row.excel_row,
        outcome=row.outcome,
        codes=row.codes,
        values=values,
    )
    if before:
        kept_row.resolution, kept_row.resolved_at = before.resolution, before.resolved_at
        kept_row.resolved_by_id = before.resolved_by_id
        if decisions.PERSON in before.values:
            values[decisions.PERSON] = before.values[decisions.PERSON]
    return kept_row
