"""What the worker does with an uploaded roster: examine it, commit it, write its report; once, however often told."""

import logging
from contextlib import contextmanager, suppress

from django.db import InterfaceError, OperationalError, connection, transaction

from members import roster, roster_files
from members.models import RosterImport, RosterRow
from members.roster import decisions, saving
from members.roster.comparing import SHOWN

log = logging.getLogger(__name__)

State = RosterImport.State
# Beside the lock of contracts, which only the commit holds.
LOCK_FAMILY = saving.LOCK_FAMILY + 1
# What a dry run promises and its commit must keep.
PROMISED = ("new", "changed", "leaving", "unchanged", "rows")
GONE = "فایل این فهرست دیگر نگه داشته نمی‌شود؛ آن را دوباره بفرستید."
OVERTAKEN = (
    "از زمان بررسی، فهرست این قرارداد عوض شده است؛ چیزی ثبت نشد. "
    "نتیجهٔ تازه را ببینید و اگر درست است دوباره ثبت کنید."
)


class _Overtaken(Exception):
    """The commit would do other things than the operator was shown."""


def examine(pk: int) -> None:
    with _only_once(pk, State.UPLOADED) as upload:
        if upload is None:
            return
        try:
            report = _report_of(upload)
            _keep_findings(upload, report)
        except roster.RosterRefused as refusal:
            _leave(upload, State.REFUSED, str(refusal))
            return
    # Without the lock: the operator may have pressed «ثبت نهایی» already, and a long workbook takes its time.
    _write_report(upload, report)


def commit(pk: int) -> None:
    with _only_once(pk, State.COMMITTING) as upload:
        if upload is None:
            return
        try:
            report = _report_of(upload)
            _commit_as_promised(upload, report)
        except roster.SecondPersonNeeded as refusal:
            _leave(upload, State.WAITING, str(refusal))
        except _Overtaken:
            # What the commit wrote into it was taken back in the database alone.
            upload.refresh_from_db()
            _keep_findings(upload, report, sentence=OVERTAKEN)
        except roster.RosterRefused as refusal:
            _leave(upload, State.EXAMINED, str(refusal))


def write_report(pk: int) -> None:
    """Again, when a worker was killed between the findings and their workbook."""
    with _only_once(pk, State.EXAMINED, State.WAITING, State.COMMITTED) as upload:
        if upload and not roster_files.has_report(upload.stored_name):
            with suppress(roster.RosterRefused):
                _write_report(upload, _report_of(upload, is_told=False))


@contextmanager
def _only_once(pk: int, *states: str):
    """The upload, when it is in one of `states` and no other worker has it; else None.

    The lock belongs to the connection: a worker that is killed lets go of it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_FAMILY, pk])
        (is_ours,) = cursor.fetchone()
    try:
        uploads = RosterImport.objects.select_related("contract", "by", "seconded_by")
        yield uploads.filter(pk=pk, state__in=states).first() if is_ours else None
    finally:
        if is_ours:
            # Without a connection there is no lock either.
            with suppress(OperationalError, InterfaceError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK_FAMILY, pk])


def _report_of(upload: RosterImport, *, is_told: bool = True) -> roster.Report:
    content = roster_files.read(upload.stored_name)
    if content is None:
        raise roster.RosterRefused(GONE)

    def tell(percent: int) -> None:
        if is_told:
            RosterImport.objects.filter(pk=upload.pk).update(progress=percent)

    tell(5)
    return roster.examine(content, name=upload.file_name, contract=upload.contract, progress=tell)


def _keep_findings(upload: RosterImport, report: roster.Report, *, sentence: str = "") -> None:
    """What the operator looks at before anything is written; an upload discarded meanwhile stays so."""
    changes = roster.compare(report, upload.contract)
    with transaction.atomic():
        row = RosterImport.objects.select_for_update().get(pk=upload.pk)
        if row.state != upload.state:
            return
        row.state, row.sentence, row.progress, row.seconded_by = State.EXAMINED, sentence, 100, None
        row.counts = report.counts
        row.changes = changes.as_json() | {
            "second_person": changes.needs_a_second_person(),
            "ignored_headings": report.sheet.ignored_headings,
            "sheet": report.sheet.name,
            "unread_sheets": report.sheet.unread,
        }
        row.save(update_fields=["state", "sentence", "progress", "seconded_by", "counts", "changes"])
        row.rows.all().delete()
        RosterRow.objects.bulk_create(_shown_rows(row, report))


def _shown_rows(upload: RosterImport, report: roster.Report):
    """The first of each outcome but the plain one; the workbook has all of them."""
    left = dict.fromkeys(report.counts, SHOWN) | {"import": 0}
    settled = decisions.settled_before(report, upload.contract)
    for row in report.rows():
        if left[row.outcome]:
            left[row.outcome] -= 1
            yield saving.kept(report, row, upload, settled.get(row.excel_row))


def _commit_as_promised(upload: RosterImport, report: roster.Report) -> None:
    promised = {name: upload.changes.get(name) for name in PROMISED}
    RosterImport.objects.filter(pk=upload.pk).update(progress=75)
    with transaction.atomic():
        done = roster.commit(
            report, contract=upload.contract, by=upload.by, seconded_by=upload.seconded_by, into=upload
        )
        if {name: done.changes.get(name) for name in PROMISED} != promised:
            raise _Overtaken


def _leave(upload: RosterImport, state: str, sentence: str) -> None:
    RosterImport.objects.filter(pk=upload.pk).exclude(state=State.DISCARDED).update(
        state=state, sentence=sentence[:300], progress=100, seconded_by=None
    )


def _write_report(upload: RosterImport, report: roster.Report) -> None:
    try:
        roster_files.keep_report(upload.stored_name, roster.as_workbook(report))
    except OSError as error:
        # It is offered again when somebody asks for it.
        log.warning("The report of a roster was not written: %s", type(error).__name__)
