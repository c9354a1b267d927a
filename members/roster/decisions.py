"""What operators decided about rows that wait: the same row of a later file is not asked about again."""

from django.db.models import Q

from catalog.models import Contract
from members.models import RosterImport, RosterRow
from members.roster.columns import field_of
from members.roster.report import Report

Resolution = RosterRow.Resolution
TAKEN_IN = (Resolution.FIXED, Resolution.STAND_ALONE)
# In the values of a settled row: the national ID of whom the operator took in, which may not be the file's.
PERSON = "taken_in"


def settled_before(report: Report, contract: Contract) -> dict[int, RosterRow]:
    """By row of the file, what was decided about the very same row before; a row that was changed is judged anew."""
    waiting = {row.excel_row: _mark(report.cells(row.excel_row), row.codes) for row in report.waiting_rows()}
    if not waiting:
        return {}
    decided = {_mark(row.values.get("cells", {}), row.codes): row for row in _decided(contract)}
    return {number: decided[mark] for number, mark in waiting.items() if mark in decided}


def people_taken_in(settled: dict[int, RosterRow]) -> set[str]:
    """Whom the file names in a row that is still wrong, but whom an operator has put right: they do not leave."""
    rows = (row for row in settled.values() if row.resolution in TAKEN_IN)
    return {row.values.get(PERSON) or row.values.get("national_id") for row in rows} - {"", None}


def _decided(contract: Contract):
    imports = RosterImport.objects.filter(contract=contract, state=RosterImport.State.COMMITTED)
    last = imports.order_by("-committed_at", "-pk").first()
    # Who was missing from a later file has left: being taken in holds only from each file to the next.
    holds = Q(resolution=Resolution.REFUSED) | Q(resolution__in=TAKEN_IN, roster_import=last)
    return RosterRow.objects.filter(holds, roster_import__in=imports).order_by("pk")


def _mark(cells: dict[str, str], codes: list[str]) -> tuple:
    """What makes a row the same one as before: every cell as it was sent, but for its number in the list."""
    by_field = {field_of(heading) or heading: " ".join(text.split()) for heading, text in cells.items()}
    by_field.pop("row", None)
    return tuple(sorted(by_field.items())), tuple(codes)
