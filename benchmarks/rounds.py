"""Rounds: every side in turn, ratios within a round, and no trust in a machine that changed its speed."""

import time
from collections.abc import Callable, Mapping
from statistics import median

ROUNDS = 5
# A round whose machine drifted further says nothing.
MOST_DRIFT = 1.5
# So many voided rounds are repeated before the benchmark gives up waiting for a quiet machine.
MOST_REPEATS = 5

Figures = Mapping[str, float]


def spin() -> float:
    """Seconds for the same work as ever: the best of three, so that one interruption is not taken for a drift."""
    return min(_spin_once() for _ in range(3))


def _spin_once() -> float:
    start = time.perf_counter()
    total = 0
    for number in range(150_000):
        total += number * number % 7
    return time.perf_counter() - start


class Rounds:
    """What each side showed in each round that counts; `voided` rounds are left out."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Figures]] = []
        self.voided = 0

    def of(self, side: str, figure: str) -> list[float]:
        return [each[side][figure] for each in self.kept]

    def median(self, side: str, figure: str) -> float:
        return median(self.of(side, figure))

    def ratios(self, side: str, other: str, figure: str) -> list[float]:
        """`side` by `other`, round by round: what slowed both cancels out."""
        return [each[side][figure] / each[other][figure] for each in self.kept]


def interleaved(
    sides: Mapping[str, Callable[[], Figures]],
    *,
    rounds: int = ROUNDS,
    warm: bool = True,
    repeats: int = MOST_REPEATS,
) -> Rounds:
    """Run all sides in turn: once to warm up, then `rounds` times. Each call answers with its figures."""
    if warm:
        for side in sides.values():
            side()
    found, tries = Rounds(), rounds + repeats
    while len(found.kept) < rounds and tries:
        tries -= 1
        before = spin()
        figures = {name: side() for name, side in sides.items()}
        after = spin()
        if max(before, after) > MOST_DRIFT * min(before, after):
            found.voided += 1
        else:
            found.kept.append(figures)
    if not found.kept:
        raise Unsteady(f"The machine's speed changed by more than {MOST_DRIFT} in all rounds.")
    return found


class Unsteady(Exception):
    """No round could be trusted."""
