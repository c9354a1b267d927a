"""What was found about each person of a file, and the outcome that follows."""

from collections import defaultdict

from members.roster.reasons import DUPLICATE, HOLD, REASONS, REJECT, REPAIR


class Findings:
    """Codes and notes by position among the people; a clean row leaves no trace here."""

    def __init__(self):
        self.reasons: dict[int, dict[str, str]] = defaultdict(dict)
        self.repairs: dict[int, frozenset[str]] = {}
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

    def unrepair(self, row: int, codes: frozenset[str]) -> None:
        if left := self.repairs.pop(row, codes) - codes:
            self.repairs[row] = left

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
        return "import_fixed" if row in self.repairs else "import"

    def codes(self, row: int) -> list[str]:
        """A row that is not imported lists its reasons, heaviest first; another its repairs."""
        if row in self.reasons:
            order = (REJECT, HOLD, DUPLICATE)
            reasons = self.reasons[row]
            return sorted(reasons, key=lambda code: (order.index(reasons[code]), code))
        return sorted(self.repairs.get(row, ()))

    def is_imported(self, row: int) -> bool:
        return row not in self.reasons
