"""How often something may be tried: counted in PostgreSQL, so that a lost Redis never opens a door.

Count before the work and outside of a transaction: inside one, a refusal rolls its own count back.
"""

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from members.models import Limit
from portal.lib.joined import Joined
from portal.lib.text import persian_digits

# One statement, so that parallel tries cannot read the same count; a window that is over begins anew. In order, so
# that two who count in the same windows wait for each other and not both.
_COUNTED = """
    INSERT INTO members_limit AS kept (key, count, ends_at)
    SELECT tried.* FROM unnest(%(keys)s::text[], %(amounts)s::int[], %(ends)s::timestamptz[]) tried{beside} ORDER BY 1
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN kept.ends_at <= %(now)s THEN excluded.count ELSE kept.count + excluded.count END,
        ends_at = CASE WHEN kept.ends_at <= %(now)s THEN excluded.ends_at ELSE kept.ends_at END
    RETURNING key, count, ends_at
"""
_counted = Joined(_COUNTED.format(beside=""), name="tries_counted")
# No request waits for the disk with its count: a server that breaks down may forget the tries of its last second.
# Others see them at once. Only where the statement stands alone, for it holds for the transaction it stands in.
_counted_soon = Joined(
    _COUNTED.format(beside=", set_config('synchronous_commit', 'off', true)"), name="tries_counted_soon"
)
TOO_MANY = "تعداد تلاش‌ها بیش از حد است؛ {wait} دیگر دوباره امتحان کنید."


class TooMany(Exception):
    """Refused: the text is the sentence the person reads, `wait` the seconds until the next try.

    `is_first`: of all that are refused in this window, exactly one is the first.
    """

    def __init__(self, sentence: str, wait: int, *, is_first: bool):
        super().__init__(sentence)
        self.wait = wait
        self.is_first = is_first


def spend(scope: str, *keys: object, sentence: str = TOO_MANY, amount: int = 1) -> int:
    """Count one try (or `amount`, of what is not counted in tries) and answer how many there are in this window.

    More than allowed raises TooMany.
    """
    return spend_all({scope: amount}, *keys, sentence=sentence)[scope]


def spend_all(amounts: dict[str, int], *keys: object, sentence: str = TOO_MANY) -> dict[str, int]:
    """The same in several scopes at once; the first of them that is spent refuses."""
    now, scopes = timezone.now(), {_key(scope, keys): scope for scope in amounts}
    ends = [now + timedelta(seconds=allowed(scope)[1]) for scope in amounts]
    counted = _counted if connection.in_atomic_block else _counted_soon
    rows = counted.rows(keys=list(scopes), amounts=list(amounts.values()), ends=ends, now=now)
    found = {scopes[key]: told for key, *told in (row.extra for row in rows)}
    for scope, amount in amounts.items():
        (count, ends_at), (most, _) = found[scope], allowed(scope)
        if count > most:
            wait = seconds_until(ends_at)
            raise TooMany(with_wait(sentence, wait), wait, is_first=count - amount <= most)
    return {scope: count for scope, (count, _) in found.items()}


def allowed(scope: str) -> tuple[int, int]:
    """How many tries, per how many seconds."""
    return settings.LIMITS[scope]


def count(scope: str, *keys: object) -> int:
    """How many tries are counted now; counts none itself."""
    rows = Limit.objects.filter(key=_key(scope, keys), ends_at__gt=timezone.now())
    return rows.values_list("count", flat=True).first() or 0


def refuse_once_spent(scope: str, *keys: object, sentence: str = TOO_MANY) -> None:
    """As `spend` would refuse, but counts no try."""
    most, _ = allowed(scope)
    rows = Limit.objects.filter(key=_key(scope, keys), ends_at__gt=timezone.now(), count__gte=most)
    if ends_at := rows.values_list("ends_at", flat=True).first():
        wait = seconds_until(ends_at)
        raise TooMany(with_wait(sentence, wait), wait, is_first=False)


def is_crowded(scope: str, *keys: object, than: str) -> bool:
    """Whether as many are counted in `scope` as `than` allows: reason for a security code, not yet for a refusal."""
    most, _ = allowed(than)
    return count(scope, *keys) >= most


def give_back(scope: str, *keys: object) -> None:
    """Take back one try that turned out harmless."""
    Limit.objects.filter(key=_key(scope, keys), count__gt=0).update(count=F("count") - 1)


def hold(scope: str, *keys: object, seconds: int) -> None:
    """Let the present window last that long from now."""
    ends_at = timezone.now() + timedelta(seconds=seconds)
    Limit.objects.filter(key=_key(scope, keys)).update(ends_at=ends_at)


def forget(scope: str, *keys: object) -> None:
    Limit.objects.filter(key=_key(scope, keys)).delete()


def sweep() -> int:
    """Remove the windows that are over."""
    return Limit.objects.filter(ends_at__lte=timezone.now()).delete()[0]


def address_of(request) -> str:
    """The sender's network address; of X-Forwarded-For only what our own proxies have added is believed."""
    proxies = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < proxies <= len(forwarded):
        return _network(forwarded[-proxies])
    return _network(request.META.get("REMOTE_ADDR", ""))


def in_words(seconds: int) -> str:
    """A wait as people say it, never shorter than it is."""
    for size, unit in ((3600, "ساعت"), (60, "دقیقه")):
        if seconds > size:
            return f"{persian_digits(-(-seconds // size))} {unit}"
    return f"{persian_digits(max(seconds, 1))} ثانیه"


def with_wait(sentence: str, seconds: int) -> str:
    """The sentence with its {wait}: «۵ دقیقه», and «۵ دقیقهٔ دیگر» where more follows."""
    words = in_words(seconds)
    later = f"{words}ٔ" if words.endswith("ه") else words
    return sentence.replace("{wait} دیگر", f"{later} دیگر").format(wait=words)


def seconds_until(moment: datetime) -> int:
    """Whole seconds, rounded up: who waits that long is not refused again."""
    return max(0, -int((timezone.now() - moment).total_seconds() // 1))


def keyed(scope: str, *keys: object) -> str:
    """A keyed hash: the same number is found again, and nobody reads it from the table."""
    return _key(scope, keys)


def _key(scope: str, keys: tuple) -> str:
    text = "\x1f".join(str(key) for key in (scope, *keys))
    return salted_hmac("members.limits", text, algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    mapped = getattr(parsed, "ipv4_mapped", None)
    if parsed.version == 4 or mapped:
        return str(mapped or parsed)
    # One subscriber holds a whole /64 of IPv6 and could use each of its addresses once.
    return str(ipaddress.ip_network((parsed, 64), strict=False))
