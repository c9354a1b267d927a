"""Which provider to ask first: the operator's order, less those that refuse or dawdle at the moment.

The counts are rows, so that all workers share them; each process writes its successes once a second.
"""

import logging
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from notifications.gateways import base
from notifications.models import ProviderHealth

log = logging.getLogger(__name__)

WINDOW = timedelta(minutes=1)
# Rested when at least so many of the last minute's sends went wrong or slowly, and at least half of all.
ENOUGH = 3
SHARE = 0.5
SLOW = 5.0
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=5)
# While one worker tries a rested provider again, the others keep away from it so long.
PROBE = timedelta(seconds=15)

_SEEN_FOR = 1.0
_lock = threading.Lock()
_seen: tuple[float, dict] = (float("-inf"), {})
_accepted: dict[str, int] = {}
_written_at = 0.0


def in_order(gateways: list[base.Gateway], *, last: frozenset | set = frozenset()) -> list[base.Gateway]:
    """Those in `last` after the others, and rested ones at the very end: better asked than nobody at all.

    One whose rest is over comes in its place to the first who asks, and to the others after that one's success.
    """
    rests = _rests()
    return sorted(gateways, key=lambda gateway: (_is_resting(rests, gateway.name), gateway.name in last))


def likely_first(gateways: list[base.Gateway]) -> str:
    """The name of the one most messages go to now; asks nobody."""
    rests = _rests()
    return next((gateway.name for gateway in sorted(gateways, key=lambda one: one.name in rests)), "")


@contextmanager
def watched(gateway: base.Gateway):
    """Count how this send went; what is the message's own fault says nothing about the provider."""
    began_at, began = timezone.now(), time.monotonic()
    try:
        yield
    except (base.Unavailable, base.Doubtful) as error:
        if gateway.is_remote:
            last = {"last_cause": error.cause, "last_code": error.code, "last_refused_at": timezone.now()}
            _count(gateway.name, began_at, refused=1, **last)
        raise
    if not gateway.is_remote:
        return
    if time.monotonic() - began > SLOW:
        _count(gateway.name, began_at, slow=1)
    else:
        _count_accepted(gateway.name, began_at)


def forget() -> None:
    """Read the rows afresh: for tests and after staff changed one."""
    with _lock:
        _store(float("-inf"), {})
        _accepted.clear()


def know(providers) -> None:
    """A row for each, also before anything was sent through it."""
    rows = [ProviderHealth(provider=provider) for provider in providers]
    ProviderHealth.objects.bulk_create(rows, ignore_conflicts=True)


def rest_ends(provider: str) -> None:
    """Try a rested provider again at once."""
    ProviderHealth.objects.filter(provider=provider).update(
        rests_until=None, rests_in_a_row=0, accepted=0, refused=0, slow=0, window_began_at=timezone.now()
    )
    forget()


def _rests() -> dict:
    at, rests = _seen
    if time.monotonic() - at < _SEEN_FOR:
        return rests
    rests = dict(ProviderHealth.objects.exclude(rests_until=None).values_list("provider", "rests_until"))
    with _lock:
        _store(time.monotonic(), rests)
    return rests


def _is_resting(rests: dict, provider: str) -> bool:
    until = rests.get(provider)
    if until is None:
        return False
    now = timezone.now()
    if until > now:
        return True
    # Its rest is over: one worker tries it, the others learn from the outcome.
    mine = ProviderHealth.objects.filter(provider=provider, rests_until=until).update(rests_until=now + PROBE)
    rests[provider] = now + PROBE
    return mine == 0


def _count_accepted(provider: str, began_at) -> None:
    """Added up in memory and written once a second, or at once when it ends a rest."""
    global _written_at
    rested = provider in _rests()
    with _lock:
        _accepted[provider] = _accepted.get(provider, 0) + 1
        if not rested and time.monotonic() - _written_at < _SEEN_FOR:
            return
        _written_at = time.monotonic()
        counts = dict(_accepted)
        _accepted.clear()
    for name, count in counts.items():
        _count(name, began_at, accepted=count)


def _count(provider: str, began_at, *, accepted: int = 0, refused: int = 0, slow: int = 0, **last) -> None:
    now = timezone.now()
    know([provider])
    with transaction.atomic():
        row = ProviderHealth.objects.select_for_update().get(provider=provider)
        # A call that began before the rest did is no news about the provider after it.
        is_news = row.rests_until is None or began_at > row.window_began_at
        if now - row.window_began_at > WINDOW:
            row.window_began_at, row.accepted, row.refused, row.slow = now, 0, 0, 0
        row.accepted, row.refused, row.slow = row.accepted + accepted, row.refused + refused, row.slow + slow
        for name, value in last.items():
            setattr(row, name, value)
        if is_news:
            _judge(row, now, went_well=accepted > 0)
        row.save()
    _learn(row)


def _judge(row: ProviderHealth, now, *, went_well: bool) -> None:
    if went_well:
        if row.rests_until:
            row.rests_until, row.rests_in_a_row, row.refused, row.slow = None, 0, 0, 0
        return
    bad = row.refused + row.slow
    is_probe = row.rests_until is not None
    if is_probe or (bad >= ENOUGH and bad >= SHARE * (bad + row.accepted)):
        row.rests_until = now + min(FIRST_REST * 2 ** min(row.rests_in_a_row, 8), LONGEST_REST)
        row.rests_in_a_row = min(row.rests_in_a_row + 1, 8)
        row.window_began_at, row.accepted, row.refused, row.slow = now, 0, 0, 0
        log.warning("Provider %s rests: %s", row.provider, row.last_cause or "slow")


def _learn(row: ProviderHealth) -> None:
    """What this process has just written, it need not wait a second to see."""
    with _lock:
        at, rests = _seen
        rests = {name: until for name, until in rests.items() if name != row.provider}
        if row.rests_until:
            rests[row.provider] = row.rests_until
        _store(at, rests)


def _store(at: float, rests: dict) -> None:
    global _seen
    _seen = (at, rests)
