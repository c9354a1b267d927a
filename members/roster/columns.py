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
    "iban": ("شماره شبا", "شبا", "IBAN", "کد شبا", "شماره شبای بانکی", "شماره حساب (شبا)"),
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
_OF_SOMEBODY = "(?:خود)?(?:بیمهشده|بیمهشدگان|فرد|افراد|شخص|عضو|اعضا)?"
_NUMBER = "(?:شمارهی?|ش)"
_OF_THE_PRIMARY = (
    "(?:بیمهشده|فرد|نفر|شخص|عضو)?(?:اصلی|سرپرست|کارمند|پرسنل|شاغل|همکار|بازنشسته)(?:خانوار|خانواده|اصلی)?"
)
_PATTERNS = {
    field: re.compile(pattern)
    for field, pattern in {
        "first_name": f"(?:نام|اسم)(?:کوچک)?{_OF_SOMEBODY}",
        "last_name": f"(?:نام)?(?:خانوادگی|فامیلی?){_OF_SOMEBODY}",
        "father_name": f"(?:نام|اسم)پدر{_OF_SOMEBODY}",
        "national_id": f"{_NUMBER}?(?:کد|{_NUMBER})ملی(?:شمارهملی)?{_OF_SOMEBODY}(?:(?:10|ده)رقمی?)?",
        "primary_national_id": f"(?:کد|{_NUMBER})ملی{_OF_THE_PRIMARY}",
        "birth_certificate_number": f"{_NUMBER}شناسنامه{_OF_SOMEBODY}",
        "birth_date": f"(?:تاریخ|ت)?تولد(?:{_OF_SOMEBODY}|(?:به)?(?:هجری)?شمسی)(?:روزماهسال|سالماهروز)?",
        "gender": f"جنسیت{_OF_SOMEBODY}|زنمرد|مردزن",
        "relation": "(?:نوع)?(?:نسبت|وابستگی|رابطه)(?:خانوادگی|فامیلی|وابستگی)?(?:فرد|شخص)?"
        f"(?:(?:با|به)?{_OF_THE_PRIMARY})?",
        "personnel_code": f"(?:کد|{_NUMBER})(?:پرسنلی|کارمندی)(?:{_OF_THE_PRIMARY})?",
        "mobile": f"{_NUMBER}?(?:تلفن|گوشی)?(?:همراه|موبایل)(?:{_OF_THE_PRIMARY}|{_OF_SOMEBODY})",
        "email": "(?:ادرس|نشانی)(?:ایمیل|پستالکترونیکی?)",
        "province": "(?:نام)?استان(?:محل)?(?:سکونت|زندگی|اقامت)?",
        "plan": "(?:نام|نوع|شماره|کد)?طرح(?:بیمه|بیمهای|درمان|درمانی|تکمیلی|انتخابی|پوشش)*|گروهبیمه(?:ای|شدگان)",
        "base_insurer": "(?:نوع|نام|صندوق)?بیمه(?:گر)?(?:پایه|اول)(?:بیمهشده)?",
        "coverage_start": "(?:تاریخ)?(?:شروع|الحاق|عضویت)(?:به)?(?:پوشش|بیمه)?",
        "coverage_end": "(?:تاریخ)?(?:پایان|حذف|خاتمه|اتمام|انقضا|انقضای|خروج)(?:از)?(?:پوشش|بیمه)?",
        "iban": f"(?:{_NUMBER}|کد)?(?:حساب)?شبای?(?:بانکی|حساب)?(?:{_OF_THE_PRIMARY})?",
    }.items()
}
# Words that may mean something else, and English ones: they count where no column has a better heading.
_WEAK = {
    "first_name": ("نام پرسنل", "نام کارمند", "نام همکار", "first name", "name"),
    "last_name": (
        "نام خانوادگی پرسنل",
        "نام خانوادگی کارمند",
        "last name",
        "surname",
        "family",
        "family name",
    ),
    "father_name": ("father name", "father's name"),
    "national_id": ("national id", "national code", "شناسه ملی"),
    "birth_date": ("تاریخ تولد میلادی", "متولد", "birth date", "date of birth"),
    "gender": ("gender", "sex"),
    "relation": ("نوع بیمه شده", "اصلی/تبعی", "اصلی/وابسته", "relation", "relationship"),
    "primary_national_id": ("کد سرپرست", "کد ملی بیمه گذار", "primary national id"),
    "mobile": ("شماره تماس", "تلفن تماس", "cell phone", "mobile number"),
    "province": ("استان محل خدمت", "استان محل کار", "province"),
    "base_insurer": ("نوع بیمه",),
    "plan": ("سطح پوشش", "نوع پوشش", "plan"),
    "coverage_start": ("از تاریخ", "تاریخ اضافه شدن", "start date"),
    "coverage_end": ("تا تاریخ", "end date"),
    "note": ("شرح",),
}
_DOTS = str.maketrans("", "", ".،/")

_FIELDS = {match_key(text): field for field, texts in HEADINGS.items() for text in texts}
_WEAK_FIELDS = {match_key(text): field for field, texts in _WEAK.items() for text in texts}
_MARKS = ":*؛：٭∗ \n\t"
_REMARK = re.compile(r"[(\[].*?[)\]]", re.DOTALL)
# A heading is short; a paragraph is never looked up.
_LONGEST = 80


def field_of(cell: object) -> str | None:
    """The field a heading stands for, or None."""
    if type(cell) is not str or not cell or len(cell) > _LONGEST:
        return None
    key = match_key(cell.strip()).strip(_MARKS)
    bare = _bare(cell)
    return _FIELDS.get(key) or _FIELDS.get(bare) or _like(bare.translate(_DOTS))


def _bare(cell: str) -> str:
    return match_key(_REMARK.sub("", cell)).strip(_MARKS)


def _like(key: str) -> str | None:
    return next((field for field, pattern in _PATTERNS.items() if pattern.fullmatch(key)), None)


def columns_of(row: list) -> dict[str, int]:
    """Where each known heading of this row stands; of two alike the first counts."""
    found: dict[str, int] = {}
    for position, cell in enumerate(row):
        field = field_of(cell)
        if field:
            found.setdefault(field, position)
    if len(found) < len(HEADINGS):
        for position, cell in enumerate(row):
            field = _WEAK_FIELDS.get(_bare(cell)) if type(cell) is str and len(cell) <= _LONGEST else None
            if field:
                found.setdefault(field, position)
    return found


def title_of(field: str) -> str:
    return HEADINGS[field][0]
