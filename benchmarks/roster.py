"""G5: a roster of 100,000 rows, read, repaired, judged, compared and written in one transaction."""

import functools
import io
import os
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from benchmarks.goals import Row, row
from benchmarks.peers.roster import import_roster
from benchmarks.rounds import ROUNDS, interleaved
from catalog.models import Contract, Plan
from members import roster
from members.models import Enrolment, RosterImport
from tests.cast import synthetic_national_id

ROWS = 100_000
HEADINGS = (
    "ردیف",
    "نام",
    "نام خانوادگی",
    "نام پدر",
    "کد ملی",
    "شماره شناسنامه",
    "تاریخ تولد",
    "جنسیت",
    "نسبت",
    "کد ملی بیمه شده اصلی",
    "طرح",
    "موبایل",
)
# A family of four: relation, gender, year of birth.
FAMILY = (("بیمه شده اصلی", "مرد", 1355), ("همسر", "زن", 1358), ("فرزند", "مرد", 1390), ("فرزند", "زن", 1393))
FIRST = ("علی", "مریم", "محمدرضا", "فاطمه‌سادات", "كاظم", "زهرا", "يوسف", "نرگس")
LAST = ("احمدی", "كريمي", "حسینی طباطبایی", "موسوی", "رستگار", "مرادي", "کاظمی‌نیا")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml."
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{MAIN}sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{MAIN}worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{OFFICE}"><sheets><sheet name="لیست" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def people(count: int):
    """Families of four; a tenth of the rows written with Persian digits, as employers do."""
    for number in range(count):
        family, place = divmod(number, len(FAMILY))
        relation, gender, year = FAMILY[place]
        born = f"{year}/{1 + number % 12:02}/{1 + number % 28:02}"
        values = [
            str(number + 1),
            FIRST[place * 2 + number % 2],
            LAST[family % len(LAST)],
            FIRST[family % len(FIRST)],
            synthetic_national_id(number + 1),
            str(1 + number % 9_000),
            born,
            gender,
            relation,
            synthetic_national_id(family * len(FAMILY) + 1),
            "طرح ۱",
            f"0912{number % 10_000_000:07}",
        ]
        if number % 10 == 7:
            values = [values[0], *(value.translate(PERSIAN) for value in values[1:])]
        yield values


def write_workbook(path: Path, count: int) -> None:
    """Written as text: openpyxl would take longer than the import."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in PARTS.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
        with book.open("xl/worksheets/sheet1.xml", "w") as raw, io.TextIOWrapper(raw, "utf-8") as sheet:
            sheet.write(BEGIN)
            for number, values in enumerate((HEADINGS, *people(count)), start=1):
                cells = "".join(f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>' for value in values)
                sheet.write(f'<row r="{number}">{cells}</row>')
            sheet.write("</sheetData></worksheet>")


def floor(path: Path, contract: Contract) -> None:
    """What nobody can do without: calamine and a bare COPY."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    lines = io.StringIO("".join("\t".join(map(str, values)) + "\n" for values in rows[1:]))
    with transaction.atomic(), connection.cursor() as cursor:
        columns = ", ".join(f"c{number} text" for number in range(len(HEADINGS)))
        cursor.execute(f"CREATE TABLE bench_roster ({columns})")
        cursor.copy_expert("COPY bench_roster FROM STDIN", lines)


def ours(path: Path, contract: Contract):
    with path.open("rb") as file:
        report = roster.examine(file, name=path.name, contract=contract)
    taken = roster.commit(report, contract=contract, by=None)
    if (count := Enrolment.objects.filter(contract=contract).count()) != len(report.people.numbers):
        raise AssertionError(f"{count} rows were taken in")
    return taken


class Side:
    """One way to take a file in; `before` makes the tables what it expects, outside the clock."""

    def __init__(self, work, path: Path, contract: Contract, *, begins_empty: bool = True) -> None:
        self.work, self.path, self.contract, self.begins_empty = work, path, contract, begins_empty

    def __call__(self) -> dict[str, float]:
        if self.begins_empty:
            empty()
        start = time.perf_counter()
        self.work(self.path, self.contract)
        return {"seconds": time.perf_counter() - start}


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_roster")
        cursor.execute("TRUNCATE members_person, members_enrolment, members_rosterimport CASCADE")


def again(path: Path, contract: Contract) -> None:
    """The file that is in force already: the same import answers, and no row is written."""
    first = RosterImport.objects.filter(contract=contract).latest("pk")
    if ours(path, contract) != first:
        raise AssertionError("The same file was taken in twice.")


def rows(*, rounds: int = ROUNDS, count: int = ROWS) -> list[Row]:
    contract = Contract.objects.get(number="TEST-001")
    Plan.objects.get_or_create(contract=contract, title="طرح ۱")
    path = Path(os.environ["BENCH_FOLDER"], "roster.xlsx")
    write_workbook(path, count)
    side = functools.partial(Side, path=path, contract=contract)
    # The last of a round finds what ours has written.
    sides = {
        "floor": side(floor),
        "peer": side(import_roster),
        "ours": side(ours),
        "again": side(again, begins_empty=False),
    }
    # A small file to warm up; the large one takes half a minute a round, so few voided ones are repeated.
    warm_up(sides.values(), path)
    found = interleaved(sides, rounds=rounds, warm=False, repeats=1)
    values = {name: found.median(name, "seconds") for name in ("floor", "peer", "ours")}
    more = {"unit": "s", "voided": found.voided}
    return [
        row("G5", "roster to floor", ratios(found, "ours", "floor"), must=2.5, best=1.7, **values, **more),
        row("G5", "roster to peer", ratios(found, "ours", "peer"), must=1 / 8, best=1 / 12, **values, **more),
        row(
            "G5",
            "the same file again to first",
            ratios(found, "again", "ours"),
            must=0.7,
            best=0.7,
            ours=found.median("again", "seconds"),
            note="nothing written",
            **more,
        ),
    ]


def warm_up(sides, path: Path) -> None:
    small = path.with_name("small.xlsx")
    write_workbook(small, 400)
    for side in sides:
        if side.begins_empty:
            empty()
        side.work(small, side.contract)


def ratios(found, side: str, other: str) -> list[float]:
    return found.ratios(side, other, "seconds")
