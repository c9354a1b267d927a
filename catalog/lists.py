"""Lists that staff bring into the catalogue, as a workbook or as text: what becomes of their rows; no HTTP."""

from collections import Counter
from dataclasses import dataclass, field

# Its number in the file, as a spreadsheet counts, and its texts by the names of their columns.
Row = tuple[int, dict[str, str]]


class Refused(Exception):
    """One row is left out; carries what its bringer should mend."""


@dataclass
class Report:
    counts: Counter = field(
        default_factory=lambda: Counter({"new": 0, "changed": 0, "same": 0, "refused": 0})
    )
    # Row of the file, as a spreadsheet counts, and why it was left out.
    refused: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, number: int, why: Refused) -> None:
        self.counts["refused"] += 1
        self.refused.append((number, str(why)))
