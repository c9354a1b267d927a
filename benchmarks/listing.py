"""G13: the list page of a household with ten claims, in calls."""

from django.urls import reverse

from benchmarks import claims_table, cost, people
from benchmarks.goals import Row, row
from benchmarks.rounds import ROUNDS, interleaved

CLAIMS = 10


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    claims_table.household(CLAIMS)
    client = people.signed_in(people.maryam())

    def reading(url):
        return lambda: {"calls": cost.calls(lambda: people.read(client, url))}

    found = interleaved(
        {"floor": reading("/peers/list/"), "ours": reading(reverse("claims:list"))}, rounds=rounds
    )
    return [
        row(
            "G13",
            "list of ten claims, calls",
            found.ratios("ours", "floor", "calls"),
            must=2.0,
            best=1.2,
            floor=found.median("floor", "calls"),
            ours=found.median("ours", "calls"),
            voided=found.voided,
        )
    ]
