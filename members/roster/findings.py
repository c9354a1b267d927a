"""What was found about each person of a file, and the outcome that follows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import compress, count

from members.roster.reasons import DUPLICATE, HOLD, REASONS, REJECT, REPAIR

_NONE: frozenset[str] = frozenset()


def rows_where(is_met: Callable[[object], bool], *columns: Iterable) -> list[int]:
    """Positions whose cells, taken together, meet the condition: the few of a hundred thousand worth a look."""
    return list(compress(count(), map(is_met, *columns)))


class Findings:
    """Codes and notes by position among the people; a clean row leaves no trace here."""

    def __init__(self):
        self.reasons: dict[int, dict[str, str]] = defaultdict(dict)
        self.repairs: dict[int, frozenset[str]] = {}
        self._columns: list[tuple[Sequence, dict[object, frozenset[str]]]] = []
        self.notes: dict[int, dict[str, object]] = defaultdict(dict)
        self.rejected: set[int] = set()
        self.held: set[int] = set()
        self.duplicates: set[int] = set()
        self._sets = {REJECT: self.rejected, HOLD: self.held, DUPLICATE: self.duplicates}

    def add(self, row: int, code: str, *, weight: str | None = None, **notes) -> None:
        weight = weight or REASONS[code].weight
        if weight == REPAIR:
            self.repair(row, frozenset((code,)))
        else:
            self.reasons[row][code] = weight
            self._sets[weight].add(row)
        if notes:
            self.note(row, **notes)

    def repair(self, row: int, codes: frozenset[str]) -> None:
        self.repairs[row] = self.repairs[row] | codes if row in self.repairs else codes

    def repair_column(self, raws: Sequence, codes: dict[object, frozenset[str]]) -> None:
        """Every row whose cell is among `codes`: too many to be written down, looked up when one is asked for."""
        if codes:
            self._columns.append((raws, codes))

    def repairs_of(self, row: int) -> frozenset[str]:
        return self.repairs.get(row, _NONE).union(
            *(codes.get(raws[row], _NONE) for raws, codes in self._columns)
        )

    def marked(self) -> set[int]:
        """Rows that have a reason or a repair."""
        rows = set(self.reasons).union(self.repairs)
        return rows.union(*(rows_where(codes.__contains__, raws) for raws, codes in self._columns))

    def note(self, row: int, **notes) -> None:
        self.notes[row] |= notes

    def has(self, row: int, code: str) -> bool:
        return row in self.reasons and code in self.reasons[row]

    def outcome(self, row: int) -> str:
        if row in self.rejected:
            return "reject"
        if row in self.held:
            return "hold"
        if row in self.duplicates:
            return "duplicate"
        return "import_fixed" if self.repairs_of(row) else "import"

    def codes(self, row: int) -> list[str]:
        """A row that is not imported lists its reasons, heaviest first; another its repairs."""
        if row in self.reasons:
            order = (REJECT, HOLD, DUPLICATE)
            reasons = self.reasons[row]
            return sorted(reasons, key=lambda code: (order.index(reasons[code]), code))
        return sorted(self.repairs_of(row))

    def is_imported(self, row: int) -> bool:
        return row not in self.reasons
