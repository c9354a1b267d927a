"""What /metrics tells about messages, read from the database: sender and web are different processes."""

from django.db import DatabaseError, connection
from django.utils import timezone
from prometheus_client.core import REGISTRY, GaugeMetricFamily, SummaryMetricFamily
from prometheus_client.registry import Collector

from notifications.models import ProviderHealth, Queue

# Both read a few thousand rows at most, through the indexes message_waiting and message_settled.
WAITING = """
    SELECT queue, count(*), extract(epoch FROM %(now)s - min(due_at))
    FROM notifications_message WHERE state = 'pending' AND due_at <= %(now)s GROUP BY queue
"""
SETTLED = """
    SELECT provider, state, cause, count(*)
    FROM notifications_message WHERE settled_at > %(now)s - interval '5 minutes' GROUP BY 1, 2, 3
"""
HANDED_OVER = """
    SELECT queue, count(*), sum(extract(epoch FROM sent_at - created_at)),
           percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM sent_at - created_at))
    FROM notifications_message
    WHERE settled_at > %(now)s - interval '5 minutes' AND sent_at IS NOT NULL AND queue <> 'reminders'
    GROUP BY queue
"""


class MessageCollector(Collector):
    def describe(self):
        """Nothing is read at registration, when there may be no database yet."""
        return []

    def collect(self):
        try:
            return [*_waiting(), _settled(), *_handed_over(), *_providers()]
        except DatabaseError:
            # The page still tells the rest.
            return []


def register() -> None:
    REGISTRY.register(MessageCollector())


def _rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"now": timezone.now()})
        return cursor.fetchall()


def _waiting():
    length = GaugeMetricFamily("portal_sms_waiting", "Messages that are due", labels=["queue"])
    age = GaugeMetricFamily("portal_sms_queue_age_seconds", "Age of the oldest due message", labels=["queue"])
    found = {queue: (count, seconds) for queue, count, seconds in _rows(WAITING)}
    for queue in Queue.values:
        count, seconds = found.get(queue, (0, 0))
        length.add_metric([queue], count)
        age.add_metric([queue], float(seconds))
    return length, age


def _settled():
    settled = GaugeMetricFamily(
        "portal_sms_settled_5m",
        "Messages of the last five minutes by how they ended",
        labels=["provider", "state", "cause"],
    )
    for provider, state, cause, count in _rows(SETTLED):
        settled.add_metric([provider, state, cause], count)
    return settled


def _handed_over():
    """Percentiles as a gauge by quantile; the summary carries count and sum."""
    quantiles = GaugeMetricFamily(
        "portal_sms_handover_seconds", "From commit to the provider's yes", labels=["queue", "quantile"]
    )
    total = SummaryMetricFamily(
        "portal_sms_handover_5m_seconds", "The same, added up over five minutes", labels=["queue"]
    )
    for queue, count, seconds, found in _rows(HANDED_OVER):
        total.add_metric([queue], count, float(seconds))
        for quantile, value in zip(("0.5", "0.95", "0.99"), found, strict=True):
            quantiles.add_metric([queue, quantile], float(value))
    return quantiles, total


def _providers():
    rests = GaugeMetricFamily(
        "portal_sms_provider_rests", "1 while a provider is left alone", labels=["provider"]
    )
    balance = GaugeMetricFamily("portal_sms_provider_balance", "Credit left, in rial", labels=["provider"])
    now = timezone.now()
    for provider in ProviderHealth.objects.all():
        rests.add_metric([provider.provider], bool(provider.rests_until and provider.rests_until > now))
        if provider.balance is not None:
            balance.add_metric([provider.provider], provider.balance)
    return rests, balance
