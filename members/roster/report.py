"""What an examination found, row by row, for the page, the files and the commit."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from members.roster.days import jalali_text
from members.roster.findings import Findings
from members.roster.kinds import shown
from members.roster.people import People
from members.roster.reading import Sheet

OUTCOMES = ("import", "import_fixed", "hold", "reject", "duplicate", "skip")
_DAYS = ("birth_date", "coverage_start", "coverage_end")


@dataclass(frozen=True)
class ReportRow:
    excel_row: int
    outcome: str
    codes: list[str]
    values: dict[str, object]


@dataclass
class Report:
    name: str
    sha256: str
    sheet: Sheet
    people: People
    findings: Findings
    skipped: dict[int, str]
    today: date

    @cached_property
    def counts(self) -> dict[str, int]:
        findings = self.findings
        marked = findings.marked()
        counted = Counter(map(findings.outcome, findings.reasons))
        counted["import_fixed"] = len(marked) - len(findings.reasons)
        counted["import"] = len(self.people) - len(marked)
        counted["skip"] = len(self.skipped)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    @property
    def imported(self) -> list[int]:
        """Positions of the people who are taken in."""
        reasons = self.findings.reasons
        everybody = range(len(self.people))
        return [row for row in everybody if row not in reasons] if reasons else list(everybody)

    def rows(self) -> Iterator[ReportRow]:
        """Every row under the headings, in the order of the file."""
        place_of = {number: row for row, number in enumerate(self.people.numbers)}
        for number in sorted(place_of.keys() | self.skipped.keys()):
            if number in self.skipped:
                yield ReportRow(number, "skip", [self.skipped[number]], {})
            else:
                yield self.row(place_of[number])

    def row(self, row: int) -> ReportRow:
        findings = self.findings
        return ReportRow(
            self.people.numbers[row], findings.outcome(row), findings.codes(row), self.values(row)
        )

    def waiting_rows(self) -> Iterator[ReportRow]:
        """Held and refused ones: for the operator and the employer."""
        for row in sorted(self.findings.rejected | self.findings.held):
            yield self.row(row)

    def values(self, row: int) -> dict[str, object]:
        values = {name: self.people[name][row] for name in self.people.fields()}
        for name in _DAYS:
            values[name] = jalali_text(values[name]) if values[name] else ""
        values["match_key"] = self.people.keys[values["first_name"]]
        return values | self.findings.notes.get(row, {})

    def raw_cells(self, excel_row: int) -> list:
        """What stood in a row of the file."""
        return list(self.sheet.rows[excel_row - self.sheet.first_row])

    def cells(self, excel_row: int) -> dict[str, str]:
        """The same by heading, as text, without the empty ones."""
        cells = self.raw_cells(excel_row)[: len(self.sheet.headings)]
        return {
            self.sheet.heading(place): shown(cell) for place, cell in enumerate(cells) if shown(cell).strip()
        }
