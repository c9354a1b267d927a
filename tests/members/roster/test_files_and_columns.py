"""Where a roster is found: kinds of files, encodings, separators, sheets, headings in any order and wording."""

import io

import openpyxl
import pytest

from members.roster import columns
from tests.members.roster.sheets import OLD, A, B, examine, person, saved, table, workbook

PEOPLE = [person(A), person(B, first_name="علی", last_name="یزدانی")]


def as_text(rows, delimiter):
    return "\n".join(delimiter.join(row) for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_file_is_read_whatever_its_separator_and_encoding(delimiter, encoding):
    report = examine(as_text(table(PEOPLE), delimiter).encode(encoding))
    assert [(row.excel_row, row.outcome) for row in report.rows()] == [(2, "import"), (3, "import")]
    assert report.people["last_name"] == ["کاظمی", "یزدانی"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_an_old_persian_windows_file_comes_with_arabic_letters(delimiter):
    text = as_text(table(PEOPLE), delimiter).replace("ی", "ي").replace("طرح ۱", "طرح 1")
    rows = list(examine(text.encode("cp1256")).rows())
    assert rows[0].codes == ["ARABIC_LETTERS", "PLAN_ALIAS", "RELATION_ALIAS"]
    assert rows[1].values["last_name"] == "یزدانی"


def test_ids_of_a_text_file_may_be_wrapped_or_written_as_numbers():
    rows = table([person("990007731"), person("0990011372.0"), person('="0090014103"')])
    codes = [row.codes for row in examine(as_text(rows, ";").encode()).rows()]
    assert codes == [["ID_PADDED"], ["ID_FROM_NUMBER"], ["FORMULA_VALUE"]]


def test_a_title_above_the_separator_decides_nothing():
    text = "فهرست بیمه شدگان، شرکت نمونه; سال ۱۴۰۳\n\n" + as_text(table(PEOPLE), "\t")
    assert [row.excel_row for row in examine(text.encode()).rows()] == [4, 5]


def test_columns_may_come_in_any_order_under_other_names():
    rows = table(PEOPLE)
    titles = ["اسم", "فامیلی*", "كد ملي:", "تولد", "جنس", "وابستگی", "کدملی اصلی", "گروه"]
    report = examine(workbook([row[::-1] for row in [titles, *rows[1:]]]))
    assert report.counts["import"] == 2


def test_titles_above_and_remarks_in_headings_are_passed_over():
    rows = table(PEOPLE)
    rows[0][2] = "کد ملی\n(۱۰ رقم)"
    report = examine(workbook([["شرکت نمونه"], [], *rows]))
    assert [row.excel_row for row in report.rows()] == [4, 5]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("ت. تولد", "birth_date"),
        ("تاریخ تولد (روز/ماه/سال)", "birth_date"),
        ("نسبت با کارمند", "relation"),
        ("كد ملي كارمند", "primary_national_id"),
        ("کدملی\nبیمه‌شده اصلی", "primary_national_id"),
        ("شماره ملی فرد", "national_id"),
        ("طرح درمانی انتخابی", "plan"),
        ("شماره حساب شبا", "iban"),
        ("گوشی همراه", "mobile"),
        ("تاریخ عضویت در بیمه", None),
        ("کد ملی پدر", None),
        ("محل تولد", None),
        ("ملیت", None),
        ("نام بانک", None),
        ("نام و نام خانوادگی", None),
    ],
)
def test_a_heading_is_known_by_its_words_and_never_guessed(heading, field):
    assert columns.field_of(heading) == field


