"""The one way to send a message: a row in the caller's transaction, handed to a worker after commit."""

import re
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from notifications import sealed
from notifications.causes import Cause
from notifications.handover import hand_over
from notifications.models import LIFE, Message, MessageTemplate, Queue
from notifications.quiet import next_loud
from portal.lib.writing import added

# The worker has a new message this long for itself before the sweeper looks at it.
GRACE = timedelta(seconds=1)
MOBILE = re.compile(r"09\d{9}")


def enqueue(
    *, to: str, recipient, kind: str, values: dict, key: str, not_after: datetime | None = None
) -> Message:
    """Write the message that `kind` and `values` make; the same key again returns the row that is there.

    `recipient` is the account under whose «پیام‌ها» it is shown, or None.
    """
    new = _row(
        MessageTemplate.of(kind), to=to, recipient=recipient, values=values, key=key, not_after=not_after
    )
    message = new if added(new) else Message.objects.get(key=key)
    if message.state == Message.State.PENDING:
        transaction.on_commit(lambda: hand_over(message))
    return message


def send_again(message: Message) -> Message:
    """A new row with the text of an old one; a code cannot be sent again, its text is gone."""
    if message.is_secret:
        raise ValueError("متن کد تأیید نگه داشته نمی‌شود؛ عضو باید کد تازه بخواهد.")
    root = re.sub(r"-again-\d+$", "", message.key)
    count = Message.objects.filter(key__startswith=f"{root}-again-").count()
    return enqueue(
        to=message.to,
        recipient=message.recipient,
        kind=message.kind,
        values=message.values,
        key=f"{root}-again-{count + 1}",
    )


def _row(template: MessageTemplate, *, to, recipient, values, key, not_after) -> Message:
    now = timezone.now()
    due_at = next_loud(now) if template.queue == Queue.REMINDERS else now
    text = template.rendered(values)
    secret = template.is_secret
    message = Message(
        kind=template.kind,
        key=key,
        to=to,
        recipient=recipient,
        values={} if secret else values,
        text="" if secret else text,
        sealed=sealed.seal(text=text, values=values) if secret else "",
        is_secret=secret,
        queue=template.queue,
        provider_reference=str(secrets.randbelow(9 * 10**14) + 10**14),
        not_after=not_after or due_at + LIFE[template.queue],
        due_at=due_at,
        leased_until=now + GRACE,
        created_at=now,
    )
    if not MOBILE.fullmatch(to):
        message.state, message.cause = Message.State.FAILED, Cause.NUMBER
        message.settled_at, message.sealed = now, ""
    return message
