"""What managers are told without asking: the day's failures, credit running out, and what other apps tell."""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import mail_managers
from django.db.models import Count
from django.utils import timezone

from notifications.causes import Cause
from notifications.gateways import base, enabled
from notifications.models import Message, ProviderHealth
from portal.lib.money import grouped
from portal.lib.text import persian_digits

log = logging.getLogger(__name__)

ALARM_AGAIN = timedelta(hours=24)
TROUBLE = (Message.State.FAILED, Message.State.UNKNOWN, Message.State.EXPIRED)


def tell(subject: str, text: str) -> bool:
    """Mail the managers; false when the mail server did not take it. The caller's work goes on either way."""
    try:
        mail_managers(subject, text)
    except (smtplib.SMTPException, OSError) as error:
        log.error("The managers got no mail: %s", type(error).__name__)
        return False
    return True


def digest(*, hours: int = 24) -> str:
    """Failures by state, provider and cause, most frequent first; empty when there were none."""
    since = timezone.now() - timedelta(hours=hours)
    rows = (
        Message.objects.settled_since(since)
        .filter(state__in=TROUBLE)
        .order_by()
        .values("state", "provider", "cause")
        .annotate(count=Count("pk"))
        .order_by("-count", "provider")
    )
    return "\n".join(_line(row) for row in rows)


def mail_digest() -> None:
    text = digest()
    if text:
        tell("پیامک‌هایی که در شبانه‌روز گذشته نرسیدند", text)


def check_balances() -> None:
    """Note every provider's credit where it tells, and warn once a day while it is low."""
    for provider in enabled():
        if not provider.is_remote:
            continue
        row, _ = ProviderHealth.objects.get_or_create(provider=provider.name)
        try:
            row.balance = provider.balance()
        except (base.NotSupported, base.GatewayError):
            continue
        row.balance_at = timezone.now()
        row.save(update_fields=["balance", "balance_at"])
        if row.balance < settings.SMS_LOW_BALANCE:
            _warn(row)


def _warn(row: ProviderHealth) -> None:
    if row.alarmed_at and row.balance_at - row.alarmed_at < ALARM_AGAIN:
        return
    log.error("Provider %s runs out of credit: %s rial left", row.provider, row.balance)
    told = tell(
        f"اعتبار {row.provider} رو به پایان است",
        f"مانده: {grouped(row.balance)} ریال. لطفاً حساب را شارژ کنید تا پیامک‌ها بروند.",
    )
    if told:
        row.alarmed_at = row.balance_at
        row.save(update_fields=["alarmed_at"])


def _line(row: dict) -> str:
    state = Message.State(row["state"]).label
    cause = Cause(row["cause"]).label if row["cause"] else "—"
    return f"{persian_digits(row['count'])} پیامک: {state}، {row['provider'] or '—'}، {cause}"