def test_headings_may_span_two_rows():
    upper = ["نسبت", "مشخصات بیمه شده", "", "", "", "", "کدملی سرپرست", "تماس", "", "طرح", "بیمه پایه"]
    lower = ["", "نام", "نام خانوادگی", "کد ملی", "تاریخ تولد", "جنسیت", "", "همراه", "تلفن ثابت", "", ""]
    someone = [
        "خود",
        "حمید",
        "کاظمی",
        A,
        "1365/08/26",
        "مرد",
        A,
        "09000000200",
        "02188888888",
        "طرح ۱",
        "سلامت",
    ]
    report = examine(workbook([["شرکت نمونه"], upper, lower, someone]))
    (row,) = report.rows()
    assert (row.excel_row, row.outcome) == (4, "import_fixed")
    assert (
        row.values["relation"],
        row.values["mobile"],
        row.values["phone"],
        row.values["base_insurer"],
    ) == (
        "self",
        "09000000200",
        "02188888888",
        "salamat",
    )
    assert report.sheet.ignored_headings == []


def test_the_first_visible_sheet_with_headings_counts():
    book = openpyxl.Workbook()
    book.active.append(["راهنما"])
    old, new = book.create_sheet("پارسال"), book.create_sheet("امسال")
    old.sheet_state = "hidden"
    for row in table([person(A), person(B)]):
        old.append(row)
    for row in table([person(A)]):
        new.append(row)
    assert examine(saved(book)).counts["import"] == 1


def test_blank_rows_at_the_end_are_no_rows():
    report = examine(as_text([*table(PEOPLE), [], [""], []], ",").encode())
    assert [row.outcome for row in report.rows()] == ["import", "import"]


def test_rows_that_are_no_people_are_told_apart():
    head = table([person(A, row="1")])
    width = len(head[0])

    def at(**cells):
        line = [""] * width
        for field, text in cells.items():
            line[{"row": 8, "first": 0, "last": 1, "id": 2, "birth": 3}[field]] = text
        return line

    lines = [
        at(row="2"),
        at(row="2", first="  ", last="\u200f"),
        at(first="جمع کل", id=80.0),
        at(last="مجموع: ۸۰ نفر"),
        at(first="مهر و امضا"),
        at(id="مهر و امضای شرکت"),
        head[0],
        person(B, last_name="جمعه‌پور", row="").values(),
        at(first="رضا", last="جمعی"),
    ]
    rows = list(examine(workbook([*head, *map(list, lines)])).rows())
    assert [row.codes for row in rows[1:8]] == [
        ["BLANK_ROW"],
        ["BLANK_ROW"],
        ["TOTAL_ROW"],
        ["TOTAL_ROW"],
        ["FOOTER_ROW"],
        ["FOOTER_ROW"],
        ["REPEATED_HEADER"],
    ]
    assert (rows[8].outcome, rows[9].outcome) == ("import", "reject")


def test_formulas_errors_and_merged_cells_are_told():
    rows = table([person(A, mobile="09000000200"), person(B, mobile="")])
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows)))
    sheet = book.active
    sheet["I3"] = "#REF!"
    sheet["I3"].data_type = "e"
    sheet.merge_cells("H2:H3")
    report = list(examine(saved(book)).rows())
    assert report[0].codes == ["MERGED_CELL"]
    assert report[1].codes == ["CELL_ERROR", "MERGED_CELL"]
    assert (report[1].outcome, report[1].values["mobile"], report[1].values["plan"]) == (
        "import_fixed",
        "",
        "طرح ۱",
    )


def test_an_error_in_a_required_cell_refuses_the_row_alone():
    rows = list(examine(as_text(table([person(A, plan="#N/A"), person(B)]), ",").encode()).rows())
    assert [(row.outcome, row.codes) for row in rows] == [("reject", ["CELL_ERROR"]), ("import", [])]


def test_an_old_binary_workbook_is_read_like_any_other():
    report = examine(OLD.read_bytes())
    assert [(row.excel_row, row.codes) for row in report.rows()] == [
        (3, []),
        (4, ["ID_FROM_NUMBER", "ID_PADDED"]),
        (5, ["DATE_GREGORIAN_CELL"]),
        (6, []),
    ]
