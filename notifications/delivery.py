"""From a waiting row to a provider's answer: taken and committed first, nothing locked during the call."""

import logging
import random
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone

from notifications import health, quiet, texts
from notifications.causes import Cause
from notifications.gateways import base, enabled, gateway
from notifications.models import Message, MessageTemplate, Queue

log = logging.getLogger(__name__)

# Longer than a gateway waits (3 s to connect and 10 s to read); renewed for each provider.
LEASE = timedelta(seconds=20)
FIRST_DELAY = 2.0
LONGEST_DELAY = {Queue.OTP: 10.0, Queue.NOTICES: 600.0, Queue.REMINDERS: 600.0}
# A code asked for again within this time goes through another provider than the one before.
RECENTLY = timedelta(minutes=10)
# A phone that is switched on has the message within a minute; then the questions grow rarer.
FIRST_QUESTION = timedelta(minutes=1)

State = Message.State

# One statement that commits by itself: who takes rows while others wait for them should not make five journeys.
# The inner question stands in an array, so that it is asked, and its rows are locked, once.
TAKE = """
    UPDATE notifications_message
    SET state = 'sending', attempts = attempts + 1, leased_until = %s, provider = %s
    WHERE id = ANY (ARRAY ({found} FOR UPDATE SKIP LOCKED))
    RETURNING *
"""
# What `record` does for a sent message, for many of them.
RECORD_SENT = """
    UPDATE notifications_message AS message
    SET state = 'sent', provider = %(provider)s, provider_message_id = done.number, provider_code = '',
        cause = '', sealed = '', leased_until = NULL, sent_at = %(now)s, settled_at = %(now)s, ask_at = %(ask_at)s
    FROM unnest(%(ids)s, %(attempts)s, %(numbers)s) AS done (id, attempts, number)
    WHERE message.id = done.id AND message.attempts = done.attempts AND message.state IN ('sending', 'unknown')
"""


@dataclass(frozen=True)
class Outcome:
    state: State
    provider: str = ""
    message_id: str = ""
    code: str = ""
    cause: str = ""
    asks_status: bool = False


def deliver(message_id: int) -> None:
    """Send one message if it is still waiting; whoever comes second does nothing."""
    row = Message.objects.filter(pk=message_id)
    taken = take(row, limit=1)
    if not taken:
        now = timezone.now()
        expire(row.outlived(now=now), now=now)
    templates = registered_templates(taken)
    for message in taken:
        record(message, send(message, templates.get(message.kind, {})))


def take(rows, *, limit: int) -> list[Message]:
    """Claim waiting rows for sending, in one statement; those past their time are left for `expire`."""
    now = timezone.now()
    rows = rows.filter(state=State.PENDING, due_at__lte=now, not_after__gt=now)
    if quiet.is_quiet(now):
        rows = rows.exclude(queue=Queue.REMINDERS)
    found, values = rows.order_by("due_at").values("pk")[:limit].query.sql_with_params()
    # The provider is written down before it is called: if we die, this is whom to ask.
    first = health.likely_first(enabled())
    taken = Message.objects.raw(TAKE.format(found=found), [now + LEASE, first, *values])
    return sorted(taken, key=lambda message: message.due_at)


def expire(rows, *, now) -> int:
    # The cause of the last try says more than "late", so it stays.
    return rows.update(
        state=State.EXPIRED,
        sealed="",
        settled_at=now,
        leased_until=None,
        cause=Case(When(cause="", then=Value(Cause.LATE)), default=F("cause")),
    )


def send(message: Message, registered: dict) -> Outcome | None:
    """Try the providers in turn until one takes it, one refuses the number, doubt forbids a repeat or time is up.

    `registered` holds the kind's templates by provider. None when the row was taken from us meanwhile:
    then its new holder decides.
    """
    content = message.content()
    passed_on = []
    for provider in health.in_order(enabled(), last=_tried_recently(message)):
        if not _is_still_ours(message, provider.name):
            return None
        if message.not_after <= timezone.now():
            # It waited for a free thread, or for a provider that dawdled before refusing.
            return _too_late(passed_on)
        outgoing = _outgoing(message, provider, *content, registered)
        try:
            with health.watched(provider):
                number = provider.send(outgoing)
        except base.Refused as error:
            return Outcome(State.FAILED, provider.name, code=error.code, cause=error.cause)
        except base.Doubtful as error:
            asks = provider.settles_doubt_by_reference and not outgoing.template
            return Outcome(State.UNKNOWN, provider.name, "", error.code, error.cause, asks)
        except (base.Unfit, base.Unavailable) as error:
            passed_on.append((provider.name, error))
        else:
            return Outcome(State.SENT, provider.name, number, asks_status=provider.asks_status)
    return _nobody_took_it(passed_on)


def _nobody_took_it(passed_on: list[tuple[str, base.GatewayError]]) -> Outcome:
    if not passed_on:
        return Outcome(State.PENDING, cause=Cause.NO_PROVIDER)
    name, error = passed_on[-1]
    # What no provider will take as it is, waiting does not mend; what one could not take now, it may.
    may_come = any(isinstance(error, base.Unavailable) for _, error in passed_on)
    return Outcome(State.PENDING if may_come else State.FAILED, name, code=error.code, cause=error.cause)


