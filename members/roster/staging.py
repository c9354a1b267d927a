"""The people of a report in a temporary table beside the roster in force: one COPY, whatever their number."""

from collections import deque
from collections.abc import Callable, Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.db import connection

from catalog.models import BaseInsurer, Contract, Plan, Province
from members.roster import collector
from members.roster.report import Report
from members.roster.standing import lines_in_force

# Column and type of the staging table; the name in the file where it differs.
COLUMNS = {
    "excel_row": "integer",
    "national_id": "varchar(10)",
    "first_name": "text",
    "last_name": "text",
    "first_key": "text",
    "last_key": "text",
    "father_name": "text DEFAULT ''",
    "birth_certificate_number": "text DEFAULT ''",
    "birth_date": "date",
    "gender": "text",
    "primary_national_id": "varchar(10)",
    "relation": "text",
    "plan_id": "bigint",
    "cover_start": "date",
    "cover_end": "date",
    "personnel_code": "text DEFAULT ''",
    "mobile": "text DEFAULT ''",
    "phone": "text DEFAULT ''",
    "email": "text DEFAULT ''",
    "province_id": "bigint",
    "base_insurer_id": "bigint",
    "iban": "text DEFAULT ''",
    "note": "text DEFAULT ''",
}
_IN_FILE = {
    "cover_start": "coverage_start",
    "cover_end": "coverage_end",
    "plan_id": "plan",
    "province_id": "province",
    "base_insurer_id": "base_insurer",
}
# Rows that are sent to the database at a time, while the next ones are being written.
_BATCH = 4_000
# Until the transaction ends: room to sort a whole roster in memory, and no finer statistics than a table's size.
_ROOM = "SET LOCAL work_mem = '64MB'; SET LOCAL default_statistics_target = 10"
_NULL = "\\N"
# The only characters that COPY reads as its own; blanks of every kind have become single spaces before.
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class _Texts(dict):
    """Each value as COPY wants it, worked out once."""

    def __missing__(self, value):
        self[value] = text = _NULL if value is None else str(value).translate(_ESCAPES)
        return text


def stage(report: Report, contract: Contract) -> None:
    """Fill `roster_incoming` with everybody whom the report takes in."""
    columns = _columns(report, contract)
    with connection.cursor() as cursor:
        _copy(cursor, columns, _Lines(columns))


@collector.paused()
def stage_news(report: Report, contract: Contract, *, today: date, named: Set[str] = frozenset()) -> int:
    """Fill `roster_incoming` with those of whom the report says anything but what is in force; count the others.

    `roster_missing` gets who is in force and stands nowhere in the file, nor among `named`.
    """
    columns = _columns(report, contract)
    fields = [name for name in columns if name not in _ASIDE]
    lines = _Lines(columns)
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        # The file's lines are written while the database writes its own.
        with ThreadPoolExecutor(1) as beside:
            asked = beside.submit(lines_in_force, cursor, contract, fields, today=today)
            lines.write_until(asked.done)
        lines.in_force = asked.result()
        _copy(cursor, columns, lines)
        missing = lines.in_force.keys() - set(report.people["national_id"]) - named
        cursor.execute("DROP TABLE IF EXISTS pg_temp.roster_missing")
        cursor.execute("CREATE TEMPORARY TABLE roster_missing (national_id varchar(10)) ON COMMIT DROP")
        cursor.execute("INSERT INTO roster_missing SELECT unnest(%s::varchar[])", [sorted(missing)])
    return lines.left_out


def _copy(cursor, columns: dict[str, list], lines: "_Lines") -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.roster_incoming")
    definitions = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    cursor.execute(f"CREATE TEMPORARY TABLE roster_incoming ({definitions}) ON COMMIT DROP")
    order = ", ".join(sorted(columns, key=lambda name: name not in _ASIDE))
    cursor.copy_expert(f"COPY roster_incoming ({order}) FROM STDIN", lines)
    cursor.execute("ANALYZE roster_incoming (national_id, primary_national_id)")


def _columns(report: Report, contract: Contract) -> dict[str, list]:
    """Only what the file has: the rest is left to the defaults of the table."""
    people, taken = report.people, report.imported

    def column(name: str) -> list:
        values = people[name]
        return values if len(taken) == len(values) else [values[row] for row in taken]

    pks = {
        "plan_id": dict(Plan.objects.filter(contract=contract).values_list("title", "pk")),
        "province_id": dict(Province.objects.values_list("code", "pk")),
        "base_insurer_id": dict(BaseInsurer.objects.values_list("code", "pk")),
    }
    columns = {"excel_row": [people.numbers[row] for row in taken]}
    for name in COLUMNS:
        field = _IN_FILE.get(name, name)
        if name in ("first_key", "last_key"):
            columns[name] = [people.keys[text] for text in column(name.replace("key", "name"))]
        elif name in pks and field in people:
            columns[name] = [pks[name].get(choice) for choice in column(field)]
        elif field in people or name in ("cover_start", "cover_end"):
            columns[name] = column(field)
    return columns


# What tells the lines apart stands before them.
_ASIDE = ("excel_row", "national_id")
# Columns whose rules let nothing through that COPY would read as its own, and no hole either.
_PLAIN = frozenset({"primary_national_id", "gender", "relation", "mobile", "phone", "iban"})


class _Lines:
    """A file that COPY reads, written batch by batch: database and text are made at the same time.

    Whose line is the one that `in_force` has is left out.
    """

    def __init__(self, columns: dict[str, list]):
        self._batches, self._ahead = _batches(columns), deque()
        self.in_force: dict[str, str] = {}
        self.left_out = 0

    def write_until(self, is_done: Callable[[], bool]) -> None:
        while not is_done() and (batch := next(self._batches, None)):
            self._ahead.append(batch)

    def read(self, size: int = -1) -> str:
        while batch := self._ahead.popleft() if self._ahead else next(self._batches, None):
            numbers, ids, lines = batch
            told = zip(map(str, numbers), ids, lines, strict=True)
            if self.in_force:
                told = [each for each in told if self.in_force.get(each[1]) != each[2]]
                self.left_out += len(lines) - len(told)
            if news := "\n".join(map("\t".join, told)):
                return f"{news}\n"
        return ""


def _batches(columns: dict[str, list]) -> Iterator[tuple[list[int], list[str], list[str]]]:
    """Rows of the file, national IDs and lines of so many people."""
    texts = _Texts()
    for start in range(0, len(columns["national_id"]), _BATCH):
        batch = {name: column[start : start + _BATCH] for name, column in columns.items()}
        numbers, ids = (batch.pop(name) for name in _ASIDE)
        written = [
            values if name in _PLAIN else map(texts.__getitem__, values) for name, values in batch.items()
        ]
        yield numbers, ids, list(map("\t".join, zip(*written, strict=True)))
