"""The people of a report in a temporary table beside the roster in force: one COPY, whatever their number."""

from collections.abc import Set

from django.db import connection

from catalog.models import BaseInsurer, Contract, Plan, Province
from members.roster.report import Report

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


def stage(report: Report, contract: Contract, *, named: Set[str] = frozenset()) -> None:
    """Fill `roster_incoming` with whom the report takes in; `roster_named` with every ID that waits, and `named`."""
    columns = _columns(report, contract)
    waiting = {report.people["national_id"][row] for row in report.findings.reasons} - {""}
    with connection.cursor() as cursor:
        cursor.execute(_ROOM)
        cursor.execute("DROP TABLE IF EXISTS pg_temp.roster_incoming, pg_temp.roster_named")
        definitions = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        cursor.execute(f"CREATE TEMPORARY TABLE roster_incoming ({definitions}) ON COMMIT DROP")
        cursor.execute("CREATE TEMPORARY TABLE roster_named (national_id varchar(10)) ON COMMIT DROP")
        cursor.copy_expert(f"COPY roster_incoming ({', '.join(columns)}) FROM STDIN", _Lines(columns))
        cursor.copy_expert("COPY roster_named FROM STDIN", _Lines({"national_id": sorted(waiting | named)}))
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


# Columns whose rules let nothing through that COPY would read as its own, and no hole either.
_PLAIN = frozenset({"national_id", "primary_national_id", "gender", "relation", "mobile", "phone", "iban"})


class _Lines:
    """A file that COPY reads, written batch by batch: database and text are made at the same time."""

    def __init__(self, columns: dict[str, list]):
        self._columns = columns
        self._texts = _Texts()
        self._next = 0

    def read(self, size: int = -1) -> str:
        batch = slice(self._next, self._next + _BATCH)
        written = [self._written(name, column[batch]) for name, column in self._columns.items()]
        lines = "\n".join(map("\t".join, zip(*written, strict=True)))
        self._next += _BATCH
        return f"{lines}\n" if lines else ""

    def _written(self, name: str, values: list):
        if name in _PLAIN:
            return values
        return map(str, values) if name == "excel_row" else map(self._texts.__getitem__, values)
