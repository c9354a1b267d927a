"""One file from bytes to report: read, repaired and checked; nothing is asked of the database."""

import hashlib
from collections.abc import Callable

from members.roster import collector, columns, families, kinds, reading
from members.roster.findings import Findings
from members.roster.people import People, Terms
from members.roster.reasons import RosterRefused
from members.roster.report import Report

NOBODY = "زیر سرستون‌های این فایل نام هیچ بیمه‌شده‌ای نیست؛ فایل کامل فهرست را بفرستید."


def examined(
    content: bytes,
    *,
    name: str,
    terms: Terms,
    enrolled: families.Lookup,
    of_others: families.OfOthers,
    progress: Callable[[int], None] | None = None,
) -> Report:
    tell = progress or (lambda percent: None)
    with collector.paused():
        sheet = reading.read(content)
        tell(40)
        sha256 = hashlib.sha256(content).hexdigest()
        report = _judged(sheet, name, sha256, terms, enrolled, of_others=of_others)
    if not report.people:
        # Headings alone would end the cover of everybody.
        raise RosterRefused(NOBODY)
    tell(70)
    return report


def reexamined(
    values: dict[str, str], *, terms: Terms, enrolled: families.Lookup, stands_alone: bool = False
) -> Report:
    """One row, by field, as if it were a file of its own; `stands_alone` asks for no primary insured."""
    fields = list(dict.fromkeys([*columns.REQUIRED, *values]))
    sheet = reading.Sheet(
        rows=[[values.get(name, "") for name in fields]],
        first_row=1,
        columns={name: place for place, name in enumerate(fields)},
        headings=[columns.title_of(name) for name in fields],
    )
    return _judged(sheet, "", "", terms, enrolled, stands_alone=stands_alone)


def _nobody(national_ids) -> tuple:
    return ()


def _judged(
    sheet,
    name: str,
    sha256: str,
    terms: Terms,
    enrolled: families.Lookup,
    *,
    of_others: families.OfOthers = _nobody,
    stands_alone: bool = False,
) -> Report:
    positions, skipped = kinds.people_and_skipped(sheet)
    covered = kinds.spread_merged_cells(sheet)
    rows = [sheet.rows[position] for position in positions] if skipped else sheet.rows
    numbers = [sheet.first_row + position for position in positions]
    people, findings = People(numbers, rows, sheet.columns, terms), Findings()
    people.tell(findings)
    _tell_facts(sheet, positions, covered, findings)
    _settle_cover(people, findings, terms)
    if stands_alone:
        people["primary_national_id"][:] = people["national_id"]
    else:
        families.check(people, findings, contract_start=terms.start, enrolled=enrolled, of_others=of_others)
    return Report(
        name=name,
        sha256=sha256,
        sheet=sheet,
        people=people,
        findings=findings,
        skipped={sheet.first_row + position: code for position, code in skipped.items()},
        today=terms.today,
    )


def _tell_facts(sheet: reading.Sheet, positions: list[int], covered, findings: Findings) -> None:
    """Merged cells and formulas in used columns."""
    if not covered and not sheet.formulas:
        return
    used = set(sheet.columns.values())
    formula_rows = {
        number - sheet.first_row
        for number, place in sheet.formulas
        if place in used and _has_value(sheet, number - sheet.first_row, place)
    }
    for row, position in enumerate(positions):
        if position in covered:
            findings.add(row, "MERGED_CELL")
        if position in formula_rows:
            findings.add(row, "FORMULA_VALUE")


def _has_value(sheet: reading.Sheet, position: int, place: int) -> bool:
    cell = sheet.rows[position][place] if position < len(sheet.rows) else ""
    return cell != "" and cell is not reading.ERROR


def _settle_cover(people: People, findings: Findings, terms: Terms) -> None:
    """Cover lies inside the contract; what sticks out is cut, what lies outside waits."""
    settled = {}
    starts, ends = people["coverage_start"], people["coverage_end"]
    for row, pair in enumerate(zip(starts, ends, strict=True)):
        if pair not in settled:
            settled[pair] = _settled(*pair, terms)
        starts[row], ends[row], codes = settled[pair]
        for code in codes:
            findings.add(row, code)


def _settled(start, end, terms: Terms):
    start, end = start or terms.start, end or terms.end
    if start > terms.end or end < terms.start or start > end:
        return start, end, ["COVERAGE_OUTSIDE_CONTRACT"]
    codes = []
    if start < terms.start:
        codes.append("START_CLAMPED")
    if end > terms.end:
        codes.append("END_CLAMPED")
    return max(start, terms.start), min(end, terms.end), codes
