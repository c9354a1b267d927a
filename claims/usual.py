"""How long things usually take, from the portal's own data."""

from django.core.cache import cache
from django.db import connection

# Half of the latest claims were faster than this: (seconds to the decision, seconds from it to the payment).
USUAL = """
SELECT
  (SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY decided_at - submitted_at))
     FROM (SELECT decided_at, submitted_at FROM claims_claim
            WHERE decided_at IS NOT NULL AND submitted_at IS NOT NULL
            ORDER BY decided_at DESC LIMIT 1000) AS decided),
  (SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY paid_at - decided_at))
     FROM (SELECT paid_at, decided_at FROM claims_claim
            WHERE decided_at IS NOT NULL AND paid_at IS NOT NULL
            ORDER BY decided_at DESC LIMIT 1000) AS paid)
"""
DAY = 24 * 3600
KEPT_FOR = 3600
# Until the portal has data of its own.
FIRST_GUESS = (4, 7)


def usual_days() -> tuple[int, int]:
    """Whole days to the decision, and from there to the payment."""
    return cache.get_or_set("usual-days", read, KEPT_FOR)


def read() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(USUAL)
        seconds = cursor.fetchone()
    return tuple(
        guess if value is None else max(1, round(float(value) / DAY))
        for value, guess in zip(seconds, FIRST_GUESS, strict=True)
    )
