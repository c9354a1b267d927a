"""The figures of the staff's first page, kept for some minutes: none may cost what a page costs."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.cache import cache
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from claims.models import Claim, Deficiency, Status
from portal.lib import dates
from portal.lib.text import persian_digits

KEPT_FOR = 600
DAY = 24 * 3600.0
WEEKS = 8
REASONS = 6

# Half of the latest decisions came faster than this.
MEDIAN = """
SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY decided_at - submitted_at))
  FROM (SELECT decided_at, submitted_at FROM claims_claim
         WHERE decided_at IS NOT NULL AND submitted_at IS NOT NULL
         ORDER BY decided_at DESC LIMIT 1000) AS decided
"""
# The same week by week; weeks begin on Saturday.
MEDIANS = """
SELECT width_bucket(decided_at, %s::timestamptz[]) AS week,
       extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY decided_at - submitted_at))
  FROM claims_claim
 WHERE decided_at >= %s AND submitted_at IS NOT NULL
 GROUP BY week
"""
# How many of the queue have waited how many days (as Tehran counts days).
AGES = """
SELECT least(greatest((%s::date - (queued_at AT TIME ZONE 'Asia/Tehran')::date), 0), 5) AS days, count(*)
  FROM claims_claim WHERE status IN ('submitted', 'under_review') AND queued_at IS NOT NULL GROUP BY days
"""
AGE_WORDS = ["امروز", "دیروز", "۲ روز", "۳ روز", "۴ روز", "۵ روز و بیشتر"]
AGE_TONES = ["", "", "", "turn", "turn", "late"]

ROW, BAR, WIDTH = 32, 16, 320


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the table and the bar drawn beside it, from the inline start."""

    label: str
    value: str
    y: int
    x: float
    width: float
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    head: tuple[str, str]
    bars: list[Bar]

    @property
    def height(self) -> int:
        return len(self.bars) * ROW


def median_days() -> str:
    """Days from the submission to the decision, «۲٫۵»; nothing before the first decision."""
    return in_days(cache.get_or_set("median-days", read_median, KEPT_FOR))


def read_median() -> float:
    with connection.cursor() as cursor:
        cursor.execute(MEDIAN)
        (seconds,) = cursor.fetchone()
    return float(seconds or 0)


def in_days(seconds: float) -> str:
    return persian_digits(f"{max(round(seconds / DAY, 1), 0.1):g}".replace(".", "٫")) if seconds else ""


def of_staff(user) -> dict | None:
    """What the first page shows to those who may see claims."""
    if not user.has_perm("claims.view_claim"):
        return None
    return {"median": median_days(), "charts": cache.get_or_set("dashboard", charts, KEPT_FOR)}


def charts() -> list[Chart]:
    return [
        chart("درخواست‌ها به وضعیت", ("وضعیت", "شمار"), states()),
        chart("سن صف", ("در صف", "شمار"), ages()),
        chart("علت‌های نقص در این ماه", ("علت", "شمار"), reasons()),
        chart("میانهٔ زمان تصمیم به روز، هفته به هفته", ("هفتهٔ آغازشده در", "روز"), medians(), words=in_days),
    ]


def chart(title: str, head: tuple[str, str], rows: list[tuple], *, words=persian_digits) -> Chart:
    most = max((value for _, value, _ in rows), default=0) or 1
    bars = []
    for number, (label, value, tone) in enumerate(rows):
        width = round(WIDTH * float(value) / float(most), 1)
        shown = words(value) or "—"
        bars.append(Bar(label, shown, number * ROW + (ROW - BAR) // 2, round(WIDTH - width, 1), width, tone))
    return Chart(title, head, bars)


def states() -> list[tuple]:
    rows = Claim.objects.exclude(status=Status.DRAFT).order_by().values_list("status")
    counts = dict(rows.annotate(Count("pk")))
    return [(one.label, counts.get(one.value, 0), one.value) for one in Status if one != Status.DRAFT]


def ages() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(AGES, [timezone.localdate()])
        counts = dict(cursor.fetchall())
    return [
        (words, counts.get(days, 0), tone)
        for days, (words, tone) in enumerate(zip(AGE_WORDS, AGE_TONES, strict=True))
    ]


def reasons() -> list[tuple]:
    first = dates.today().replace(day=1).togregorian()
    since = timezone.make_aware(datetime.combine(first, time.min))
    rows = Deficiency.objects.filter(at__gte=since).order_by().values_list("reason__code", "reason__title")
    found = rows.annotate(number=Count("pk")).order_by("-number", "reason__code")[:REASONS]
    return [(f"{title} ({code})", number, "turn") for code, title, number in found]


def medians() -> list[tuple]:
    starts = week_starts()
    with connection.cursor() as cursor:
        cursor.execute(MEDIANS, [starts, starts[0]])
        found = dict(cursor.fetchall())
    return [
        (dates.long(start), float(found.get(number) or 0), "") for number, start in enumerate(starts, start=1)
    ]


def week_starts() -> list[datetime]:
    """The last Saturdays at midnight in Tehran, the oldest first."""
    today = timezone.localdate()
    saturday = today - timedelta(days=(today.weekday() + 2) % 7)
    days = [saturday - timedelta(weeks=weeks) for weeks in reversed(range(WEEKS))]
    return [timezone.make_aware(datetime.combine(day, time.min)) for day in days]
