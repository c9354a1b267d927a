"""What Celery runs for members: clearing away what has ended."""

from celery import shared_task
from django.db import InterfaceError, OperationalError

from members import captcha, codes, kept_forms, limits, roster_uploads, roster_work, sessions

# The roster is as it was before; the work begins again when PostgreSQL is back.
AGAIN_AFTER_AN_OUTAGE = {
    "autoretry_for": (OperationalError, InterfaceError),
    "retry_backoff": 2,
    "retry_backoff_max": 60,
    "max_retries": 20,
}


@shared_task(name="members.sweep", ignore_result=True)
def sweep() -> None:
    for subject in (limits, kept_forms, captcha, sessions, codes, roster_uploads):
        subject.sweep()


@shared_task(name=roster_uploads.EXAMINE, ignore_result=True, **AGAIN_AFTER_AN_OUTAGE)
def examine_roster(roster_import_id: int) -> None:
    roster_work.examine(roster_import_id)


@shared_task(name=roster_uploads.COMMIT, ignore_result=True, **AGAIN_AFTER_AN_OUTAGE)
def commit_roster(roster_import_id: int) -> None:
    roster_work.commit(roster_import_id)


@shared_task(name=roster_uploads.REPORT, ignore_result=True, **AGAIN_AFTER_AN_OUTAGE)
def write_roster_report(roster_import_id: int) -> None:
    roster_work.write_report(roster_import_id)
