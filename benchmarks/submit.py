"""G12: the SQL part of a submission, with claim, history, round, message and the same answer to a repetition."""

from django.db import transaction

from benchmarks import cost, people
from benchmarks.goals import Row, row
from benchmarks.journey import picture
from benchmarks.rounds import ROUNDS, interleaved
from claims import lifecycle
from claims.reading import own_claim
from members.access import enrolments_of
from members.models import Discrepancy

SUBMISSIONS = 10


class Ours:
    """Drafts that were filled in before; only sending them is measured."""

    def __init__(self) -> None:
        self.account = people.maryam()
        self.client, self.filling = people.signed_in(self.account), people.Filling(self.account)

    def __call__(self) -> dict[str, float]:
        spent = []
        for _ in range(SUBMISSIONS):
            code = people.draft(self.client, self.filling, picture)
            # As the page reads it, which has to show it anyway.
            claim = own_claim(code, enrolments_of(self.account))
            with cost.statements() as sql:
                lifecycle.submit(claim, by=self.account)
            spent.append(sql.seconds * 1000)
        return {"sql_ms": sorted(spent)[SUBMISSIONS // 2], "statements": sql.count}


def floor() -> dict[str, float]:
    """One row, made durable."""
    spent = []
    for _ in range(SUBMISSIONS * 4):
        with cost.statements() as sql, transaction.atomic():
            Discrepancy.objects.create(subject="person", text="نام پدر نادرست است.")
        spent.append(sql.seconds * 1000)
    return {"sql_ms": sorted(spent)[SUBMISSIONS * 2], "statements": sql.count}


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    found = interleaved({"floor": floor, "ours": Ours()}, rounds=rounds)
    return [
        row(
            "G12",
            "submit, SQL part",
            found.ratios("ours", "floor", "sql_ms"),
            must=3,
            best=2,
            unit="ms",
            floor=found.median("floor", "sql_ms"),
            ours=found.median("ours", "sql_ms"),
            voided=found.voided,
            note=f"{found.median('ours', 'statements'):.0f} statements and the commit",
        )
    ]
