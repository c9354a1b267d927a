"""G7: among a million claims the last page costs what the first does, and a household what it cost among a thousand."""

from django.conf import settings
from django.db import connection
from django.urls import reverse

from benchmarks import cost, people
from benchmarks.goals import Row, row
from benchmarks.rounds import ROUNDS, interleaved
from claims.models import Claim

LISTS = reverse("admin:claims_claim_changelist")
READS = 15


class Reading:
    """One page, read again and again; what counts is the time its statements take."""

    def __init__(self, client, url: str, *, database: str | None = None) -> None:
        self.client, self.url, self.database = client, url, database

    def __call__(self) -> dict[str, float]:
        self.use_database()
        self.sql()
        return {"sql_ms": sorted(self.sql() for _ in range(READS))[READS // 2] * 1000}

    def sql(self) -> float:
        with cost.statements() as sql:
            people.read(self.client, self.url)
        return sql.seconds

    def use_database(self) -> None:
        if self.database and self.database != connection.settings_dict["NAME"]:
            connection.close()
            connection.settings_dict["NAME"] = self.database


def last_page(first: Reading, query: str) -> Reading:
    """The one that begins with the oldest claims but one page."""
    oldest = Claim.objects.filter(status="paid").order_by("pk").values_list("pk", flat=True)
    return Reading(first.client, f"{LISTS}?{query}&before={oldest[25]}")


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    first = Reading(people.officer(), f"{LISTS}?status=paid")
    queue = Reading(first.client, LISTS)
    pages = {
        "first": first,
        "last": last_page(first, "status=paid"),
        "queue": queue,
        # As far as the queue's pages go; beyond them it is served from its oldest end.
        "end": Reading(first.client, f"{LISTS}?page=120"),
    }
    found = interleaved(pages, rounds=rounds)
    return [
        *_rows(found, ("last", "first", "last page of a list"), ("end", "queue", "last page of the queue")),
        *_rows(interleaved(households(), rounds=rounds), ("many", "few", "household, 1 M against 1 k")),
    ]


def households() -> dict[str, Reading]:
    many, few = settings.DATABASES["default"]["NAME"], few_database()
    sides = {}
    for name, database in (("few", few), ("many", many)):
        reading = Reading(None, reverse("claims:list"), database=database)
        reading.use_database()
        reading.client = people.signed_in(people.maryam())
        sides[name] = reading
    return sides


def few_database() -> str:
    """The small one is made beside the large one by benchmarks/prepare.py and named after it."""
    return settings.DATABASES["default"]["NAME"].replace("million", "thousand")


def _rows(found, *pairs) -> list[Row]:
    return [
        row(
            "G7",
            what,
            found.ratios(mine, other, "sql_ms"),
            must=1.5,
            best=1.2,
            unit="ms",
            floor=found.median(other, "sql_ms"),
            ours=found.median(mine, "sql_ms"),
            voided=found.voided,
        )
        for mine, other, what in pairs
    ]