def _too_late(passed_on: list[tuple[str, base.GatewayError]]) -> Outcome:
    if not passed_on:
        return Outcome(State.EXPIRED, cause=Cause.LATE)
    name, error = passed_on[-1]
    return Outcome(State.EXPIRED, name, code=error.code, cause=error.cause)


def record(message: Message, outcome: Outcome | None) -> None:
    """Write the result, unless a newer try or a delivery report has been faster."""
    if outcome is None:
        return
    now = timezone.now()
    fields = {
        "state": outcome.state,
        "provider": outcome.provider,
        "provider_message_id": outcome.message_id,
        "provider_code": outcome.code,
        "cause": outcome.cause,
        "leased_until": None,
    }
    if outcome.state == State.PENDING:
        fields |= {"due_at": _next_try(message, now)}
    else:
        fields |= {"settled_at": now, "sealed": ""}
    if outcome.state == State.SENT:
        fields |= {"sent_at": now}
    if outcome.asks_status:
        fields |= {"ask_at": now + FIRST_QUESTION}
    # Given up by the sweeper meanwhile, it may still turn out sent or failed; its text may be gone already.
    open_states = (State.SENDING,) if outcome.state == State.PENDING else (State.SENDING, State.UNKNOWN)
    rows = Message.objects.filter(pk=message.pk, attempts=message.attempts, state__in=open_states)
    rows.update(**fields)
    log.info("Message %s: %s %s %s", message.pk, outcome.state, outcome.provider, outcome.cause)


def record_all(results: list[tuple[Message, Outcome | None]]) -> None:
    """The same for many: those that were sent, nearly all of them, in one statement a provider."""
    sent: dict[tuple[str, bool], list] = {}
    others = []
    for message, outcome in results:
        if outcome is not None and outcome.state == State.SENT:
            sent.setdefault((outcome.provider, outcome.asks_status), []).append((message, outcome))
        else:
            others.append((message, outcome))
    # A single statement commits by itself; several wait for the disk together.
    with transaction.atomic() if len(sent) + len(others) > 1 else nullcontext():
        for message, outcome in others:
            record(message, outcome)
        for (provider, asks_status), rows in sent.items():
            _record_sent(provider, asks_status, rows)


def _record_sent(provider: str, asks_status: bool, rows: list[tuple[Message, Outcome]]) -> None:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            RECORD_SENT,
            {
                "provider": provider,
                "now": now,
                "ask_at": now + FIRST_QUESTION if asks_status else None,
                "ids": [message.pk for message, _ in rows],
                "attempts": [message.attempts for message, _ in rows],
                "numbers": [outcome.message_id for _, outcome in rows],
            },
        )
    log.info("%s messages: sent %s", len(rows), provider)


def settles_doubt(message: Message) -> bool:
    """Whether the provider can be asked by our reference: it knows the one of text sends only."""
    provider = gateway(message.provider)
    registered = registered_templates([message]).get(message.kind, {})
    text, values = message.content()
    outgoing = _outgoing(message, provider, text, values, registered)
    return provider.settles_doubt_by_reference and not outgoing.template


def _outgoing(message, provider, text, values, registered) -> base.Outgoing:
    template = registered.get(provider.name)
    reference = message.provider_reference
    if template:
        parameters = [_parameter(parameter, values) for parameter in template.get("parameters", [])]
        if provider.fits(parameters):
            return base.Outgoing(message.to, text, reference, str(template["template"]), parameters)
    if not message.is_secret and provider.is_remote:
        text = texts.with_footer(text)
    return base.Outgoing(message.to, text, reference)


def _parameter(parameter, values) -> tuple[str, str]:
    name, placeholder = (parameter, parameter) if isinstance(parameter, str) else parameter
    return name, str(values.get(placeholder, ""))


def registered_templates(messages: list[Message]) -> dict[str, dict]:
    """By kind, what is registered at which provider."""
    kinds = {message.kind for message in messages}
    rows = MessageTemplate.objects.filter(kind__in=kinds).exclude(provider_templates={})
    return dict(rows.values_list("kind", "provider_templates"))


def _tried_recently(message) -> set[str]:
    if message.queue != Queue.OTP:
        return set()
    earlier = Message.objects.filter(
        to=message.to, created_at__gte=timezone.now() - RECENTLY, queue=Queue.OTP
    ).exclude(pk=message.pk)
    return set(earlier.exclude(provider="").values_list("provider", flat=True))


def _is_still_ours(message, provider: str) -> bool:
    """Renew the lease and write down who is asked now; false when the sweeper has given us up."""
    was_just_taken = message.leased_until - timezone.now() > LEASE * 0.75
    if provider == message.provider and was_just_taken:
        return True
    rows = Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    message.provider = provider
    return rows.update(provider=provider, leased_until=timezone.now() + LEASE) == 1


def _next_try(message, now):
    delay = min(FIRST_DELAY * 2 ** (message.attempts - 1), LONGEST_DELAY[message.queue])
    # Jitter, so that a thousand messages refused together do not come back together.
    return now + timedelta(seconds=delay * random.uniform(0.75, 1.25))
