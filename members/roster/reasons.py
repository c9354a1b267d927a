"""Every code a roster row can carry: how much it weighs, and what the operator and the employer read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from portal.lib.text import persian_digits

REJECT, HOLD, DUPLICATE, REPAIR, SKIP = "reject", "hold", "duplicate", "repair", "skip"


class RosterRefused(Exception):
    """The file as a whole cannot be taken; the text is the sentence its bringer reads."""


@dataclass(frozen=True)
class Reason:
    weight: str
    sentence: str
    remedy: str = ""


_ID_REMEDY = "کد ملی ۱۰ رقمی را از روی کارت ملی، در خانه‌ای با قالب «متن»، وارد کنید."
_PRIMARY_REMEDY = "کد ملی بیمه‌شدهٔ اصلی را از روی کارت ملی او وارد کنید، یا فرد را مستقل بپذیرید."
_BIRTH_REMEDY = "تاریخ تولد را شمسی و مانند ۱۳۶۵/۰۸/۲۶ بنویسید."
_COVER_REMEDY = "تاریخ‌های پوشش را شمسی و درون مدت قرارداد بنویسید."
_SEE = "مقدار خوانده‌شده را یک بار نگاه کنید."

REASONS = {
    "ID_MISSING": Reason(REJECT, "کد ملی خالی است.", _ID_REMEDY),
    "ID_LENGTH": Reason(REJECT, "کد ملی ۱۰ رقم نیست.", _ID_REMEDY),
    "ID_NOT_RECOVERABLE": Reason(REJECT, "رقم‌های کد ملی در اکسل از دست رفته است.", _ID_REMEDY),
    "ID_CHECKSUM": Reason(REJECT, "رقم کنترل کد ملی درست نیست.", _ID_REMEDY),
    "ID_REPEATED_DIGIT": Reason(REJECT, "کد ملی از یک رقم تکراری است.", _ID_REMEDY),
    "BIRTH_DATE_MISSING": Reason(REJECT, "تاریخ تولد خالی است.", _BIRTH_REMEDY),
    "BIRTH_DATE_INVALID": Reason(
        REJECT, "چنین روزی در تقویم نیست یا به چند شکل خوانده می‌شود.", _BIRTH_REMEDY
    ),
    "BIRTH_DATE_FUTURE": Reason(REJECT, "تاریخ تولد در آینده است.", _BIRTH_REMEDY),
    "CELL_ERROR": Reason(REJECT, "در این خانه خطای اکسل است.", "به جای فرمول، خود مقدار را بنویسید."),
    "ID_CONFLICT": Reason(
        HOLD,
        "همین کد ملی در ردیف دیگری از این فایل یا در فهرستی دیگر با نام یا تاریخ تولد دیگری آمده است.",
        "کد ملی، نام و تاریخ تولد را با کارت ملی بسنجید.",
    ),
    "NAME_MISSING": Reason(HOLD, "نام یا نام خانوادگی خالی است.", "هر یک را در ستون خود بنویسید."),
    "NAME_HAS_DIGITS": Reason(HOLD, "در نام یا نام خانوادگی رقم است.", "نام را مطابق کارت ملی بنویسید."),
    "NAME_HAS_SIGNS": Reason(
        HOLD, "در نام یا نام خانوادگی نشانه‌ای جز حرف است.", "نام را مطابق کارت ملی و بی‌پرانتز بنویسید."
    ),
    "NAME_NOT_PERSIAN": Reason(
        HOLD, "نام یا نام خانوادگی با حروف فارسی نیست.", "نام را با حروف فارسی و مطابق کارت ملی بنویسید."
    ),
    "NAME_TOO_LONG": Reason(HOLD, "نام بیش از ۸۰ نویسه است.", "نام را مطابق کارت ملی بنویسید."),
    "GENDER_MISSING": Reason(HOLD, "جنسیت خالی است.", "«مرد» یا «زن» بنویسید."),
    "GENDER_UNKNOWN": Reason(HOLD, "جنسیت شناخته نشد.", "«مرد» یا «زن» بنویسید."),
    "RELATION_MISSING": Reason(HOLD, "نسبت خالی است.", "نسبت را از فهرست راهنما بنویسید."),
    "RELATION_UNKNOWN": Reason(HOLD, "این نسبت در فهرست نیست.", "نسبت را از فهرست راهنما بنویسید."),
    "PLAN_MISSING": Reason(HOLD, "طرح خالی است.", "یکی از طرح‌های قرارداد را بنویسید."),
    "PLAN_UNKNOWN": Reason(HOLD, "این طرح در قرارداد نیست.", "یکی از طرح‌های قرارداد را بنویسید."),
    "COVERAGE_DATE_INVALID": Reason(HOLD, "تاریخ شروع یا پایان پوشش خوانده نشد.", _COVER_REMEDY),
    "COVERAGE_OUTSIDE_CONTRACT": Reason(HOLD, "پوشش بیرون از مدت قرارداد است.", _COVER_REMEDY),
    "PRIMARY_MISSING": Reason(HOLD, "کد ملی بیمه‌شدهٔ اصلی خالی است.", _PRIMARY_REMEDY),
    "PRIMARY_ID_INVALID": Reason(HOLD, "کد ملی بیمه‌شدهٔ اصلی درست نیست.", _PRIMARY_REMEDY),
    "PRIMARY_NOT_FOUND": Reason(
        HOLD, "بیمه‌شدهٔ اصلی در این فایل و این قرارداد نیست یا ردیف او پذیرفته نشده است.", _PRIMARY_REMEDY
    ),
    "PRIMARY_IS_DEPENDENT": Reason(HOLD, "کد ملی بیمه‌شدهٔ اصلی از آنِ فردی تحت تکفل است.", _PRIMARY_REMEDY),
    "PRIMARY_SELF_REFERENCE": Reason(
        HOLD, "فرد تحت تکفل است، ولی کد ملی خودش به جای بیمه‌شدهٔ اصلی آمده است.", _PRIMARY_REMEDY
    ),
    "PRIMARY_MISMATCH": Reason(
        HOLD, "بیمه‌شدهٔ اصلی است، ولی کد ملی دیگری برای بیمه‌شدهٔ اصلی آمده است.", "نسبت یا کد ملی را درست کنید."
    ),
    "CHILD_OLDER_THAN_PARENT": Reason(
        HOLD, "فرزند از پدر یا مادر خود بزرگ‌تر است.", "نسبت و تاریخ تولد هر دو را بررسی کنید."
    ),
    "DUPLICATE_ROW": Reason(DUPLICATE, "این فرد پیش‌تر در همین فایل آمده است.", "ردیف تکراری را پاک کنید."),
    "BLANK_ROW": Reason(SKIP, "ردیف خالی است."),
    "TOTAL_ROW": Reason(SKIP, "ردیف جمع است."),
    "FOOTER_ROW": Reason(SKIP, "ردیف توضیح یا امضاست."),
    "REPEATED_HEADER": Reason(SKIP, "سرستون تکرار شده است."),
    "ARABIC_LETTERS": Reason(REPAIR, "حروف عربی نام به فارسی برگردانده شد."),
    "DIACRITICS": Reason(REPAIR, "اعراب یا کشیدهٔ نام برداشته شد."),
    "PRESENTATION_FORMS": Reason(REPAIR, "حروف نمایشی نام به حروف معمولی برگردانده شد."),
    "PERSIAN_DIGITS": Reason(REPAIR, "رقم‌های فارسی خوانده شد."),
    "ARABIC_DIGITS": Reason(REPAIR, "رقم‌های عربی خوانده شد."),
    "NAME_SIGNS_REMOVED": Reason(REPAIR, "نقطه، گیومه یا پرانتز نام برداشته شد.", _SEE),
    "NAME_TITLE_REMOVED": Reason(REPAIR, "عنوان پیش از نام برداشته شد.", _SEE),
    "INVISIBLE_CHARS": Reason(REPAIR, "نویسه‌های نادیدنی برداشته شد."),
    "EXTRA_SPACES": Reason(REPAIR, "فاصله‌های اضافه برداشته شد."),
    "ID_FROM_NUMBER": Reason(REPAIR, "کد ملی عدد بود و متن شد.", "قالب ستون را «متن» کنید."),
    "ID_PADDED": Reason(REPAIR, "صفرهای ابتدای کد ملی برگردانده شد.", "قالب ستون را «متن» کنید."),
    "ID_SEPARATORS": Reason(REPAIR, "جداکننده‌های کد ملی برداشته شد."),
    "DATE_ORDER_DMY": Reason(REPAIR, "تاریخ به ترتیب روز، ماه، سال خوانده شد.", _SEE),
    "DATE_MONTH_DAY_SWAPPED": Reason(REPAIR, "ماه و روز تاریخ جابه‌جا بود.", _SEE),
    "DATE_TWO_DIGIT_YEAR": Reason(REPAIR, "سال دورقمی کامل شد.", _SEE),
    "DATE_COMPACT": Reason(REPAIR, "تاریخ بی‌جداکننده خوانده شد."),
    "DATE_MONTH_NAME": Reason(REPAIR, "نام ماه در تاریخ به شماره برگردانده شد.", _SEE),
    "DATE_SEPARATOR": Reason(REPAIR, "جداکنندهٔ تاریخ یکسان شد."),
    "DATE_GREGORIAN_CELL": Reason(REPAIR, "تاریخ میلادی به شمسی برگردانده شد."),
    "DATE_GREGORIAN_TEXT": Reason(REPAIR, "تاریخ میلادی به شمسی برگردانده شد."),
    "RELATION_ALIAS": Reason(REPAIR, "نسبت به واژهٔ فهرست برگردانده شد."),
    "GENDER_ALIAS": Reason(REPAIR, "جنسیت به واژهٔ فهرست برگردانده شد."),
    "PLAN_ALIAS": Reason(REPAIR, "طرح به نام آن در قرارداد برگردانده شد."),
    "BASE_INSURER_ALIAS": Reason(REPAIR, "بیمهٔ پایه به نام آن در فهرست برگردانده شد."),
    "BASE_INSURER_UNKNOWN": Reason(
        REPAIR, "بیمهٔ پایه شناخته نشد و خالی ماند.", "بیمهٔ پایه را از فهرست بنویسید."
    ),
    "PROVINCE_UNKNOWN": Reason(REPAIR, "استان شناخته نشد و خالی ماند.", "نام استان را از فهرست بنویسید."),
    "EMAIL_INVALID": Reason(REPAIR, "ایمیل درست نبود و خالی ماند.", "ایمیل را درست کنید یا خالی بگذارید."),
    "PHONE_INVALID": Reason(REPAIR, "تلفن درست نبود و خالی ماند.", "تلفن را با کد استان و ۱۱ رقم بنویسید."),
    "MOBILE_NORMALISED": Reason(REPAIR, "شمارهٔ موبایل یکسان‌سازی شد."),
    "MOBILE_INVALID": Reason(
        REPAIR, "شمارهٔ موبایل درست نبود و خالی ماند.", "موبایل را مانند ۰۹۱۲۳۴۵۶۷۸۹ بنویسید."
    ),
    "IBAN_NORMALISED": Reason(REPAIR, "شمارهٔ شبا یکسان‌سازی شد."),
    "IBAN_INVALID": Reason(
        REPAIR, "شمارهٔ شبا درست نبود و خالی ماند.", "شبا را با IR و ۲۴ رقم، در قالب «متن»، بنویسید."
    ),
    "IBAN_NOT_PRIMARY": Reason(REPAIR, "شمارهٔ شبا تنها برای بیمه‌شدهٔ اصلی نگه داشته می‌شود."),
    "CERTIFICATE_INVALID": Reason(
        REPAIR, "شمارهٔ شناسنامه درست نبود و خالی ماند.", "شمارهٔ شناسنامه ۱ تا ۱۰ رقم است."
    ),
    "PERSONNEL_CODE_INVALID": Reason(
        REPAIR, "کد پرسنلی بیش از ۲۰ نویسه بود و خالی ماند.", "کد پرسنلی را کوتاه کنید."
    ),
    "PRIMARY_DEFAULTED": Reason(REPAIR, "کد ملی خود فرد به جای بیمه‌شدهٔ اصلی گذاشته شد."),
    "START_DEFAULTED": Reason(REPAIR, "شروع پوشش، شروع قرارداد گرفته شد."),
    "START_CLAMPED": Reason(REPAIR, "شروع پوشش به شروع قرارداد کوتاه شد."),
    "END_CLAMPED": Reason(REPAIR, "پایان پوشش به پایان قرارداد کوتاه شد."),
    "GENDER_CONFLICT": Reason(REPAIR, "نسبت و جنسیت با هم نمی‌خوانند.", "نسبت و جنسیت را بررسی کنید."),
    "AGE_LIMIT": Reason(REPAIR, "سن پسر از سقف معمول گذشته است.", "شرط سن در قرارداد را بررسی کنید."),
    "MERGED_CELL": Reason(REPAIR, "مقدار خانهٔ ادغام‌شده برای این ردیف هم گرفته شد."),
    "FORMULA_VALUE": Reason(REPAIR, "نتیجهٔ فرمول خوانده شد.", "به جای فرمول، خود مقدار را بنویسید."),
}

# What a row knows beyond its code: the note's name, and the reason that says it.
_WITH_NOTES = {
    "ID_CONFLICT": (
        "conflicts_with",
        Reason(
            HOLD,
            "همین کد ملی در ردیف {} این فایل با مشخصات دیگری آمده است.",
            "هر دو ردیف را با کارت ملی بسنجید؛ یکی را درست یا پاک کنید.",
        ),
    ),
    "DUPLICATE_ROW": (
        "duplicate_of",
        Reason(DUPLICATE, "این فرد پیش‌تر در ردیف {} همین فایل آمده است.", "ردیف تکراری را پاک کنید."),
    ),
    "PRIMARY_ID_INVALID": (
        "suggest",
        Reason(
            HOLD,
            "کد ملی بیمه‌شدهٔ اصلی درست نیست؛ نزدیک‌ترین بیمه‌شدهٔ اصلی این فایل {} است.",
            _PRIMARY_REMEDY,
        ),
    ),
}


def told(codes: Iterable[str], values: Mapping) -> list[Reason]:
    """The reasons of one row, with the other row or the number that is meant."""
    return [_with_note(code, values) for code in codes if code in REASONS]


def _with_note(code: str, values: Mapping) -> Reason:
    name, noted = _WITH_NOTES.get(code, ("", None))
    note = values.get(name)
    if not note:
        return REASONS[code]
    shown = persian_digits(note) if isinstance(note, int) else note
    return replace(noted, sentence=noted.sentence.format(shown))


OUTCOME_TITLES = {
    "import": "پذیرفته",
    "import_fixed": "پذیرفته با اصلاح",
    "hold": "نگه‌داشته",
    "reject": "پذیرفته نشد",
    "duplicate": "تکراری",
    "skip": "ردیف بی‌شخص",
}
