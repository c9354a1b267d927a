"""G8: the officer's search and first page among a million claims, beside the default admin."""

import time

from django.contrib.auth import get_user_model
from django.urls import reverse

from benchmarks import cost, people
from benchmarks.goals import Row, row
from benchmarks.rounds import ROUNDS, interleaved
from claims.models import Claim

READS = 5
LEVELS = {"search": (1 / 20, 1 / 60), "queue": (1 / 8, 1 / 15)}


class Side:
    """Two pages; a search may take two requests, and its time is theirs together."""

    def __init__(self, client, *, search, queue) -> None:
        self.client, self.pages = client, {"search": search, "queue": queue}

    def __call__(self) -> dict[str, float]:
        return {name: self.milliseconds(page) for name, page in self.pages.items()}

    def milliseconds(self, page) -> float:
        """The middle of the reads; a slow page needs no second."""
        times = []
        while not times or (len(times) < READS and sum(times) < 0.5):
            start = time.perf_counter()
            page(self.client)
            times.append(time.perf_counter() - start)
        return sorted(times)[len(times) // 2] * 1000

    def statements(self) -> dict[str, int]:
        counts = {}
        for name, page in self.pages.items():
            with cost.statements() as sql:
                page(self.client)
            counts[name] = sql.count
        return counts


def sides() -> dict[str, Side]:
    code = Claim.objects.filter(status="submitted").latest("pk").tracking_code
    lists = reverse("admin:claims_claim_changelist")

    def find(client):
        url = people.went_on(client.post(reverse("admin:claims_claim_find"), {"wanted": code}))
        shows(people.read(client, url), code)

    def search(client):
        shows(people.read(client, f"/peers/admin/claims/claim/?q={code}"), code)

    superuser = get_user_model().objects.create_superuser("peer", "Quiet-river-27", staff_name="مدیر")
    peer = people.signed_in(superuser)
    return {
        "peer": Side(
            peer,
            search=search,
            queue=lambda client: people.read(client, "/peers/admin/claims/claim/?status__exact=submitted"),
        ),
        "ours": Side(people.officer(), search=find, queue=lambda client: people.read(client, lists)),
    }


def shows(response, code: str) -> None:
    if code not in response.content.decode():
        raise AssertionError(f"{code} was not found")


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    both = sides()
    found = interleaved(both, rounds=rounds)
    counts = both["ours"].statements()
    return [
        row(
            "G8",
            f"officer's {page} among a million",
            found.ratios("ours", "peer", page),
            must=must,
            best=best,
            unit="ms",
            peer=found.median("peer", page),
            ours=found.median("ours", page),
            voided=found.voided,
        )
        for page, (must, best) in LEVELS.items()
    ] + [row("G8", f"statements of the {page}", [counts[page]], must=10, best=8) for page in LEVELS]
