"""Two lists as offices make them, with everything at once; every row has the outcome a careful clerk would give."""

import datetime

import openpyxl

from tests.cast import synthetic_national_id
from tests.members.roster.sheets import examine, saved

A, B, C, D, E, F, G, H = (synthetic_national_id(serial) for serial in range(500_000, 500_008))
IBAN = "IR110170000000000000000201"


def outcomes(report) -> dict[int, tuple[str, list[str]]]:
    return {row.excel_row: (row.outcome, row.codes) for row in report.rows()}


def a_workbook() -> bytes:
    """A cover, a merged title, headings over two rows, numbers that lost their zeros, a total and a signature."""
    book = openpyxl.Workbook()
    book.active.title = "جلد"
    for line in (["به نام خدا"], ["شرکت نمونه"], ["تعداد", 12]):
        book.active.append(line)
    sheet = book.create_sheet("پرسنل")
    for line in (
        ["لیست بیمه تکمیلی پرسنل"],
        [],
        ["ردیف", "مشخصات بیمه شده", "", "", "", "", "نسبت", "کدملی سرپرست", "تماس", "", "طرح انتخابی"],
        ["", "نام خانوادگی", "نام", "شماره ملی", "تاریخ تولد", "جنسیت", "", "", "همراه", "تلفن ثابت", ""],
        [
            1,
            "رضائي",
            "محمد",
            int(A),
            datetime.datetime(1981, 5, 3),
            "مذكر",
            "پرسنل",
            int(A),
            9120000201.0,
            "",
            1,
        ],
        [2, "رضائي", "آيدا", float(B), "94/3/1", "ز", "فرزند دختر", float(A), None, 2188888888.0, 1],
        [
            3,
            "رضایی",
            "سارا",
            f"{C[:3]} {C[3:]}",
            "12/05/1362",
            "خانم",
            "همسر (زن)",
            A,
            "۰۹۱۲-۰۰۰-۰۲۰۲",
            "",
            "طرح یک",
        ],
        [],
        [4, "کاظمی", "امیر", D, 31733, "آقا", "خود فرد", D, "9.12346E+09", "۸۸۸۸", "طرح دو"],
        [5, "کاظمی", "نگین", E, "1390-1-5", "زن", "فرزند ۲", D, "", "", "2"],
        [6, "کاظمی", "رجب", F, "1320/01/01", "مرد", "پدر همسر", D, "", "", "2"],
        ["۷", "کاظمی", "امیر", D, "1365.08.26", "مرد", "خود فرد", D, "", "", "۲"],
        [8, "زارع", "سحر", G, "1375", "زن", "مجرد", G, "", "", "طرح ۱"],
        [9, "زارع", "نادر", "12345678901", "1375/1/1", "مرد", "اصلی", H, "", "", "طرح ۱"],
        ["جمع کل", "۹ نفر"],
        ["", "تهیه کننده: امور اداری"],
    ):
        sheet.append([None if cell == "" else cell for cell in line])
    for cells in ("A1:K1", "B3:F3", "I3:J3", "A3:A4", "G3:G4", "H3:H4", "K3:K4"):
        sheet.merge_cells(cells)
    return saved(book)


