"""The table of allowed moves, and the one private move in which every verb ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from claims import messages, reading
from claims.models import Claim, ClaimEvent, Status
from notifications import outbox
from portal.lib.writing import save_with

Verb = ClaimEvent.Verb

# verb: (from which statuses, to which; None = it stays where it is)
MOVES: dict[Verb, tuple[set[Status], Status | None]] = {
    Verb.SUBMITTED: ({Status.DRAFT}, Status.SUBMITTED),
    Verb.RESUBMITTED: ({Status.DEFICIENT}, Status.SUBMITTED),
    # Under review without an officer: a claim that came back by an objection.
    Verb.TAKEN: ({Status.SUBMITTED, Status.UNDER_REVIEW}, Status.UNDER_REVIEW),
    Verb.RELEASED: ({Status.UNDER_REVIEW}, Status.SUBMITTED),
    Verb.MARKED_DEFICIENT: ({Status.UNDER_REVIEW}, Status.DEFICIENT),
    Verb.PRE_APPROVED: ({Status.UNDER_REVIEW}, Status.SUBMITTED),
    Verb.APPROVED: ({Status.UNDER_REVIEW}, Status.APPROVED),
    Verb.REJECTED: ({Status.UNDER_REVIEW}, Status.REJECTED),
    Verb.PAID: ({Status.APPROVED}, Status.PAID),
    Verb.PAYMENT_FAILED: ({Status.APPROVED, Status.PAID}, Status.PAYMENT_FAILED),
    Verb.PAYMENT_RETURNED: ({Status.SUBMITTED, Status.UNDER_REVIEW, Status.DEFICIENT}, None),
    Verb.SETTLED: ({Status.APPROVED}, Status.PAID),
    Verb.IBAN_MENDED: ({Status.PAYMENT_FAILED}, Status.APPROVED),
    Verb.WITHDRAWN: ({Status.SUBMITTED, Status.DEFICIENT}, Status.WITHDRAWN),
    Verb.EXPIRED: ({Status.DEFICIENT}, Status.EXPIRED),
    Verb.OBJECTED: ({Status.APPROVED, Status.PAID, Status.REJECTED}, Status.UNDER_REVIEW),
    Verb.ORIGINALS_REQUESTED: ({Status.UNDER_REVIEW}, None),
    Verb.ORIGINALS_RECEIVED: ({Status.SUBMITTED, Status.UNDER_REVIEW, Status.DEFICIENT}, None),
    Verb.MEDICAL_REVIEW: ({Status.UNDER_REVIEW}, None),
    Verb.TITLE_CORRECTED: ({Status.UNDER_REVIEW}, None),
    Verb.CENTRE_MERGED: ({Status.UNDER_REVIEW}, None),
}

CLOSED_TO_IT = "این کار در وضعیت «{status}» ممکن نیست. صفحه را تازه کنید و وضعیت تازه را ببینید."


class Refused(Exception):
    """What may not be done now; `str()` is the Persian sentence for the person who tried."""


@contextmanager
def locked(claim: Claim) -> Iterator[Claim]:
    """The claim as it is now, its row locked until the block ends; everything in one transaction."""
    with transaction.atomic():
        yield reading.locked_claim(claim)


def check(claim: Claim, verb: Verb) -> None:
    if claim.status not in MOVES[verb][0]:
        raise Refused(CLOSED_TO_IT.format(status=claim.get_status_display()))


def move(
    claim: Claim, verb: Verb, *, by, note: str = "", details: dict | None = None, along=(), **values
) -> ClaimEvent:
    """Move a locked claim, record it, announce it. `values` are columns that change along, `along` new rows."""
    event = moved(claim, verb, by=by, at=timezone.now(), note=note, details=details or {})
    for name, value in values.items():
        setattr(claim, name, value)
    claim.status, claim.changed_at = event.status_after, event.at
    save_with(claim, [*values, "status", "changed_at"], event, *along)
    announce(claim, event)
    return event


def move_all(claims: list[Claim], verb: Verb, *, by, note: str = "", **values) -> None:
    """Move many locked claims by a verb that nobody is told of, in two statements."""
    now = timezone.now()
    events = [moved(claim, verb, by=by, at=now, note=note) for claim in claims]
    changes = values | {"status": MOVES[verb][1], "changed_at": now}
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(**changes)
    ClaimEvent.objects.bulk_create(events)


def moved(claim: Claim, verb: Verb, **told) -> ClaimEvent:
    """The line of history that this move will leave, if the claim stands where it begins."""
    check(claim, verb)
    after = MOVES[verb][1] or claim.status
    return ClaimEvent(claim=claim, verb=verb, status_before=claim.status, status_after=after, **told)


def announce(claim: Claim, event: ClaimEvent) -> None:
    message = messages.of_event(claim, event)
    if message is None or not claim.mobile:
        return
    outbox.enqueue(
        to=claim.mobile,
        # Mostly the one who acts, whose row is there already.
        recipient=event.by if event.by_id == claim.filed_by_id else claim.filed_by,
        kind=message.kind,
        values=message.values,
        key=f"event-{event.pk}",
    )
