"""How much of a claim has really been paid: payments of several rounds add up, what the bank sent back does not."""

from collections.abc import Iterable

from claims.lifecycle.moves import Verb
from claims.models import Claim, ClaimEvent, Status

MONEY = [Verb.PAID, Verb.PAYMENT_FAILED, Verb.PAYMENT_RETURNED, Verb.PAPER_KEPT]


def paid_so_far(pks: Iterable[int]) -> dict[int, int]:
    """By claim; one that was never paid may be missing."""
    events = ClaimEvent.objects.filter(claim__in=pks, verb__in=MONEY).order_by("pk")
    payments: dict[int, list[int]] = {}
    for pk, verb, before, amount in events.values_list("claim", "verb", "status_before", "details__amount"):
        kept = payments.setdefault(pk, [])
        if verb in (Verb.PAID, Verb.PAPER_KEPT):
            kept.append(amount or 0)
        elif kept and (verb == Verb.PAYMENT_RETURNED or before == Status.PAID):
            # What was handed over last is what a bank sends back.
            kept.pop()
    return {pk: sum(kept) for pk, kept in payments.items()}


def paid_before(claim: Claim) -> int:
    """Only an objection brings a claim back that was paid."""
    return 0 if claim.objected_at is None else paid_so_far([claim.pk]).get(claim.pk, 0)


def is_decided_anew(claim: Claim) -> bool:
    """It came back by an objection, perhaps after a payment."""
    return claim.objected_at is not None and claim.is_open
