"""Settling what is not known: senders that died, answers that never came, messages that may have arrived."""

import logging
from datetime import timedelta

from django.db.models.functions import Coalesce
from django.utils import timezone

from notifications import delivery
from notifications.causes import Cause
from notifications.gateways import KNOWN, base, gateway
from notifications.models import Message

log = logging.getLogger(__name__)

State = Message.State
# Carriers give up on a switched-off phone after about a day; so do our questions.
ASKED_FOR = timedelta(hours=24)
AFTER_ERROR = timedelta(minutes=5)
AT_ONCE = 100


def settle_stuck(*, now) -> int:
    """Rows whose sender died between taking them and writing the result: ask, or call it unknown."""
    settled = 0
    for message in Message.objects.stuck(now=now)[:AT_ONCE]:
        mine = Message.objects.stuck(now=now).filter(pk=message.pk)
        if mine.update(leased_until=now + delivery.LEASE):
            _settle(message, now)
            settled += 1
    return settled


def _settle(message: Message, now) -> None:
    row = Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    if not message.provider:
        # No provider had been chosen, so nobody was called.
        row.update(state=State.PENDING, leased_until=None)
        return
    if delivery.settles_doubt(message):
        try:
            found = gateway(message.provider).status_by_reference(message.provider_reference)
        except base.GatewayError:
            if message.not_after > now:
                # Its lease runs again; the next round asks again.
                return
        else:
            if found is None:
                row.update(state=State.PENDING, leased_until=None, due_at=now)
            else:
                _write_found(row, *found, now=now)
            return
    row.update(state=State.UNKNOWN, cause=Cause.SENDER_DIED, sealed="", settled_at=now, leased_until=None)
    log.warning("Message %s: its sender died, unknown at %s", message.pk, message.provider)


def ask_about_delivery(*, now) -> int:
    """Ask the providers that can be asked about messages whose turn has come."""
    due = list(Message.objects.filter(ask_at__lte=now).order_by("ask_at")[:AT_ONCE])
    for name in {message.provider for message in due}:
        rows = [message for message in due if message.provider == name]
        # Postponed before asking, so that a second sweeper asks about others.
        for message in rows:
            Message.objects.filter(pk=message.pk).update(ask_at=_next_question(message, now))
        try:
            _ask(name, rows, now)
        except (base.GatewayError, base.NotSupported) as error:
            log.warning("Provider %s does not tell about delivery: %s", name, error)
    return len(due)


def _ask(name: str, rows: list[Message], now) -> None:
    if name not in KNOWN:
        return
    provider = gateway(name)
    numbered = [message.provider_message_id for message in rows if message.provider_message_id]
    if numbered:
        for number, status in provider.statuses(numbered).items():
            apply(name, number, status)
    for message in rows:
        if not message.provider_message_id:
            found = provider.status_by_reference(message.provider_reference)
            if found is not None:
                row = Message.objects.filter(pk=message.pk, state=State.UNKNOWN)
                _write_found(row, *found, now=now)


def _next_question(message: Message, now):
    age = now - (message.settled_at or message.created_at)
    # As long again as it is old: six or seven questions in a day.
    return now + max(age, delivery.FIRST_QUESTION) if age < ASKED_FOR else None


def _write_found(row, number: str, status: base.Status, *, now) -> None:
    row.update(
        state=status.state,
        provider_message_id=number,
        provider_code=status.code,
        cause=status.cause,
        sealed="",
        leased_until=None,
        sent_at=Coalesce("sent_at", now),
        settled_at=Coalesce("settled_at", now),
        delivered_at=now if status.state == State.DELIVERED else None,
        ask_at=now + delivery.FIRST_QUESTION if status.state == State.SENT else None,
    )


def apply(provider: str, number: str, status: base.Status) -> int:
    """Write what a provider tells about a message. An older state never replaces a newer one."""
    now = timezone.now()
    rows = Message.objects.filter(provider=provider, provider_message_id=number)
    if status.state == State.DELIVERED:
        # A report that came late may have called it failed; having arrived is stronger.
        rows = rows.filter(state__in=(State.SENT, State.UNKNOWN, State.FAILED))
        return rows.update(
            state=State.DELIVERED, delivered_at=now, cause="", provider_code=status.code, ask_at=None
        )
    rows = rows.filter(state__in=(State.SENT, State.UNKNOWN))
    if status.state == State.FAILED:
        return rows.update(
            state=State.FAILED, settled_at=now, cause=status.cause, provider_code=status.code, ask_at=None
        )
    return 0
