"""Which column is which: the headings employers write, compared by their match key."""

import re

from portal.lib.text import match_key

# The first of each is the heading of the template; the rest are what employers write instead.
HEADINGS = {
    "row": ("ردیف", "شماره", "#", "شماره ردیف", "ردیف لیست"),
    "first_name": ("نام", "نام بیمه شده", "نام کوچک", "اسم"),
    "last_name": ("نام خانوادگی", "فامیلی", "نام فامیل", "فامیل", "نام خانوادگی بیمه شده", "شهرت"),
    "father_name": ("نام پدر", "پدر", "اسم پدر"),
    "national_id": ("کد ملی", "شماره ملی", "کد ملی بیمه شده", "شماره کد ملی", "کد ملی فرد"),
    "birth_certificate_number": ("شماره شناسنامه", "ش ش", "ش.ش", "ش ش.", "ش.ش.", "ش شناسنامه", "شناسنامه"),
    "birth_date": ("تاریخ تولد (شمسی)", "تاریخ تولد", "تولد", "تاریخ تولد شمسی", "ت.ت", "ت تولد"),
    "gender": ("جنسیت", "جنس"),
    "relation": (
        "نسبت",
        "نسبت با بیمه شده اصلی",
        "وابستگی",
        "نسبت با سرپرست",
        "نسبت با اصلی",
        "نوع وابستگی",
    ),
    "primary_national_id": (
        "کد ملی بیمه شده اصلی",
        "کد ملی سرپرست",
        "کد ملی اصلی",
        "شماره ملی بیمه شده اصلی",
        "شماره ملی سرپرست",
        "کد ملی سرپرست خانوار",
        "کد ملی کارمند",
    ),
    "personnel_code": ("کد پرسنلی", "شماره پرسنلی", "پرسنلی", "ش پرسنلی"),
    "mobile": (
        "شماره موبایل",
        "تلفن همراه",
        "موبایل",
        "همراه",
        "شماره همراه",
        "شماره تلفن همراه",
        "mobile",
    ),
    "phone": ("تلفن ثابت", "تلفن", "شماره تلفن", "تلفن منزل", "شماره تلفن ثابت"),
    "email": ("ایمیل", "پست الکترونیک", "پست الکترونیکی", "رایانامه", "e-mail", "email"),
    "province": ("استان محل سکونت", "استان", "استان سکونت"),
    "base_insurer": ("بیمه پایه", "بیمه‌گر پایه", "بیمه گر اول", "بیمه اول", "نوع بیمه پایه"),
    "plan": ("طرح", "طرح بیمه", "گروه", "نوع طرح", "طرح درمان", "نام طرح"),
    "coverage_start": ("تاریخ شروع پوشش", "شروع", "تاریخ الحاق", "شروع پوشش", "تاریخ شروع"),
    "coverage_end": ("تاریخ پایان پوشش", "پایان", "تاریخ حذف", "پایان پوشش", "تاریخ پایان"),
    "iban": ("شماره شبا", "شبا", "IBAN", "کد شبا", "شماره شبای بانکی"),
    "note": ("توضیحات", "ملاحظات", "توضیح"),
}
REQUIRED = (
    "first_name",
    "last_name",
    "national_id",
    "birth_date",
    "gender",
    "relation",
    "primary_national_id",
    "plan",
)
IDENTIFYING = frozenset({"national_id", "first_name", "last_name"})
LEAST_HEADINGS = 4

_FIELDS = {match_key(text): field for field, texts in HEADINGS.items() for text in texts}
_MARKS = ":*؛：٭∗ \n\t"
_REMARK = re.compile(r"[(\[].*?[)\]]", re.DOTALL)
# A heading is short; a paragraph is never looked up.
_LONGEST = 80


def field_of(cell: object) -> str | None:
    """The field a heading stands for, or None."""
    if type(cell) is not str or not cell or len(cell) > _LONGEST:
        return None
    key = match_key(cell.strip()).strip(_MARKS)
    return _FIELDS.get(key) or _FIELDS.get(match_key(_REMARK.sub("", cell)).strip(_MARKS))


def columns_of(row: list) -> dict[str, int]:
    """Where each known heading of this row stands; of two alike the first counts."""
    found: dict[str, int] = {}
    for position, cell in enumerate(row):
        field = field_of(cell)
        if field:
            found.setdefault(field, position)
    return found


def title_of(field: str) -> str:
    return HEADINGS[field][0]
