"""Whom a report may be about when nobody has the number that was typed: a row that waits, a number mistyped."""

from members.admin.waiting_rows import open_row_of, open_rows
from members.models import Discrepancy, Person, RosterRow
from portal.lib.text import match_key

# Two digits exchanged differ in two places.
MOST_PLACES = 2
LOOKED_AT, SHOWN = 200, 5


def rows_like(report: Discrepancy) -> list[RosterRow]:
    """Of the open rows the one with this number, and those with this name."""
    if not report.typed_national_id:
        return []
    same = open_row_of(report.typed_national_id)
    names = _names(report)
    rows = open_rows().filter(values__match_key=names[0]).order_by("-pk")[:LOOKED_AT]
    named = [row for row in rows if match_key(row.values.get("last_name") or "") == names[1] and row != same]
    return [row for row in (same, *named) if row][:SHOWN]


def people_like(report: Discrepancy) -> list[Person]:
    """Of the same name, with a number so near that one of the two was mistyped."""
    typed = report.typed_national_id
    if not typed:
        return []
    first, last = _names(report)
    people = Person.objects.filter(first_key=first, last_key=last)[:LOOKED_AT]
    return [one for one in people if 0 < _places_apart(one.national_id, typed) <= MOST_PLACES][:SHOWN]


def _names(report: Discrepancy) -> tuple[str, str]:
    return match_key(report.typed_first_name), match_key(report.typed_last_name)


def _places_apart(one: str, other: str) -> int:
    return sum(left != right for left, right in zip(one, other, strict=False))
