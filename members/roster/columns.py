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

# Beyond the list: the same words with others around them that change nothing. «کد ملی پدر» or «محل تولد» fit none.
_OF_SOMEBODY = "(?:بیمهشده|بیمهشدگان|فرد|شخص|عضو)?"
_OF_THE_PRIMARY = "(?:اصلی|سرپرست|کارمند|پرسنل|شاغل|همکار|بازنشسته)(?:خانوار|خانواده|اصلی)?"
_PATTERNS = {
    field: re.compile(pattern)
    for field, pattern in {
        "first_name": f"(?:نام|اسم)(?:کوچک)?{_OF_SOMEBODY}",
        "last_name": f"(?:نام)?(?:خانوادگی|فامیلی?){_OF_SOMEBODY}",
        "father_name": f"(?:نام|اسم)پدر{_OF_SOMEBODY}",
        "national_id": f"(?:شماره|ش)?(?:کد|شماره|ش)ملی{_OF_SOMEBODY}",
        "primary_national_id": f"(?:کد|شماره|ش)ملی(?:بیمهشده)?{_OF_THE_PRIMARY}",
        "birth_certificate_number": f"(?:شماره|ش)شناسنامه{_OF_SOMEBODY}",
        "birth_date": f"(?:تاریخ|ت)?تولد(?:شمسی|{_OF_SOMEBODY})",
        "relation": f"(?:نوع)?(?:نسبت|وابستگی)(?:(?:با|به)?(?:بیمهشده)?{_OF_THE_PRIMARY})?",
        "personnel_code": "(?:کد|شماره|ش)پرسنلی(?:کارمند|اصلی)?",
        "mobile": f"(?:شماره|ش)?(?:تلفن|گوشی)?(?:همراه|موبایل){_OF_SOMEBODY}",
        "plan": "(?:نام|نوع|شماره|کد)?طرح(?:بیمه|بیمهای|درمان|درمانی|تکمیلی|انتخابی)*",
        "base_insurer": "(?:نوع|نام)?بیمه(?:گر)?(?:پایه|اول)",
        "coverage_start": "(?:تاریخ)?(?:شروع|الحاق|عضویت)(?:به)?(?:پوشش|بیمه)?",
        "coverage_end": "(?:تاریخ)?(?:پایان|حذف|خاتمه)(?:از)?(?:پوشش|بیمه)?",
        "iban": f"(?:شماره|ش|کد)?(?:حساب)?شبای?(?:بانکی|حساب)?(?:{_OF_THE_PRIMARY})?",
    }.items()
}
_DOTS = str.maketrans("", "", ".،/")

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
    bare = match_key(_REMARK.sub("", cell)).strip(_MARKS)
    return _FIELDS.get(key) or _FIELDS.get(bare) or _like(bare.translate(_DOTS))


def _like(key: str) -> str | None:
    return next((field for field, pattern in _PATTERNS.items() if pattern.fullmatch(key)), None)


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
