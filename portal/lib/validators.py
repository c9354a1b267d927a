"""Numbers and codes of Iranian life: each function returns the stored form or says what to do.

The libraries are wrong here: they take 1111111111 for a national ID and refuse valid ibans.
"""

import re

from django.core.exceptions import ValidationError

from portal.lib.text import compact, latin_digits, persian_digits, stored, without_invisible

_ID_WEIGHTS = range(10, 1, -1)
_ID = re.compile(r"[0-9]{8,10}")
_MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9[0-9]{9})")
_LANDLINE = re.compile(r"(?:\+98|0098|98|0)?([1-8][0-9]{9})")
_IBAN = re.compile(r"(?:IR)?([0-9]{24})")
# These satisfy the arithmetic and are never issued.
_RESERVED_IBAN_CHECKS = frozenset({"00", "01", "99"})
_PHONE_MARKS = re.compile(r"[().,/]+")
_COUNCIL_NUMBER = re.compile(r"(?:([ء-غف-ۀی]{1,3}) ?[-–/]? ?)?([0-9]{1,7})")
_EPRESCRIPTION = re.compile(r"(?=-*[A-Za-z0-9])[A-Za-z0-9-]{4,20}")
_FULL_WIDTH = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}
_DASH_TO_HYPHEN = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u0640", "-"))

NATIONAL_ID_LENGTH = "کد ملی ۱۰ رقم است؛ آن را از روی کارت ملی وارد کنید."
NATIONAL_ID_CHECKSUM = "این کد ملی درست نیست؛ رقم‌های آن را دوباره از روی کارت ملی وارد کنید."
NATIONAL_ID_REPEATED = "کد ملی نمی‌تواند از یک رقم تکراری باشد؛ آن را از روی کارت ملی وارد کنید."
MOBILE = "شمارهٔ موبایل درست نیست (نمونه: ۰۹۱۲۳۴۵۶۷۸۹)."
LANDLINE = "شمارهٔ تلفن را با کد استان و ۱۱ رقم وارد کنید (نمونه: ۰۲۱۱۲۳۴۵۶۷۸)."
IBAN_LENGTH = "شمارهٔ شبا IR و ۲۴ رقم است؛ آن را از روی کارت یا برنامهٔ بانک خود وارد کنید."
IBAN_CHECKSUM = "این شمارهٔ شبا درست نیست؛ رقم‌های آن را دوباره از روی کارت یا برنامهٔ بانک خود وارد کنید."
EPRESCRIPTION = "شناسهٔ نسخه را با ۴ تا ۲۰ رقم یا حرف انگلیسی، همان‌گونه که در پیامک بیمه آمده است، وارد کنید."
ONE_TIME_CODE = "کد تأیید %(length)s رقم است؛ آن را از روی پیامک وارد کنید."


def national_id(text: str) -> str:
    digits = compact(text)
    if not _ID.fullmatch(digits):
        raise ValidationError(NATIONAL_ID_LENGTH, code="ID_LENGTH")
    # Workbooks and people drop leading zeros; with fewer than eight digits nothing is certain.
    digits = digits.zfill(10)
    if digits == digits[0] * 10:
        raise ValidationError(NATIONAL_ID_REPEATED, code="ID_REPEATED_DIGIT")
    if int(digits[9]) != national_id_check_digit(digits):
        raise ValidationError(NATIONAL_ID_CHECKSUM, code="ID_CHECKSUM")
    return digits


def national_id_check_digit(digits: str) -> int:
    """The tenth digit that belongs to the first nine."""
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=False)) % 11
    return rest if rest < 2 else 11 - rest


def mobile(text: str) -> str:
    match = _MOBILE.fullmatch(_phone(text))
    if not match:
        raise ValidationError(MOBILE, code="MOBILE_FORMAT")
    return f"0{match[1]}"


def landline(text: str) -> str:
    match = _LANDLINE.fullmatch(_phone(text))
    if not match:
        raise ValidationError(LANDLINE, code="LANDLINE_FORMAT")
    return f"0{match[1]}"


def iban(text: str) -> str:
    match = _IBAN.fullmatch(compact(text.translate(_FULL_WIDTH)).upper())
    if not match:
        raise ValidationError(IBAN_LENGTH, code="IBAN_LENGTH")
    check, account = match[1][:2], match[1][2:]
    # I and R count as 18 and 27 at the end of the account number.
    if check in _RESERVED_IBAN_CHECKS or int(f"{account}1827{check}") % 97 != 1:
        raise ValidationError(IBAN_CHECKSUM, code="IBAN_CHECKSUM")
    return f"IR{check}{account}"


def council_number(text: str) -> str:
    """The stored form; odd forms are kept as they are, because no official format is known."""
    plain = latin_digits(stored(text))
    match = _COUNCIL_NUMBER.fullmatch(plain)
    if not match:
        return plain
    return f"{match[1]}-{match[2]}" if match[1] else match[2]


def is_usual_council_number(text: str) -> bool:
    return bool(_COUNCIL_NUMBER.fullmatch(latin_digits(stored(text))))


def eprescription_code(text: str) -> str:
    code = without_invisible(latin_digits(text.translate(_FULL_WIDTH))).translate(_DASH_TO_HYPHEN)
    code = "".join(code.replace("\u200c", "").split())
    if not _EPRESCRIPTION.fullmatch(code):
        raise ValidationError(EPRESCRIPTION, code="EPRESCRIPTION_FORMAT")
    return code


def one_time_code(text: str, *, length: int = 6) -> str:
    digits = compact(text)
    if not re.fullmatch(rf"[0-9]{{{length}}}", digits):
        raise ValidationError(ONE_TIME_CODE, code="CODE_LENGTH", params={"length": persian_digits(length)})
    return digits


def _phone(text: str) -> str:
    text = text if text.isascii() else text.translate(_FULL_WIDTH)
    return _PHONE_MARKS.sub("", compact(text))
