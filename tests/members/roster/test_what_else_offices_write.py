"""Words, marks and sheets of further offices: understood where one meaning is possible, told where not."""

import io

import openpyxl
import pytest

from members import roster
from members.roster import reading
from members.roster.reasons import RosterRefused, told
from tests.cast import synthetic_national_id
from tests.members.roster.sheets import B, C, examine, one_row, person, rows_of, saved, table, workbook


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("۲۵ مرداد ۱۳۵۸", "1358/05/25"),
        ("سه‌شنبه ۲۵ مرداد ماه ۱۳۵۸", "1358/05/25"),
        ("25 امرداد سال 1358", "1358/05/25"),
        ("۱۳۵۸/مرداد/۲۵", "1358/05/25"),
        ("12 دي 30", "1330/10/12"),
    ],
)
def test_a_month_in_words_is_read(written, meant):
    row = one_row(birth_date=written)
    assert (row.outcome, row.values["birth_date"]) == ("import_fixed", meant)
    assert "DATE_MONTH_NAME" in row.codes


@pytest.mark.parametrize("written", ["۳۱ مهر ۱۳۵۸", "۲۵ مردادی ۱۳۵۸", "۲۵ مرداد ۱", "مرداد ۱۳۵۸"])
def test_a_day_that_is_none_stays_none_in_words(written):
    assert one_row(birth_date=written).codes == ["BIRTH_DATE_INVALID"]


@pytest.mark.parametrize(
    ("written", "gender", "relation"),
    [
        ("فرزند ذکور", "پسر", "child"),
        ("اولاد اناث", "بانو", "child"),
        ("همسر بیمه شده", "خانوم", "spouse"),
        ("خود بیمه‌شده", "آقا", "self"),
    ],
)
def test_words_beside_the_lists_are_understood(written, gender, relation):
    # The child is born after the head, the spouse of another gender.
    dependant = person(
        B,
        relation=written,
        gender=gender,
        birth_date="1385/01/01",
        primary_national_id=B if relation == "self" else C,
    )
    head = person(C, gender="مرد" if relation != "spouse" else "آقا")
    row = rows_of([dependant, head])[0]
    assert (row.outcome, row.values["relation"]) == ("import_fixed", relation)
    assert "RELATION_ALIAS" in row.codes and "GENDER_CONFLICT" not in row.codes


@pytest.mark.parametrize("nothing", ["-", "—", "ندارد", "0", "null", "N/A"])
def test_words_for_nothing_are_an_empty_cell_and_no_fault(nothing):
    row = one_row(mobile=nothing, email=nothing, iban=nothing, phone=nothing, coverage_end=nothing)
    assert (row.outcome, row.values["coverage_end"]) == ("import", "1404/07/30")
    assert one_row(birth_date=nothing).codes == ["BIRTH_DATE_MISSING"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1358/05/25 12:30:00", "1358/05/25"),
        ("۱۳۵۸/۰۵/۲۵ ه.ش", "1358/05/25"),
        ("1358/05/25 (شمسی)", "1358/05/25"),
        ("04-JAN-99", "1377/10/14"),
        ("4 January 1999", "1377/10/14"),
        ("4-Jan-05", "1383/10/15"),
    ],
)
def test_what_stands_beside_a_date_changes_nothing_and_english_months_are_read(written, meant):
    assert one_row(birth_date=written).values["birth_date"] == meant


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("آقای علی", "علی"),
        ("جناب آقای علی رضا", "علی رضا"),
        ("دکتر مینا", "مینا"),
        ("خانم گل", "خانم گل"),
        ("حاج علی", "حاج علی"),
    ],
)
def test_a_title_is_no_part_of_the_name_on_the_card(written, kept):
    row = one_row(first_name=written)
    assert row.values["first_name"] == kept
    assert row.codes == (["NAME_TITLE_REMOVED"] if kept != written else [])


def test_a_mark_at_the_edge_of_a_name_is_removed_and_a_lost_letter_waits():
    assert one_row(first_name="علی*").codes == ["NAME_SIGNS_REMOVED"]
    assert one_row(first_name="عل?").codes == ["NAME_HAS_SIGNS"]


@pytest.mark.parametrize(
    ("field", "written"), [("plan", "گروه ۱"), ("plan", "طرح (۱)"), ("relation", "نفر اصلی")]
)
def test_plans_and_heads_by_other_words(field, written):
    assert one_row(**{field: written}).values[field] == {"plan": "طرح ۱", "relation": "self"}[field]


