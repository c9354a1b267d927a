"""Headings as employers write them: words around them that change nothing, weak words, and those of others."""

import pytest

from members.roster.columns import columns_of, field_of
from tests.members.roster.sheets import examine, person, table, workbook

WRITTEN = {
    "first_name": ["نام *", "نـام", "نام (فارسی)", "نام‌ِ عضو", "اسم کوچک"],
    "last_name": ["نام‌خانوادگي", "فامیلی بیمه شده", "خانوادگی"],
    "national_id": [
        "كُد مِلّی:",
        "کد ملی ۱۰ رقمی",
        "شماره/کد ملی",
        "کد ملي/شماره ملي",
        "کدملی خود فرد",
        "ش.ملی",
    ],
    "birth_certificate_number": ["ش.ش", "شماره‌ی شناسنامه"],
    "birth_date": ["ت. تولد", "تاریخ تولد به شمسی", "تاریخ تولد روز/ماه/سال"],
    "gender": ["جنسیت فرد", "زن/مرد", "جنسيت (مرد/زن)"],
    "relation": ["نوع نسبت", "نسبت خانوادگی", "رابطه", "نسبت فرد با بیمه شده اصلی"],
    "primary_national_id": ["کد ملی نفر اصلی", "ش ملی اصلی", "کدملی سرپرست خانوار", "کد ملی عضو اصلی"],
    "personnel_code": ["شماره کارمندی", "ش. پرسنلی", "شماره پرسنلی همکار"],
    "mobile": ["شماره‌ی موبایل", "تلفن همراه بیمه شده اصلی", "موبایل سرپرست"],
    "email": ["آدرس ایمیل"],
    "province": ["نام استان", "استان محل سکونت"],
    "base_insurer": ["صندوق بیمه پایه", "بيمه‌گر پايه"],
    "plan": ["طرح درمان تکمیلی", "گروه بیمه ای", "طرح پوشش"],
    "coverage_start": ["تاریخ الحاق به بیمه"],
    "coverage_end": ["تاریخ خروج", "تاریخ اتمام پوشش"],
    "iban": ["شماره حساب (شبا)", "شماره شبا (بدون IR)", "شماره شبا بیمه شده اصلی"],
}
OF_OTHERS = [
    "محل تولد",
    "نام مادر",
    "کد ملی پدر",
    "کد ملی همسر",
    "نام پدر همسر",
    "نام سرپرست",
    "شماره حساب",
    "شماره بیمه تامین اجتماعی",
    "تاریخ استخدام",
    "تاریخ صدور",
    "نام و نام خانوادگی",
    "شماره تماس ضروری",
]


@pytest.mark.parametrize(
    ("field", "heading"), [(field, one) for field, them in WRITTEN.items() for one in them]
)
def test_words_around_a_heading_change_nothing(field, heading):
    assert field_of(heading) == field


@pytest.mark.parametrize("heading", OF_OTHERS)
def test_what_belongs_to_somebody_else_is_no_column_of_ours(heading):
    assert field_of(heading) is None
    assert columns_of([heading]) == {}


def test_a_weak_heading_counts_where_no_better_one_stands():
    assert columns_of(["شماره تماس", "نام پرسنل"]) == {"mobile": 0, "first_name": 1}
    assert columns_of(["شماره تماس", "نام پرسنل", "نام", "همراه"]) == {"first_name": 2, "mobile": 3}


def test_english_headings_are_read_and_their_values_are_kept():
    rows = table([person(mobile="09120000202")])
    rows[0] = [
        "First Name",
        "Last Name",
        "National ID",
        "Birth Date",
        "Sex",
        "Relation",
        "کد سرپرست",
        "Plan",
        "Mobile",
    ]
    report = examine(workbook(rows))
    (row,) = report.rows()
    assert (row.outcome, row.values["mobile"]) == ("import", "09120000202")
    assert report.sheet.ignored_headings == []
