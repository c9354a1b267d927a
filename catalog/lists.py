"""Lists that staff bring into the catalogue, as a workbook or as text: their rows, and what became of them; no HTTP."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.lib import archives, tables
from portal.lib.text import match_key, stored

NO_COLUMNS = "ستون {titles} در سطر نخست نیست؛ سرستون‌ها را درست کنید و دوباره بفرستید."


class UnreadableList(Exception):
    """The file as a whole cannot be read; carries the sentence for whoever brought it."""


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


def rows_of(
    content: bytes, *, headings: dict[str, tuple[str, ...]], needed: tuple[str, ...]
) -> Iterator[dict]:
    """Each row's texts by the names that `headings` gives to its columns; empty rows are counted, too."""
    try:
        rows = iter(tables.rows_of(content))
    except archives.Unfit as unfit:
        raise UnreadableList(str(unfit)) from unfit
    known = {match_key(title): name for name, titles in headings.items() for title in titles}
    names = [known.get(match_key(str(cell))) for cell in next(rows, [])]
    if missing := [headings[name][0] for name in needed if name not in names]:
        raise UnreadableList(NO_COLUMNS.format(titles="، ".join(f"«{title}»" for title in missing)))
    return (
        {name: text(cell) for name, cell in zip(names, row, strict=False) if name and cell not in (None, "")}
        for row in rows
    )


def text(cell) -> str:
    # A workbook has no whole numbers.
    return stored(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
