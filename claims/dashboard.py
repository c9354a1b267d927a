"""The figures of the staff's first page, kept for some minutes: none may cost what a page costs."""

from django.core.cache import cache
from django.db import connection

from portal.lib.text import persian_digits

KEPT_FOR = 600
DAY = 24 * 3600.0

# Half of the latest decisions came faster than this.
MEDIAN = """
SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY decided_at - submitted_at))
  FROM (SELECT decided_at, submitted_at FROM claims_claim
         WHERE decided_at IS NOT NULL AND submitted_at IS NOT NULL
         ORDER BY decided_at DESC LIMIT 1000) AS decided
"""


def median_days() -> str:
    """Days from the submission to the decision, «۲٫۵»; nothing before the first decision."""
    kept = cache.get_or_set("median-days", read_median, KEPT_FOR)
    return persian_digits(f"{kept:g}".replace(".", "٫")) if kept else ""


def read_median() -> float:
    with connection.cursor() as cursor:
        cursor.execute(MEDIAN)
        (seconds,) = cursor.fetchone()
    return 0.0 if seconds is None else max(round(float(seconds) / DAY, 1), 0.1)


def of_staff(user) -> dict | None:
    """What the first page shows to those who may see claims."""
    return None
