"""Each column by its rule: what is taken as it is, what is repaired with a code, what waits, what is refused."""

import datetime

import pytest

from portal.lib.fields import PersianTextField
from portal.lib.text import match_key
from tests.members.roster.sheets import A, B, C, one_row, person, rows_of

EARLIER = "0990007731"


def told(field, text, **others):
    row = one_row(**{field: text}, **others)
    return row.outcome, row.codes, row.values[field]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("۰۰۹۰۰۰۵۹۱۰", ["PERSIAN_DIGITS"]),
        ("٠٠٩٠٠٠٥٩١٠", ["ARABIC_DIGITS"]),
        ("۰۰٩٠٠٠۵۹۱۰", ["ARABIC_DIGITS", "PERSIAN_DIGITS"]),
        (90005910.0, ["ID_FROM_NUMBER", "ID_PADDED"]),
        ("90005910", ["ID_PADDED"]),
        ("009 000591 0", ["ID_SEPARATORS"]),
        (" 0090005910 ", ["EXTRA_SPACES"]),
        ("\u200e0090005910\u00a0", ["INVISIBLE_CHARS"]),
        ("009-000591-۰ ", ["EXTRA_SPACES", "ID_SEPARATORS", "PERSIAN_DIGITS"]),
    ],
)
def test_an_id_is_mended(text, codes):
    assert told("national_id", text, primary_national_id=A) == ("import_fixed", codes, A)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ID_MISSING"),
        ("  ", "ID_MISSING"),
        ("123456", "ID_LENGTH"),
        (1234567.0, "ID_LENGTH"),
        ("00900059101", "ID_LENGTH"),
        ("ندارد", "ID_LENGTH"),
        ("0090005911", "ID_CHECKSUM"),
        ("۲۲۲۲۲۲۲۲۲۲", "ID_REPEATED_DIGIT"),
        ("9.000591E+07", "ID_NOT_RECOVERABLE"),
        ("۹٫۹۸E+09", "ID_NOT_RECOVERABLE"),
    ],
)
def test_an_id_that_is_none_is_refused_with_its_reason_alone(text, code):
    row = one_row(national_id=text, primary_national_id="", first_name=" حمید")
    assert (row.outcome, row.codes) == ("reject", [code])


@pytest.mark.parametrize(
    ("text", "codes", "kept"),
    [
        ("1365/8/6", [], "1365/08/06"),
        ("1365.08.26", ["DATE_SEPARATOR"], "1365/08/26"),
        ("۱۳۶۵-۰۸-۲۶", ["DATE_SEPARATOR", "PERSIAN_DIGITS"], "1365/08/26"),
        ("26-08-1365", ["DATE_ORDER_DMY", "DATE_SEPARATOR"], "1365/08/26"),
        ("65/8/26", ["DATE_TWO_DIGIT_YEAR"], "1365/08/26"),
        ("03/01/20", ["DATE_TWO_DIGIT_YEAR"], "1403/01/20"),
        ("04/01/20", ["DATE_TWO_DIGIT_YEAR"], "1304/01/20"),
        ("26/08/65", ["DATE_ORDER_DMY", "DATE_TWO_DIGIT_YEAR"], "1365/08/26"),
        ("1370/25/06", ["DATE_MONTH_DAY_SWAPPED"], "1370/06/25"),
        (13650826.0, ["DATE_COMPACT"], "1365/08/26"),
        ("650826", ["DATE_COMPACT", "DATE_TWO_DIGIT_YEAR"], "1365/08/26"),
        ("1986/11/17", ["DATE_GREGORIAN_TEXT"], "1365/08/26"),
        ("17/11/1986", ["DATE_GREGORIAN_TEXT", "DATE_ORDER_DMY"], "1365/08/26"),
        ("1986-11-17 00:00:00", ["DATE_GREGORIAN_TEXT", "DATE_SEPARATOR"], "1365/08/26"),
        (datetime.datetime(1986, 11, 17), ["DATE_GREGORIAN_CELL"], "1365/08/26"),
        (31733.0, ["DATE_GREGORIAN_CELL"], "1365/08/26"),
        (31733.75, ["DATE_GREGORIAN_CELL"], "1365/08/26"),
        ("31733", ["DATE_GREGORIAN_CELL"], "1365/08/26"),
        ("1399/12/30", [], "1399/12/30"),
        ("1403/10/01", [], "1403/10/01"),
    ],
)
def test_a_date_is_read(text, codes, kept):
    assert told("birth_date", text) == ("import_fixed" if codes else "import", codes, kept)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "BIRTH_DATE_MISSING"),
        ("1368/12/30", "BIRTH_DATE_INVALID"),
        ("1365/13/13", "BIRTH_DATE_INVALID"),
        ("1365/00/10", "BIRTH_DATE_INVALID"),
        ("05/06/1986", "BIRTH_DATE_INVALID"),
        ("آبان ۱۳۶۵", "BIRTH_DATE_INVALID"),
        ("1365", "BIRTH_DATE_INVALID"),
        (1365.0, "BIRTH_DATE_INVALID"),
        (60000.0, "BIRTH_DATE_FUTURE"),
        ("1403/10/02", "BIRTH_DATE_FUTURE"),
    ],
)
def test_a_day_that_is_none_is_refused(text, code):
    row = one_row(birth_date=text)
    assert (row.outcome, row.codes) == ("reject", [code])


