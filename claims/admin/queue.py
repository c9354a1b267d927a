"""The work queue: which claims wait, oldest first, counted and filtered in statements whose cost has a ceiling."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import connection
from django.utils import timezone

from catalog.models import Province, ServiceType
from catalog.tables import catalogue
from claims.admin.filters import AMOUNTS, FILTERS, known, number_of
from claims.models import Claim, Status
from members.models import User
from portal.lib import dates
from portal.lib.text import persian_digits

PAGE = 25
# Beyond it nothing is counted and no page is offered: a queue is served from its oldest end.
CEILING = 3000
WAITING = (Status.SUBMITTED, Status.UNDER_REVIEW)
ELSEWHERE = [status for status in Status if status not in (*WAITING, Status.DRAFT)]

# All counts beside the list in one statement, over the oldest CEILING claims of the queue.
COUNTS = """
WITH waiting AS MATERIALIZED (
    SELECT status, contract_id, home_province_id, service_type_id, officer_id, queued_at,
           CASE WHEN paid_amount < 10000000 THEN 'small' WHEN paid_amount < 50000000 THEN 'middle'
                ELSE 'large' END AS amount
      FROM claims_claim WHERE status IN ('submitted', 'under_review')
     ORDER BY queued_at, id LIMIT %s
), counted AS (
    SELECT CASE WHEN GROUPING(status) = 0 THEN 'status' WHEN GROUPING(contract_id) = 0 THEN 'contract'
                WHEN GROUPING(home_province_id) = 0 THEN 'province' WHEN GROUPING(service_type_id) = 0 THEN 'type'
                WHEN GROUPING(amount) = 0 THEN 'amount' WHEN GROUPING(officer_id) = 0 THEN 'officer'
                ELSE 'all' END AS what,
           coalesce(status, amount) AS word,
           coalesce(contract_id, home_province_id, service_type_id, officer_id) AS pk,
           count(*) AS many, min(queued_at) AS oldest
      FROM waiting
     GROUP BY GROUPING SETS ((), (status), (contract_id), (home_province_id), (service_type_id), (amount),
                             (officer_id))
)
SELECT what, word, counted.pk, many, oldest, coalesce(contract.number, officer.staff_name, '')
  FROM counted
  LEFT JOIN catalog_contract AS contract ON what = 'contract' AND contract.id = counted.pk
  LEFT JOIN members_user AS officer ON what = 'officer' AND officer.id = counted.pk
 ORDER BY many DESC, word, counted.pk
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One link of a filter; `count` is None where counting would cost."""

    label: str
    query: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Age:
    """How long a claim has waited: the words and the colour."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """One claim of the list, and what the officer may do with it here."""

    claim: Claim
    age: Age
    is_mine: bool
    may_take: bool


def age_of(claim: Claim, now: datetime | None = None) -> Age:
    days = days_between(claim.queued_at or claim.submitted_at, now or timezone.now())
    warned = claim.contract.queue_age_days
    tone = "late" if days >= warned + 2 else "turn" if days >= warned else ""
    words = "امروز" if days <= 0 else "دیروز" if days == 1 else f"{persian_digits(days)} روز"
    return Age(words, tone)


def days_between(since: datetime, now: datetime) -> int:
    return (timezone.localdate(now) - timezone.localdate(since)).days


class Queue:
    """One page of the queue as `officer` asked for it by the address."""

    def __init__(self, params, officer: User) -> None:
        self.officer = officer
        self.chosen = {name: value for name in FILTERS if (value := known(name, params.get(name, "")))}
        self.number = number_of(params.get("page"))
        self.before = number_of(params.get("before"), at_least=0)

    # --- what is asked for ---

    @property
    def is_elsewhere(self) -> bool:
        """Claims outside the queue: decided, with the member, or found by a search."""
        return self.is_search or self.chosen.get("status") in ELSEWHERE

    @property
    def is_search(self) -> bool:
        """An answer to «کد رهگیری یا کد ملی»: nothing is counted for it."""
        return "q" in self.chosen or "person" in self.chosen

    @cached_property
    def filtered(self):
        claims = Claim.objects.exclude(status=Status.DRAFT) if self.is_elsewhere else Claim.objects.in_queue()
        for name, value in self.chosen.items():
            claims = FILTERS[name](claims, value, self.officer)
        return claims

    # --- rows ---

    @cached_property
    def mine(self) -> list[Claim]:
        """What the officer has in hand stands first, on the first page."""
        if self.is_elsewhere or self.number > 1:
            return []
        rows = self.filtered.filter(officer=self.officer)
        return list(drawn(rows).order_by("queued_at", "pk")[:PAGE])

    @cached_property
    def rows(self) -> list[Claim]:
        if self.is_elsewhere:
            rows = self.filtered.filter(pk__lt=self.before) if self.before else self.filtered
            return list(drawn(rows).order_by("-pk")[: PAGE + 1])
        # First which, out of the index alone; then the rest of those few.
        page = self.others.order_by("queued_at", "pk").values("pk")[self.first : self.first + PAGE]
        return list(drawn(Claim.objects.filter(pk__in=page)).order_by("queued_at", "pk"))

    @property
    def others(self):
        return self.filtered.exclude(officer=self.officer)

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE

    @cached_property
    def lines(self) -> list[Line]:
        now = timezone.now()
        return [self.line(claim, now) for claim in [*self.mine, *self.rows[:PAGE]]]

    def line(self, claim: Claim, now: datetime) -> Line:
        waits = claim.status in WAITING
        day = claim.submitted_at or claim.created_at
        return Line(
            claim=claim,
            age=age_of(claim, now) if waits else Age(dates.short(day), ""),
            is_mine=waits and claim.officer_id == self.officer.pk,
            may_take=waits and claim.officer_id is None and self.officer.has_perm("claims.review_claim"),
        )

    @property
    def older(self) -> int | None:
        return self.rows[PAGE - 1].pk if self.is_elsewhere and len(self.rows) > PAGE else None

    # --- numbers ---

    @cached_property
    def counts(self) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(COUNTS, [CEILING + 1])
            return cursor.fetchall()

    @cached_property
    def figures(self) -> dict:
        total, oldest = next((row[3], row[4]) for row in self.counts if row[0] == "all")
        return {
            "total": min(total, CEILING),
            "is_more": total > CEILING,
            "oldest": days_between(oldest, timezone.now()) if oldest else None,
            "mine": self.count("officer", self.officer.pk),
        }

    def count(self, what: str, pk) -> int:
        return next((row[3] for row in self.counts if row[0] == what and pk in (row[1], row[2])), 0)

    @cached_property
    def total(self) -> int:
        """Those of the list without the officer's own, up to the ceiling."""
        if not self.chosen:
            return max(self.figures["total"] - self.figures["mine"], 0)
        return self.others.order_by()[:CEILING].count()

    @property
    def pages(self) -> range:
        last = -(-self.total // PAGE)
        start = max(1, min(self.number - 2, last - 4))
        return range(start, min(start + 5, last + 1))

    @property
    def has_next(self) -> bool:
        return not self.is_elsewhere and self.first + PAGE < self.total

    @property
    def last_shown(self) -> int:
        return self.first + len(self.rows)

    # --- filters ---

    @cached_property
    def groups(self) -> list[tuple[str, list[Choice]]]:
        rows = catalogue()
        return [
            ("وضعیت", [self.everything(), *self.statuses()]),
            ("کارشناس", [*self.own_choices(), *self.of("officer", lambda row: row[5] or "بی‌نام")]),
            ("استان", self.of("province", lambda row: rows.get(Province, row[2]).name)),
            ("خدمت", self.of("type", lambda row: brief(rows.get(ServiceType, row[2]).title))),
            ("قرارداد", self.of("contract", lambda row: row[5])),
            (
                "مبلغ",
                [self.choice("amount", key, AMOUNTS[key][0], self.count("amount", key)) for key in AMOUNTS],
            ),
        ]

    @property
    def beyond(self) -> list[Choice]:
        return [self.choice("status", status.value, status.label, None) for status in ELSEWHERE]

    def everything(self) -> Choice:
        chosen = "status" not in self.chosen
        return Choice("همه", self.query(status=None), self.figures["total"], chosen)

    def statuses(self) -> list[Choice]:
        return [
            self.choice("status", one.value, one.label, self.count("status", one.value)) for one in WAITING
        ]

    def own_choices(self) -> list[Choice]:
        free = next((row[3] for row in self.counts if row[0] == "officer" and row[2] is None), 0)
        return [
            self.choice("officer", "none", "بی‌کارشناس", free),
            self.choice("officer", "me", "شما", self.figures["mine"]),
        ]

    def of(self, what: str, label) -> list[Choice]:
        me = self.officer.pk if what == "officer" else None
        found = [row for row in self.counts if row[0] == what and row[2] is not None and row[2] != me]
        return [self.choice(what, str(row[2]), label(row), row[3]) for row in found]

    def choice(self, name: str, value: str, label: str, count: int | None) -> Choice:
        return Choice(label, self.query(**{name: value}), count, self.chosen.get(name) == value)

    def query(self, **changes) -> str:
        """The address of the list with one filter changed; choosing the chosen one again takes it off."""
        kept = {name: value for name, value in self.chosen.items() if name not in ("q", "person")}
        for name, value in changes.items():
            if value is None or kept.get(name) == value:
                kept.pop(name, None)
            else:
                kept[name] = value
        return "&".join(f"{name}={value}" for name, value in kept.items())

    @property
    def this_query(self) -> str:
        return "".join(f"{name}={value}&" for name, value in self.chosen.items())


def drawn(claims):
    """With everything a row prints."""
    return claims.select_related("insured", "contract", "service_type", "service", "home_province", "officer")


def brief(title: str) -> str:
    """What stands before the brackets tells it well enough beside a count."""
    return title.partition(" (")[0]
