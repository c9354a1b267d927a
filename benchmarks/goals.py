"""One line of the table for each figure: what must be reached, what was measured, and whether it was."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

HEADINGS = ("goal", "what", "floor", "peer", "ours", "ratio", "range", "must", "goal", "reached")


@dataclass(frozen=True)
class Row:
    """`ratio` is the figure that `must` and `best` judge; where nothing is compared it is our own value."""

    goal: str
    what: str
    must: float
    best: float
    ratio: float
    spread: tuple[float, float]
    unit: str = ""
    floor: float | None = None
    peer: float | None = None
    ours: float | None = None
    more_is_better: bool = False
    voided: int = 0
    note: str = ""

    @property
    def reached(self) -> str:
        if self._meets(self.best):
            return "goal"
        return "must" if self._meets(self.must) else "NO"

    def _meets(self, level: float) -> bool:
        return self.ratio >= level if self.more_is_better else self.ratio <= level

    def as_json(self) -> dict:
        return asdict(self) | {"reached": self.reached}


def row(goal: str, what: str, values: Sequence[float], *, must: float, best: float, **more) -> Row:
    """The median of the rounds' own ratios, with their range."""
    return Row(goal, what, must, best, median(values), (min(values), max(values)), **more)


def table(rows: Sequence[Row]) -> str:
    lines = [HEADINGS, *(_cells(one) for one in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    notes = [f"{one.goal} {one.what}: {_notes(one)}" for one in rows if _notes(one)]
    return "\n".join([*(line.rstrip() for line in text), *notes])


def _cells(one: Row) -> tuple[str, ...]:
    sign = "≥" if one.more_is_better else "≤"
    measured = (_value(value, one.unit) for value in (one.floor, one.peer, one.ours))
    spread = "–".join(map(_number, one.spread))
    levels = (f"{sign} {_number(level)}" for level in (one.must, one.best))
    return (one.goal, one.what, *measured, _number(one.ratio), spread, *levels, one.reached)


def _notes(one: Row) -> str:
    voided = f"{one.voided} rounds voided by drift" if one.voided else ""
    return "; ".join(filter(None, (one.note, voided)))


def _value(value: float | None, unit: str) -> str:
    return "" if value is None else f"{_number(value)} {unit}".strip()


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