def test_base_insurers_by_other_words():
    words = {
        "ن.م": "armed_forces",
        "بیمه روستاییان": "salamat",
        "بدون بیمه پایه": "other",
        "تامين اجتماعي (اصلی)": "tamin",
    }
    assert {word: one_row(base_insurer=word).values["base_insurer"] for word in words} == words


def test_a_daughter_in_words_who_is_marked_male_is_told():
    child = person(B, relation="فرزند اناث", gender="مرد", birth_date="1395/01/01", primary_national_id=C)
    assert "GENDER_CONFLICT" in rows_of([child, person(C)])[0].codes


def test_the_apostrophe_of_a_text_cell_is_no_part_of_it():
    row = one_row(mobile="'+98 912 000 0202", birth_date="'1365/08/26", personnel_code="'12")
    assert row.codes == ["INVISIBLE_CHARS", "MOBILE_NORMALISED"]
    assert (row.values["mobile"], row.values["personnel_code"]) == ("09120000202", "12")


def test_a_report_sent_back_as_it_is_says_what_the_list_said():
    people = [person(mobile="+98 912 000 0202", note="-"), person(B, mobile="۰۰۹۸۹۱۲۰۰۰۰۲۰۳", email="@")]
    first = examine(workbook(table(people)))
    again = examine(roster.as_workbook(first))
    assert [row.values for row in again.rows()] == [row.values for row in first.rows()]


def test_a_row_says_with_which_other_row_it_clashes():
    wife = person(B, relation="همسر", gender="زن", primary_national_id=C)
    rows = rows_of([wife, person(B, relation="فرزند", primary_national_id=C), wife, person(C)])
    sentences = [reason.sentence for row in rows for reason in told(row.codes, row.values)]
    assert sentences == [
        "همین کد ملی در ردیف ۲ این فایل با مشخصات دیگری آمده است.",
        "این فرد پیش‌تر در ردیف ۲ همین فایل آمده است.",
    ]


def test_a_mistyped_primary_is_told_with_the_one_that_was_meant():
    mistyped = f"{C[:9]}{(int(C[9]) + 1) % 10}"
    child = person(B, relation="فرزند", birth_date="1395/01/01", primary_national_id=mistyped)
    (reason,) = told((row := rows_of([child, person(C)])[0]).codes, row.values)
    assert C in reason.sentence


def doubled() -> bytes:
    headings = [
        "نام",
        "نام خانوادگی",
        "کد ملی",
        "تاریخ تولد",
        "جنسیت",
        "نسبت",
        "کد ملی سرپرست",
        "طرح",
        "موبایل",
        "تلفن همراه",
    ]
    values = ["حمید", "کاظمی", "123", "1365/08/26", "مرد", "اصلی", "", "طرح ۱", "09120000202", "09120000203"]
    return workbook([headings, values])


def test_of_two_columns_alike_the_first_counts_and_the_other_is_told_apart():
    report = examine(doubled())
    assert report.sheet.ignored_headings == ["تلفن همراه، ستون تکراری ۱۰"]
    cells = report.cells(2)
    assert (cells["موبایل"], cells["تلفن همراه، ستون تکراری ۱۰"]) == ("09120000202", "09120000203")


def of_sheets(*titles: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook([["راهنما"]], title="راهنما")))
    for number, title in enumerate(titles):
        sheet = book.create_sheet(title)
        for line in table([person(synthetic_national_id(610_000 + number))]):
            sheet.append(line)
    return saved(book)


def test_people_on_a_second_sheet_are_not_forgotten_silently():
    sheet = examine(of_sheets("ستاد", "کارخانه")).sheet
    assert (sheet.name, sheet.unread, len(sheet.rows)) == ("ستاد", ["کارخانه"], 1)
    assert examine(of_sheets("ستاد")).sheet.unread == []


@pytest.mark.parametrize("rows", [[], [[""] * 8], [["", "جمع", "", "", "", "", "", ""]]])
def test_a_list_of_nobody_is_refused_and_ends_nobodys_cover(rows):
    with pytest.raises(RosterRefused, match="هیچ بیمه‌شده‌ای"):
        examine(workbook([table([person()])[0], *rows]))


def test_a_web_page_with_the_name_of_a_workbook_gets_its_own_sentence():
    page = "<html><table><tr><td>نام</td></tr></table></html>"
    for content in (page.encode(), b"\xef\xbb\xbf\r\n" + page.encode(), page.encode("cp1256")):
        with pytest.raises(RosterRefused, match="صفحهٔ وب"):
            reading.read(content)
