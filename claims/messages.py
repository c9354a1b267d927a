"""Which message an event sends: claim in, kind and values out. The texts are notifications' templates."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from claims.models import Claim, ClaimEvent
from notifications.models import Message
from portal.lib import dates
from portal.lib.text import latin_digits

Verb = ClaimEvent.Verb

KINDS = {
    Verb.SUBMITTED: "claim_submitted",
    Verb.RESUBMITTED: "claim_resubmitted",
    Verb.MARKED_DEFICIENT: "claim_deficient",
    Verb.APPROVED: "claim_approved",
    Verb.REJECTED: "claim_rejected",
    Verb.PAID: "claim_paid",
    Verb.PAYMENT_FAILED: "claim_payment_failed",
    Verb.WITHDRAWN: "claim_withdrawn",
    Verb.EXPIRED: "claim_expired",
    Verb.OBJECTED: "claim_objected",
    Verb.ORIGINALS_REQUESTED: "originals_requested",
}


@dataclass(frozen=True, slots=True)
class Announcement:
    kind: str
    values: dict[str, str]


def of_event(claim: Claim, event: ClaimEvent) -> Announcement | None:
    """None where nobody is told: officers taking and releasing, marks, corrections of titles."""
    kind = KINDS.get(event.verb)
    # What came back from an account that was given up meanwhile waits for nobody.
    if kind is None or event.details.get("is_mended"):
        return None
    values = {"tracking_code": claim.reference}
    if event.verb == Verb.MARKED_DEFICIENT:
        values |= {"until": in_sms(claim.answer_until), "count": str(event.details["count"])}
    elif event.verb == Verb.APPROVED:
        values["amount"] = f"{claim.payable_amount:,}"
    elif event.verb == Verb.PAID:
        # After an objection only the rest is paid.
        values["amount"] = f"{event.details['amount']:,}"
    elif event.verb == Verb.ORIGINALS_REQUESTED:
        values["branch"] = event.details["branch"]
    return Announcement(kind, values)


def of_draft(claim: Claim, *, days_left: int) -> Announcement:
    return Announcement("draft_reminder", {"days": str(days_left)})


def of_deadline(claim: Claim) -> Announcement:
    return Announcement(
        "deficient_reminder",
        {"tracking_code": claim.tracking_code, "until": in_sms(claim.answer_until)},
    )


def sent_of(claim: Claim, events: list[ClaimEvent]):
    """Every SMS of this claim, oldest first: of its events, its reminders, and what staff sent again."""
    keys = [f"event-{event.pk}" for event in events]
    keys += [f"deficient_reminder-{claim.pk}-{number}" for number in range(1, claim.round + 1)]
    keys.append(f"draft_reminder-{claim.pk}-0")
    again = reduce(or_, (Q(key__startswith=f"{key}-again-") for key in keys))
    return Message.objects.filter(again | Q(key__in=keys)).order_by("created_at")


def in_sms(day) -> str:
    """Latin digits: they cost the same and are read the same on every phone."""
    return latin_digits(dates.short(day))
