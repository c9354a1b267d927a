"""The people of a report in a temporary table beside the roster in force: one COPY, whatever their number."""

import io

from django.db import connection

from catalog.models import BaseInsurer, Contract, Plan, Province
from members.roster.report import Report

# Column, type; in the order of COPY.
COLUMNS = (
    ("excel_row", "integer"),
    ("national_id", "varchar(10)"),
    ("first_name", "text"),
    ("last_name", "text"),
    ("first_key", "text"),
    ("last_key", "text"),
    ("father_name", "text"),
    ("birth_certificate_number", "text"),
    ("birth_date", "date"),
    ("gender", "text"),
    ("primary_national_id", "varchar(10)"),
    ("relation", "text"),
    ("plan_id", "bigint"),
    ("cover_start", "date"),
    ("cover_end", "date"),
    ("personnel_code", "text"),
    ("mobile", "text"),
    ("phone", "text"),
    ("email", "text"),
    ("province_id", "bigint"),
    ("base_insurer_id", "bigint"),
    ("iban", "text"),
    ("note", "text"),
)
_NULL = "\\N"
# The only characters that COPY reads as its own; blanks of every kind have become single spaces before.
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class _Texts(dict):
    """Each value as COPY wants it, worked out once."""

    def __missing__(self, value):
        self[value] = text = _NULL if value is None else str(value).translate(_ESCAPES)
        return text


def stage(report: Report, contract: Contract) -> None:
    """Fill `roster_incoming` with whom the report takes in; `roster_named` with every ID the file names."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.roster_incoming, pg_temp.roster_named")
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS)
        cursor.execute(f"CREATE TEMPORARY TABLE roster_incoming ({columns}) ON COMMIT DROP")
        cursor.execute("CREATE TEMPORARY TABLE roster_named (national_id varchar(10)) ON COMMIT DROP")
        names = ", ".join(name for name, _ in COLUMNS)
        cursor.copy_expert(f"COPY roster_incoming ({names}) FROM STDIN", _lines(_columns(report, contract)))
        waiting = sorted({report.people["national_id"][row] for row in report.findings.reasons} - {""})
        cursor.copy_expert(
            "COPY roster_named FROM STDIN", io.StringIO("".join(f"{one}\n" for one in waiting))
        )
        cursor.execute("ANALYZE roster_incoming")


def _columns(report: Report, contract: Contract) -> list[list]:
    people = report.people
    taken = report.imported

    def column(name: str) -> list:
        values = people[name]
        return values if len(taken) == len(values) else [values[row] for row in taken]

    first, last = column("first_name"), column("last_name")
    plans = dict(Plan.objects.filter(contract=contract).values_list("title", "pk"))
    insurers = dict(BaseInsurer.objects.values_list("code", "pk"))
    provinces = dict(Province.objects.values_list("code", "pk"))
    return [
        [people.numbers[row] for row in taken],
        column("national_id"),
        first,
        last,
        [people.keys[name] for name in first],
        [people.keys[name] for name in last],
        column("father_name"),
        column("birth_certificate_number"),
        column("birth_date"),
        column("gender"),
        column("primary_national_id"),
        column("relation"),
        [plans.get(title) for title in column("plan")],
        column("coverage_start"),
        column("coverage_end"),
        column("personnel_code"),
        column("mobile"),
        column("phone"),
        column("email"),
        [provinces.get(code) for code in column("province")],
        [insurers.get(code) for code in column("base_insurer")],
        column("iban"),
        column("note"),
    ]


def _lines(columns: list[list]) -> io.StringIO:
    texts = _Texts()
    written = [list(map(texts.__getitem__, column)) for column in columns]
    lines = "\n".join(map("\t".join, zip(*written, strict=True)))
    return io.StringIO(lines + "\n" if lines else "")