@pytest.mark.parametrize(
    ("text", "codes", "kept"),
    [
        ("فاطمه‌سادات", [], "فاطمه‌سادات"),
        (" علي  رضا", ["ARABIC_LETTERS", "EXTRA_SPACES"], "علی رضا"),
        ("مُحمَّـد", ["DIACRITICS"], "محمد"),
        ("ﻣﺮﯾﻢ", ["PRESENTATION_FORMS"], "مریم"),
        ("علی\u00a0رضا\u200f", ["INVISIBLE_CHARS"], "علی رضا"),
        ("علی\nرضا", ["EXTRA_SPACES"], "علی رضا"),
    ],
)
def test_a_name_is_mended(text, codes, kept):
    assert told("first_name", text) == ("import_fixed" if codes else "import", codes, kept)
    assert told("father_name", text) == ("import_fixed" if codes else "import", codes, kept)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("سید.علی", "سید علی"),
        ("کریمی'", "کریمی"),
        ("«کریمی»", "کریمی"),
        ("(علی)", "علی"),
        ("علی_رضا", "علی رضا"),
        ("م. کریمی", "م کریمی"),
    ],
)
def test_a_sign_that_changes_nothing_of_a_name_is_taken_off(text, kept):
    assert told("last_name", text) == ("import_fixed", ["NAME_SIGNS_REMOVED"], kept)


@pytest.mark.parametrize("text", ["مؤمنی", "رضائی", "عبد‌الله", "علی-رضا", "کبری‌ە", "آقا زاده"])
def test_whatever_name_is_taken_can_be_typed_at_the_activation(text):
    row = one_row(last_name=text)
    assert row.outcome.startswith("import")
    field = PersianTextField(only_persian_letters=True)
    assert match_key(field.clean(match_key(text))) == match_key(row.values["last_name"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "NAME_MISSING"),
        ("-", "NAME_MISSING"),
        ("*", "NAME_MISSING"),
        ("رضایی۲", "NAME_HAS_DIGITS"),
        ("رضا?ی", "NAME_HAS_SIGNS"),
        ("رضا\ufffdی", "NAME_HAS_SIGNS"),
        ("رضایی (بیات)", "NAME_HAS_SIGNS"),
        ("علی (رضا)", "NAME_HAS_SIGNS"),
        ("؟", "NAME_MISSING"),
        ("رض؟یی", "NAME_HAS_SIGNS"),
        ("John Smith", "NAME_NOT_PERSIAN"),
        ("کاظمی Smith", "NAME_NOT_PERSIAN"),
        ("ا" * 81, "NAME_TOO_LONG"),
    ],
)
def test_a_name_that_is_none_waits(text, code):
    row = one_row(last_name=text)
    assert (row.outcome, row.codes) == ("hold", [code])


