"""G1: the whole wizard, kept at every step, beside formtools, which keeps nothing until its end."""

import functools

from django.core.files.uploadedfile import SimpleUploadedFile

from benchmarks import cost, people
from benchmarks.goals import Row, row
from benchmarks.rounds import ROUNDS, interleaved
from catalog.models import BaseInsurer, Province, ServiceType

# So many journeys a round, that ten milliseconds more or less are nothing.
JOURNEYS = 8
LEVELS = {
    "calls": (0.60, 0.40),
    "statements": (0.85, 0.70),
    "cpu_ms": (0.70, 0.50),
    "wall_ms": (0.75, 0.55),
}


@functools.cache
def _jpeg() -> bytes:
    from tests.claims.documents import files

    return files.saved(files.page((900, 1200)))


def picture() -> SimpleUploadedFile:
    """A small one: what a large one costs is G3's subject, and both sides take the same."""
    return SimpleUploadedFile("invoice.jpg", _jpeg(), "image/jpeg")


def ensure_sent(page) -> None:
    """Seen on the last page of both, so that neither pays for a statement of ours."""
    if "کد رهگیری" not in page.content.decode():
        raise AssertionError(page.content.decode())


class Ours:
    def __init__(self) -> None:
        self.client, self.filling = people.signed_in(people.maryam()), people.Filling(people.maryam())

    def __call__(self) -> None:
        ensure_sent(people.fill(self.client, self.filling, picture))


class Peer:
    """Six requests: each answers with the next step's form. On Django's own sessions."""

    url = "/peers/wizard/"

    def __init__(self) -> None:
        self.client = people.signed_in_as_django_does(people.maryam())
        self.filling = people.Filling(people.maryam())
        chosen = {"home_province": Province, "service_type": ServiceType, "base_insurer": BaseInsurer}
        details = self.filling.details()
        self.pks = {name: model.objects.get(code=details[name]).pk for name, model in chosen.items()}

    def __call__(self) -> None:
        self.client.get(self.url)
        reasons = dict.fromkeys(self.filling.missing, people.REASON)
        self.post("basics", self.filling.basics())
        self.post("details", self.filling.details() | self.pks)
        self.post("documents", reasons | {"invoice": picture()})
        self.post("mobile", self.filling.mobile())
        ensure_sent(self.post("review", {}))

    def post(self, step: str, values: dict):
        prefixed = {f"{step}-{name}": value for name, value in values.items()}
        return self.client.post(self.url, prefixed | {"claim_wizard-current_step": step})


def figures(journey, *, journeys: int = JOURNEYS) -> dict[str, float]:
    meter = cost.Meter()
    for _ in range(journeys):
        journey()
    spent = {name: value / journeys for name, value in meter.read().items()}
    with cost.statements() as sql:
        journey()
    return spent | {"calls": cost.calls(journey), "statements": sql.count}


def rows(*, rounds: int = ROUNDS, journeys: int = JOURNEYS) -> list[Row]:
    sides = {"ours": Ours(), "peer": Peer()}
    for side in sides.values():
        side()
    found = interleaved(
        {name: functools.partial(figures, side, journeys=journeys) for name, side in sides.items()},
        rounds=rounds,
    )
    return [
        row(
            "G1",
            f"wizard, {figure.removesuffix('_ms')}",
            found.ratios("ours", "peer", figure),
            must=must,
            best=best,
            unit="ms" if figure.endswith("_ms") else "",
            peer=found.median("peer", figure),
            ours=found.median("ours", figure),
            voided=found.voided,
        )
        for figure, (must, best) in LEVELS.items()
    ]
