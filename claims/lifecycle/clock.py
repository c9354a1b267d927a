"""What the clock does: deadlines that pass, drafts that grow old, reminders before both."""

from datetime import timedelta

from django.utils import timezone

from claims import messages
from claims.lifecycle.filling import discard
from claims.lifecycle.moves import Verb, locked, move
from claims.models import Claim, Status
from notifications import outbox
from portal.lib.dates import today


def expire(claim: Claim) -> bool:
    """«مهلت گذشت», unless the member has answered since the claim was picked."""
    with locked(claim) as current:
        if current.status != Status.DEFICIENT or current.answer_until >= today():
            return False
        move(current, Verb.EXPIRED, by=None, answer_until=None)
    return True


def remind_deficient(claim: Claim) -> None:
    with locked(claim) as current:
        if current.status != Status.DEFICIENT or current.reminded_at:
            return
        remind(current, messages.of_deadline(current), to=current.mobile)


def remind_draft(claim: Claim) -> None:
    """One SMS after a day untouched, to the account's own number."""
    with locked(claim) as current:
        if not current.is_draft or current.reminded_at or not current.filed_by.mobile:
            return
        left = days_left(current)
        remind(current, messages.of_draft(current, days_left=left), to=current.filed_by.mobile)


def remind(claim: Claim, announcement: messages.Announcement, *, to: str) -> None:
    claim.reminded_at = timezone.now()
    claim.save(update_fields=["reminded_at"])
    outbox.enqueue(
        to=to,
        recipient=claim.filed_by,
        kind=announcement.kind,
        values=announcement.values,
        key=f"{announcement.kind}-{claim.pk}-{claim.round}",
    )


def kept_until(claim: Claim):
    return claim.changed_at + timedelta(days=claim.contract.draft_days)


def days_left(claim: Claim) -> int:
    """Whole days until a draft is removed."""
    return max((kept_until(claim) - timezone.now()).days, 0)


def remove_old_draft(claim: Claim) -> None:
    """Judged again under the lock: its member may just have come back to it."""
    with locked(claim) as current:
        if current.is_draft and kept_until(current) <= timezone.now():
            discard(current)