@pytest.mark.parametrize(
    ("field", "text", "codes", "kept"),
    [
        ("relation", "بیمه‌شدهٔ اصلی", [], "self"),
        ("relation", "خود ", ["RELATION_ALIAS"], "self"),
        ("relation", "سرپرست", ["RELATION_ALIAS"], "self"),
        ("relation", "خود فرد (شاغل)", ["RELATION_ALIAS"], "self"),
        ("gender", "مرد ", ["GENDER_ALIAS"], "male"),
        ("gender", "مؤنث", ["GENDER_ALIAS"], "female"),
        ("gender", "Male", ["GENDER_ALIAS"], "male"),
        ("gender", "ز", ["GENDER_ALIAS"], "female"),
        ("plan", "طرح ۲", [], "طرح ۲"),
        ("plan", "طرح ٢", ["PLAN_ALIAS"], "طرح ۲"),
        ("plan", 3.0, ["PLAN_ALIAS"], "طرح ۳"),
        ("plan", "طرح دو", ["PLAN_ALIAS"], "طرح ۲"),
        ("plan", "اول", ["PLAN_ALIAS"], "طرح ۱"),
        ("plan", "طرح شماره ۳", ["PLAN_ALIAS"], "طرح ۳"),
        ("base_insurer", "تأمین اجتماعی", [], "tamin"),
        ("base_insurer", "تامین اجتماعی ", ["BASE_INSURER_ALIAS"], "tamin"),
        ("base_insurer", "سازمان بیمه سلامت", ["BASE_INSURER_ALIAS"], "salamat"),
        ("base_insurer", "", [], ""),
        ("base_insurer", "بیمهٔ مریخ", ["BASE_INSURER_UNKNOWN"], ""),
        ("province", "استان تهران", [], "IR-23"),
        ("province", "آذربايجان  شرقي", ["EXTRA_SPACES"], "IR-03"),
        ("province", "بابل", ["PROVINCE_UNKNOWN"], ""),
        ("email", "a@example.com ", ["EXTRA_SPACES"], "a@example.com"),
        ("email", "a(at)example.com", ["EMAIL_INVALID"], ""),
        ("phone", "02199999999", [], "02199999999"),
        ("phone", "09000000200", ["PHONE_INVALID"], ""),
        ("phone", "99999999", ["PHONE_INVALID"], ""),
        ("mobile", "۰۹۰۰۰۰۰۰۲۰۱", ["PERSIAN_DIGITS"], "09000000201"),
        ("mobile", "0900 000 0201", ["MOBILE_NORMALISED"], "09000000201"),
        ("mobile", 9000000201.0, ["MOBILE_NORMALISED"], "09000000201"),
        ("mobile", "+1 900 000 0201", ["MOBILE_INVALID"], ""),
        ("iban", "IR11 0170 0000 0000 0000 0002 01", ["IBAN_NORMALISED"], "IR110170000000000000000201"),
        ("iban", "IR۱۱۰۱۷۰۰۰۰۰۰۰۰۰۰۰۰۰۰۰۰۲۰۱", ["PERSIAN_DIGITS"], "IR110170000000000000000201"),
        ("iban", "IR010170000000000000000201", ["IBAN_INVALID"], ""),
        ("iban", 6.2e23, ["IBAN_INVALID"], ""),
        ("birth_certificate_number", 1234.0, [], "1234"),
        ("birth_certificate_number", "الف۱۲", ["CERTIFICATE_INVALID", "PERSIAN_DIGITS"], ""),
        ("personnel_code", 4000.0, [], "4000"),
        ("note", "نوزاد،  الحاق ۱۵ آذر", [], "نوزاد، الحاق ۱۵ آذر"),
        ("coverage_start", "", ["START_DEFAULTED"], "1403/08/01"),
        ("coverage_start", "1403/07/01", ["START_CLAMPED"], "1403/08/01"),
        ("coverage_end", "", [], "1404/07/30"),
        ("coverage_end", "1404/08/01", ["END_CLAMPED"], "1404/07/30"),
    ],
)
def test_a_cell_is_taken_in(field, text, codes, kept):
    assert told(field, text) == ("import_fixed" if codes else "import", codes, kept)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("relation", "", "RELATION_MISSING"),
        ("relation", "خواهر", "RELATION_UNKNOWN"),
        ("relation", "پدر همسر", "RELATION_UNKNOWN"),
        ("relation", "عروس اول", "RELATION_UNKNOWN"),
        ("gender", "", "GENDER_MISSING"),
        ("gender", "؟", "GENDER_UNKNOWN"),
        ("plan", "", "PLAN_MISSING"),
        ("plan", "طرح ۴", "PLAN_UNKNOWN"),
        ("coverage_start", "1404/08/01", "COVERAGE_OUTSIDE_CONTRACT"),
        ("coverage_end", "1403/07/30", "COVERAGE_OUTSIDE_CONTRACT"),
        ("coverage_start", "اول سال", "COVERAGE_DATE_INVALID"),
    ],
)
def test_a_cell_makes_the_row_wait(field, text, code):
    row = one_row(**{field: text})
    assert (row.outcome, row.codes) == ("hold", [code])


def test_all_reasons_of_a_row_are_listed_and_none_of_its_repairs():
    row = one_row(birth_date="1368/12/30", plan="ویژه", last_name="رضایی2", gender="M")
    assert (row.outcome, row.codes) == ("reject", ["BIRTH_DATE_INVALID", "NAME_HAS_DIGITS", "PLAN_UNKNOWN"])


def test_one_code_stands_once_for_several_cells():
    row = rows_of([person("۰۰۹۰۰۰۵۹۱۰", primary_national_id=A, mobile="۰۹۰۰۰۰۰۰۲۰۱")])[0]
    assert row.codes == ["PERSIAN_DIGITS"]


def test_codes_of_every_row_have_a_persian_sentence():
    from members.roster import REASONS

    people = [person(A), person(A), person(B, plan=""), person(C, birth_date="")]
    assert {code for row in rows_of(people) for code in row.codes} <= REASONS.keys()
