"""What beat asks for: each task finds the claims that are due and calls one verb for each."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from claims import documents, lifecycle
from claims.models import Claim, Document, Status
from members import roster_files
from portal.lib.dates import today

# A day before the last: late enough to matter, early enough to act.
REMIND_DAYS_BEFORE = 5


@shared_task
def keep_deadlines() -> None:
    """Answers that did not come: reminded some days before, closed after."""
    deficient = Claim.objects.filter(status=Status.DEFICIENT)
    for claim in deficient.filter(answer_until__lt=today()).iterator():
        lifecycle.expire(claim)
    soon = today() + timedelta(days=REMIND_DAYS_BEFORE)
    for claim in deficient.filter(answer_until__lte=soon, reminded_at=None).iterator():
        lifecycle.remind_deficient(claim)


@shared_task
def tend_drafts() -> None:
    """Drafts left alone: one SMS after a day, removed after the contract's days."""
    drafts = Claim.objects.filter(status=Status.DRAFT).select_related("contract", "filed_by")
    yesterday = timezone.now() - timedelta(hours=24)
    for claim in drafts.filter(changed_at__lt=yesterday, reminded_at=None).iterator():
        lifecycle.remind_draft(claim)
    for claim in drafts.filter(changed_at__lt=yesterday).iterator():
        lifecycle.remove_old_draft(claim)


@shared_task
def sweep_pictures() -> None:
    """Files whose process was killed before their row was written."""
    documents.sweep(is_known=known_names, older_than=timedelta(hours=settings.ORPHAN_PICTURE_HOURS))


def known_names(names: list[str]) -> set[str]:
    """Those of claims, and employers' rosters, which lie beside them."""
    documents_of_claims = Document.objects.filter(name__in=names).values_list("name", flat=True)
    return {*documents_of_claims, *roster_files.known_names(names)}