def test_a_workbook_of_an_office():
    report = examine(a_workbook())
    assert outcomes(report) == {
        5: (
            "import_fixed",
            [
                "ARABIC_LETTERS",
                "DATE_GREGORIAN_CELL",
                "GENDER_ALIAS",
                "ID_FROM_NUMBER",
                "ID_PADDED",
                "MOBILE_NORMALISED",
                "PLAN_ALIAS",
                "RELATION_ALIAS",
            ],
        ),
        6: (
            "import_fixed",
            [
                "ARABIC_LETTERS",
                "DATE_TWO_DIGIT_YEAR",
                "GENDER_ALIAS",
                "ID_FROM_NUMBER",
                "ID_PADDED",
                "PLAN_ALIAS",
                "RELATION_ALIAS",
            ],
        ),
        7: (
            "import_fixed",
            [
                "DATE_ORDER_DMY",
                "GENDER_ALIAS",
                "ID_SEPARATORS",
                "MOBILE_NORMALISED",
                "PERSIAN_DIGITS",
                "PLAN_ALIAS",
                "RELATION_ALIAS",
            ],
        ),
        8: ("skip", ["BLANK_ROW"]),
        9: (
            "import_fixed",
            [
                "DATE_GREGORIAN_CELL",
                "GENDER_ALIAS",
                "MOBILE_INVALID",
                "PERSIAN_DIGITS",
                "PHONE_INVALID",
                "PLAN_ALIAS",
                "RELATION_ALIAS",
            ],
        ),
        10: ("import_fixed", ["DATE_SEPARATOR", "PLAN_ALIAS", "RELATION_ALIAS"]),
        11: ("hold", ["RELATION_UNKNOWN"]),
        12: ("duplicate", ["DUPLICATE_ROW"]),
        13: ("reject", ["BIRTH_DATE_INVALID", "RELATION_UNKNOWN"]),
        14: ("reject", ["ID_LENGTH"]),
        15: ("skip", ["TOTAL_ROW"]),
        16: ("skip", ["FOOTER_ROW"]),
    }
    people = report.people
    assert people["national_id"][:5] == [A, B, C, D, E]
    assert people["primary_national_id"][:5] == [A, A, A, D, D]
    assert people["relation"][:5] == ["self", "child", "spouse", "self", "child"]
    assert people["plan"][:5] == ["طرح ۱", "طرح ۱", "طرح ۱", "طرح ۲", "طرح ۲"]
    assert (people["mobile"][:3], people["phone"][1]) == (["09120000201", "", "09120000202"], "02188888888")
    assert people["birth_date"][3] == datetime.date(1986, 11, 17)


LINES = f"""\
لیست بیمه شدگان شرکت پخش نمونه
;;تاريخ تهيه: 1403/08/01

#;كد پرسنلي;كد ملي بيمه شده;نام;نام خانوادگي;ت. تولد;نسبت با كارمند;جنسيت;كد ملي كارمند;طرح درماني;حساب شبا;تاريخ عضويت
1;1001;{A.lstrip("0")};علي;كريمي;65/02/03;كارمند;مرد;{A.lstrip("0")};طرح 1;{IBAN};1403/08/01
2;1001;{B}.0;رها;كريمي;1399/12/30;فرزند اول;زن;{A};طرح 1;;01/10/1403
3;1002;="{C}";حسن;نوري;13701112;كارمند;مرد;="{C}";طرح 2;170000000000000000201;1403/07/01
4;1002;{D};زهرا;نوري;1372/13/01;همسر كارمند;زن;{C};طرح 2;;1403/08/01
5;1003;{E};فاطمه (شكوفه);بهاري;1368/1/1;كارمند;زن;{E};طرح 5;;1403/08/01
6;1003;{F};كيان;يوسفي;1397/4/5;فرزند;مرد;{E};طرح 1;;1403/08/01
;;;;;;;;;;;
7;1004;{G};سم?ه;گلي;1368/1/1 0:00;كارمند;زن;{G};طرح 1;;1405/1/1
8;1005;{H};بهروز;*;1368/1/1;كارمند;مرد;{H};طرح 1;;1403/08/01
مجموع;8
"""


def test_a_text_file_of_old_windows_with_semicolons():
    report = examine(LINES.replace("ی", "ي").replace("\n", "\r\n").encode("cp1256"))
    usual = ["ARABIC_LETTERS", "PLAN_ALIAS", "RELATION_ALIAS"]
    assert outcomes(report) == {
        5: ("import_fixed", sorted([*usual, "DATE_TWO_DIGIT_YEAR", "ID_PADDED"])),
        6: ("import_fixed", sorted([*usual, "DATE_ORDER_DMY", "ID_FROM_NUMBER"])),
        7: (
            "import_fixed",
            sorted([*usual, "DATE_COMPACT", "FORMULA_VALUE", "IBAN_INVALID", "START_CLAMPED"]),
        ),
        8: ("import_fixed", sorted([*usual, "DATE_MONTH_DAY_SWAPPED"])),
        9: ("hold", ["NAME_HAS_SIGNS", "PLAN_UNKNOWN"]),
        10: ("hold", ["PRIMARY_NOT_FOUND"]),
        11: ("skip", ["BLANK_ROW"]),
        12: ("hold", ["COVERAGE_OUTSIDE_CONTRACT", "NAME_HAS_SIGNS"]),
        13: ("hold", ["NAME_MISSING"]),
        14: ("skip", ["TOTAL_ROW"]),
    }
    assert report.people["iban"][:3] == [IBAN, "", ""]
    assert report.people["personnel_code"][3] == "1002"
    assert report.sheet.ignored_headings == []
