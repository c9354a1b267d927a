"""Small rosters made by hand, and what the tests judge them by."""

import io
from pathlib import Path

import openpyxl

from members.roster.days import day_of
from members.roster.examination import examined
from members.roster.people import Terms

HERE = Path(__file__).parent
DIRTY, DIRTY_EXPECTED = HERE / "roster_dirty.xlsx", HERE / "roster_dirty_expected.json"
OLD = HERE / "roster_old.xls"
SAMPLE = HERE.parents[2] / "members" / "fixtures" / "roster_sample.xlsx"

TERMS = Terms(
    start=day_of(1403, 8, 1),
    end=day_of(1404, 7, 30),
    plans=["طرح ۱", "طرح ۲", "طرح ۳"],
    today=day_of(1403, 10, 1),
    provinces={
        "تهران": "IR-23",
        "البرز": "IR-30",
        "اصفهان": "IR-10",
        "فارس": "IR-07",
        "خراسان رضوی": "IR-09",
        "خوزستان": "IR-06",
        "گیلان": "IR-01",
        "قم": "IR-25",
        "آذربایجان شرقی": "IR-03",
    },
)
HEADINGS = {
    "first_name": "نام",
    "last_name": "نام خانوادگی",
    "national_id": "کد ملی",
    "birth_date": "تاریخ تولد",
    "gender": "جنسیت",
    "relation": "نسبت",
    "primary_national_id": "کد ملی بیمه شده اصلی",
    "plan": "طرح",
}
A, B, C, D = "0090005910", "0090006828", "0990007731", "9980008644"


def person(national_id=A, **values) -> dict:
    """A clean primary insured, except for what is given."""
    return {
        "first_name": "حمید",
        "last_name": "کاظمی",
        "national_id": national_id,
        "birth_date": "1365/08/26",
        "gender": "مرد",
        "relation": "بیمه شده اصلی",
        "primary_national_id": national_id,
        "plan": "طرح ۱",
    } | values


def table(people: list[dict]) -> list[list]:
    fields = list(HEADINGS) + [name for name in people[0] if name not in HEADINGS]
    titles = [HEADINGS.get(name) or _title(name) for name in fields]
    return [titles, *([one.get(name, "") for name in fields] for one in people)]


def _title(field: str) -> str:
    from members.roster.columns import title_of

    return title_of(field)


def workbook(rows: list[list], *, title="لیست") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def examine(content: bytes, *, enrolled=None):
    known = enrolled or {}
    return examined(
        content,
        name="roster",
        terms=TERMS,
        enrolled=lambda ids: {one: known[one] for one in ids if one in known},
        of_others=lambda national_ids: (),
    )


def rows_of(people: list[dict], **kwargs) -> list:
    """The report of a small workbook: one row for each person given, headings in row 1."""
    return list(examine(workbook(table(people)), **kwargs).rows())


def one_row(**values):
    return rows_of([person(**values)])[0]
