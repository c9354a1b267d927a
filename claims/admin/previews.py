"""The texts that an act will send, shown before it is done, with the number of parts they cost."""

from datetime import timedelta
from functools import cached_property

from django.utils import timezone

from claims import messages
from claims.lifecycle.moves import Verb
from claims.models import Claim, ClaimEvent
from notifications import texts
from notifications.models import MessageTemplate
from portal.lib import dates

VERBS = (Verb.APPROVED, Verb.MARKED_DEFICIENT, Verb.REJECTED, Verb.ORIGINALS_REQUESTED)


class Previews:
    """`messages.of_event` asked about acts that have not happened: the same words that will leave."""

    def __init__(self, claim: Claim, *, payable: int, count: int) -> None:
        self.claim = Claim(
            tracking_code=claim.tracking_code,
            paper_reference=claim.paper_reference,
            payable_amount=payable,
            answer_until=dates.today() + timedelta(days=claim.contract.answer_days),
        )
        branch = claim.home_province.branch if claim.home_province_id else None
        place = branch.name if branch else claim.home_province.title if claim.home_province_id else ""
        self.details = {"count": count, "branch": place}

    @cached_property
    def templates(self) -> dict[str, MessageTemplate]:
        kinds = [messages.KINDS[verb] for verb in VERBS]
        return {one.kind: one for one in MessageTemplate.objects.filter(kind__in=kinds)}

    @property
    def approved(self) -> dict:
        return self.of(Verb.APPROVED, live="amount")

    @property
    def deficient(self) -> dict:
        return self.of(Verb.MARKED_DEFICIENT, live="count")

    @property
    def rejected(self) -> dict:
        return self.of(Verb.REJECTED)

    @property
    def originals(self) -> dict:
        return self.of(Verb.ORIGINALS_REQUESTED)

    def of(self, verb: Verb, *, live: str = "") -> dict:
        """`pattern` keeps the one value that changes while the officer types."""
        event = ClaimEvent(verb=verb, details=self.details, at=timezone.now())
        told = messages.of_event(self.claim, event)
        template = self.templates[told.kind]
        text = texts.with_footer(template.rendered(told.values))
        pattern = texts.with_footer(template.rendered(told.values | {live: "{value}"})) if live else ""
        return {"text": text, "parts": texts.parts(text), "pattern": pattern}
