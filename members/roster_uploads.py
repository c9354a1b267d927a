"""What operators decide about an uploaded roster, from the upload to its end; the worker does the rest. No HTTP."""

import hashlib
import logging
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from catalog.models import Contract
from members import roster_files
from members.models import RosterImport, User
from members.roster import saving
from portal.lib import dates
from portal.lib.text import stored

log = logging.getLogger(__name__)

State = RosterImport.State
EXAMINE, COMMIT, REPORT = "members.examine_roster", "members.commit_roster", "members.write_roster_report"
QUEUE = "rosters"
WORKING = (State.UPLOADED, State.COMMITTING)
DECIDABLE = (State.EXAMINED, State.WAITING)
ENDED = (State.COMMITTED, State.REFUSED, State.DISCARDED)
# A worker that is alive has begun long before.
STUCK_AFTER = timedelta(minutes=2)

FULL = "اکنون جایی برای نگه‌داشتن فایل نیست؛ لطفاً بعداً دوباره تلاش کنید."
NOT_NOW = "وضعیت این فهرست در این میان عوض شده است؛ صفحه را دوباره ببینید."
NOTHING_NEW = "این فایل چیزی را عوض نمی‌کند و پیش‌تر ثبت شده است؛ نیازی به ثبت دوباره نیست."
ANOTHER_PERSON = (
    "نفر دوم باید کسی جز درخواست‌کنندهٔ ثبت باشد؛ از همکارتان بخواهید این فهرست را ببیند و تأیید کند."
)
TOO_OLD = "این فهرست در مهلت خود ثبت نشد و کنار گذاشته شد؛ در صورت نیاز فایل را دوباره بفرستید."


class Refused(Exception):
    """The text is the sentence that the operator reads."""


def receive(content: bytes, *, name: str, contract: Contract, by: User) -> RosterImport:
    """Keep the file and have the worker examine it."""
    try:
        stored_name = roster_files.keep(content)
    except OSError as error:
        raise Refused(FULL) from error
    with transaction.atomic():
        upload = RosterImport.objects.create(
            contract=contract,
            file_name=stored(name)[-200:] or "roster",
            sha256=hashlib.sha256(content).hexdigest(),
            stored_name=stored_name,
            by=by,
        )
        _hand_over_after_commit(EXAMINE, upload)
    return upload


@transaction.atomic
def ask_commit(upload: RosterImport, *, by: User) -> RosterImport:
    """«ثبت نهایی»: to the worker, or to a second person where too many would leave."""
    row = _locked(upload, State.EXAMINED)
    _refuse_while_another_commits(row)
    if is_committed_already(row):
        raise Refused(NOTHING_NEW)
    row.by, row.sentence = by, ""
    if row.changes.get("second_person"):
        row.state, row.sentence = State.WAITING, saving.SECOND_PERSON
    else:
        _start_commit(row)
    row.save(update_fields=["by", "state", "sentence", "progress"])
    return row


@transaction.atomic
def second(upload: RosterImport, *, by: User) -> RosterImport:
    row = _locked(upload, State.WAITING)
    if row.by_id in (by.pk, None):
        raise Refused(ANOTHER_PERSON)
    _refuse_while_another_commits(row)
    row.seconded_by, row.sentence = by, ""
    _start_commit(row)
    row.save(update_fields=["seconded_by", "state", "sentence", "progress"])
    return row


@transaction.atomic
def discard(upload: RosterImport) -> RosterImport:
    row = _locked(upload, *DECIDABLE, State.UPLOADED)
    _end(row, "")
    return row


def last_same(upload: RosterImport) -> RosterImport | None:
    """The import of the same bytes that was committed before."""
    same = RosterImport.objects.filter(
        contract=upload.contract_id, sha256=upload.sha256, state=State.COMMITTED
    ).exclude(pk=upload.pk)
    return same.select_related("by").order_by("-committed_at").first()


def is_committed_already(upload: RosterImport) -> bool:
    changes = upload.changes
    is_empty = not any(changes.get(kind) for kind in ("new", "changed", "leaving"))
    return is_empty and last_same(upload) is not None


def others_at_work(upload: RosterImport):
    """Uploads of the same contract about which somebody has not decided yet."""
    return (
        RosterImport.objects.filter(contract=upload.contract_id, state__in=[*WORKING, *DECIDABLE])
        .exclude(pk=upload.pk)
        .select_related("by")
    )


def hand_over(task: str, upload: RosterImport) -> bool:
    """Whether the worker was told; if not, the next sweep tells it."""
    try:
        current_app.send_task(task, (upload.pk,), queue=QUEUE, retry=False, ignore_result=True)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("The broker did not take a roster: %s", type(error).__name__)
        return False
    return True


def sweep() -> None:
    """Start again what a killed worker left, end what nobody decided, and remove files that are needed no more."""
    now = timezone.now()
    for upload in RosterImport.objects.filter(state__in=WORKING, created_at__lt=now - STUCK_AFTER):
        hand_over(EXAMINE if upload.state == State.UPLOADED else COMMIT, upload)
    undecided = now - timedelta(days=settings.ROSTER_UNDECIDED_DAYS)
    for upload in RosterImport.objects.filter(state__in=DECIDABLE, created_at__lt=undecided):
        with transaction.atomic():
            _end(_locked(upload, *DECIDABLE), TOO_OLD)
    unreported = now - timedelta(days=settings.ROSTER_REPORT_DAYS)
    for upload in RosterImport.objects.filter(state__in=ENDED).exclude(stored_name=""):
        roster_files.discard(upload.stored_name)
        if upload.state != State.COMMITTED or upload.committed_at < unreported:
            roster_files.discard_report(upload.stored_name)
            RosterImport.objects.filter(pk=upload.pk).update(stored_name="")


def _end(row: RosterImport, sentence: str) -> None:
    """Without the people of a list that never came into force."""
    row.state, row.sentence = State.DISCARDED, sentence
    row.changes = {name: value for name, value in row.changes.items() if name != "rows"}
    row.save(update_fields=["state", "sentence", "changes"])
    row.rows.all().delete()


def _start_commit(row: RosterImport) -> None:
    row.state, row.progress = State.COMMITTING, 0
    _hand_over_after_commit(COMMIT, row)


def _hand_over_after_commit(task: str, upload: RosterImport) -> None:
    transaction.on_commit(lambda: hand_over(task, upload))


def _refuse_while_another_commits(row: RosterImport) -> None:
    other = others_at_work(row).filter(state=State.COMMITTING).first()
    if other:
        whose = f" ({other.by.display_name}، {dates.clock(timezone.now())})" if other.by else ""
        raise Refused(saving.BUSY.replace("؛", f"{whose}؛", 1))


def _locked(upload: RosterImport, *states: str) -> RosterImport:
    row = RosterImport.objects.select_for_update(of=["self"]).select_related("contract").get(pk=upload.pk)
    if row.state not in states:
        raise Refused(NOT_NOW)
    return row
