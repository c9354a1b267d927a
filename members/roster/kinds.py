"""Which rows of a sheet are people, and what the others are."""

import re

from members.roster import columns
from members.roster.cells import number_text
from members.roster.identity import digits_of
from members.roster.reading import ERROR, Sheet
from portal.lib.text import stored

_TOTAL = re.compile(r"(?:جمع|مجموع)(?![\w\u200c])")
# A row with one name and this many of the others is somebody, not a signature.
_OTHERS = ("birth_date", "gender", "relation", "primary_national_id", "plan")
_ENOUGH_OTHERS = 3


def people_and_skipped(sheet: Sheet) -> tuple[list[int], dict[int, str]]:
    """Positions of the rows that are people; the other positions with their code."""
    national_id, first, last = (sheet.columns[name] for name in ("national_id", "first_name", "last_name"))
    people, skipped = [], {}
    for position, row in enumerate(sheet.rows):
        shown = row[national_id]
        # The usual row costs three looks.
        if not (row[first] and row[last] and type(shown) is str and len(shown) == 10 and shown.isdigit()):
            kind = _kind(row, sheet.columns)
            if kind:
                skipped[position] = kind
                continue
        people.append(position)
    return people, skipped


def _kind(row: list, places: dict[str, int]) -> str | None:
    """None for a person."""
    stand = {field for field, place in places.items() if _stands(row[place])}
    if not any(_stands(cell) for place, cell in enumerate(row) if place != places.get("row")):
        return "BLANK_ROW"
    names = stand & {"first_name", "last_name"}
    others = len(stand & set(_OTHERS))
    has_id = _is_like_an_id(row[places["national_id"]])
    if not has_id and _is_header(row):
        return "REPEATED_HEADER"
    if not has_id and (len(names) < 2 or others < _ENOUGH_OTHERS) and any(map(_begins_a_total, row)):
        return "TOTAL_ROW"
    is_named = "national_id" in stand or names
    if has_id or len(names) == 2 or (is_named and others >= _ENOUGH_OTHERS):
        return None
    return "FOOTER_ROW"


def _stands(cell) -> bool:
    return cell is ERROR or cell is not None and cell != "" and (type(cell) is not str or bool(stored(cell)))


def _is_like_an_id(cell) -> bool:
    return cell is not ERROR and len(digits_of(cell)) == 10


def _is_header(row: list) -> bool:
    return len(columns.columns_of(row)) >= columns.LEAST_HEADINGS


def _begins_a_total(cell) -> bool:
    return type(cell) is str and bool(_TOTAL.match(stored(cell)))


def spread_merged_cells(sheet: Sheet) -> dict[int, set[str]]:
    """Write the value of a merged cell into each of its rows; the rows and fields that it covers."""
    covered: dict[int, set[str]] = {}
    fields = {place: name for name, place in sheet.columns.items() if name != "row"}
    for first, last, place in sheet.merged:
        anchor = first - sheet.first_row
        if place not in fields or anchor >= len(sheet.rows) or not _stands(sheet.rows[anchor][place]):
            continue
        for position in range(anchor, min(last - sheet.first_row + 1, len(sheet.rows))):
            sheet.rows[position][place] = sheet.rows[anchor][place]
            covered.setdefault(position, set()).add(fields[place])
    return covered


def shown(cell) -> str:
    """A cell as the employer sees it, for the report that goes back."""
    if isinstance(cell, float):
        return number_text(cell)
    return "" if cell is None else str(cell)
