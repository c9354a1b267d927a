"""Rules of the whole file: a person once, dependants under their primary insured, ages and genders that agree."""

import datetime

import pytest

from members.roster.families import Enrolled
from tests.members.roster.sheets import A, B, C, D, person, rows_of

WIFE = {"relation": "همسر", "gender": "زن", "birth_date": "1368/01/01", "first_name": "مریم"}
CHILD = {"relation": "فرزند", "birth_date": "1395/01/01", "first_name": "آرش"}


def under(primary, national_id, values=None, **others):
    return person(national_id, primary_national_id=primary, **(values or WIFE) | others)


def told(people, **kwargs):
    return [(row.outcome, row.codes) for row in rows_of(people, **kwargs)]


def test_order_does_not_matter():
    assert told([under(A, B), person(A)]) == [("import", []), ("import", [])]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"primary_national_id": ""}, "PRIMARY_MISSING"),
        ({"primary_national_id": "123"}, "PRIMARY_ID_INVALID"),
        ({"primary_national_id": "9.98E+09"}, "PRIMARY_ID_INVALID"),
        ({"primary_national_id": D}, "PRIMARY_NOT_FOUND"),
        ({"primary_national_id": B}, "PRIMARY_SELF_REFERENCE"),
        ({"primary_national_id": C}, "PRIMARY_IS_DEPENDENT"),
    ],
)
def test_a_dependant_without_a_primary_waits(change, code):
    rows = told([person(A), under(A, B) | change, under(A, C, CHILD)])
    assert rows == [("import", []), ("hold", [code]), ("import", [])]


def test_a_primary_whom_the_contract_has_need_not_be_in_the_file():
    known = {D: Enrolled(datetime.date(1980, 1, 1), "male")}
    assert told([under(D, B)], enrolled=known) == [("import", [])]
    assert told([under(D, B, CHILD, birth_date="1350/01/01")], enrolled=known) == [
        ("hold", ["CHILD_OLDER_THAN_PARENT"])
    ]


@pytest.mark.parametrize(("relation", "gender"), [("پدر", "مرد"), ("مادر", "زن")])
def test_a_parent_younger_than_their_child_waits(relation, gender):
    parent = {"relation": relation, "gender": gender}
    young, old = (under(A, B, parent, birth_date=born) for born in ("1399/01/01", "1320/01/01"))
    assert told([person(A), young])[1] == ("hold", ["CHILD_OLDER_THAN_PARENT"])
    assert told([person(A), old])[1] == ("import", [])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"plan": "ویژه"}, ("hold", ["PLAN_UNKNOWN"])),
        ({"birth_date": ""}, ("reject", ["BIRTH_DATE_MISSING"])),
    ],
)
def test_dependants_of_a_primary_who_waits_wait_too(change, reason):
    assert told([person(A, **change), under(A, B)]) == [reason, ("hold", ["PRIMARY_NOT_FOUND"])]


def test_the_id_one_digit_away_is_suggested_only_when_there_is_one():
    row = rows_of([person("0090009551"), under("0090019551", B)])[1]
    assert row.values["suggest"] == "0090009551"
    assert "suggest" not in rows_of([person(A), under("0090019551", B)])[1].values


def test_a_primary_insured_is_their_own_primary():
    rows = told([person(A, primary_national_id=""), person(B, primary_national_id=A)])
    assert rows == [("import_fixed", ["PRIMARY_DEFAULTED"]), ("hold", ["PRIMARY_MISMATCH"])]


def test_a_repeated_row_is_a_duplicate_and_another_with_its_id_a_conflict():
    rows = rows_of([person(A), person(A, mobile="x"), person(A, first_name="پرویز")])
    assert [(row.outcome, row.codes) for row in rows] == [
        ("import", []),
        ("duplicate", ["DUPLICATE_ROW"]),
        ("hold", ["ID_CONFLICT"]),
    ]
    assert (rows[1].values["duplicate_of"], rows[2].values["conflicts_with"]) == (2, 2)


def test_spelling_does_not_make_another_person():
    assert told([person(A, last_name="رضائی"), person(A, last_name="رضایی ")])[1] == (
        "duplicate",
        ["DUPLICATE_ROW"],
    )


def test_a_repeat_of_a_held_row_is_a_duplicate_of_it_and_of_a_refused_row_not():
    held = [person(A, plan="ویژه"), person(A)]
    assert told(held)[1] == ("duplicate", ["DUPLICATE_ROW"])
    assert told([person(A, birth_date=""), person(A)])[1] == ("import", [])


def test_hold_stands_before_duplicate():
    assert told([person(A), person(A, plan="ویژه")])[1] == ("hold", ["PLAN_UNKNOWN", "DUPLICATE_ROW"])


@pytest.mark.parametrize(
    ("relation", "gender", "alias"),
    [
        ("پدر", "زن", False),
        ("مادر", "مرد", False),
        ("پسر", "زن", True),
        ("دختر", "مرد", True),
        ("زوجه", "مرد", True),
        ("همسر", "مرد", False),
        ("پسر دوم", "زن", True),
        ("دختر ۲ (دانشجو)", "مرد", True),
    ],
)
def test_relation_and_gender_that_clash_are_told_and_taken_in(relation, gender, alias):
    birth = "1395/01/01" if relation.startswith(("پسر", "دختر")) else "1340/01/01"
    row = told([person(A), under(A, B, relation=relation, gender=gender, birth_date=birth)])[1]
    assert row == ("import_fixed", ["GENDER_CONFLICT", *(["RELATION_ALIAS"] if alias else [])])


@pytest.mark.parametrize(
    ("birth", "gender", "codes"),
    [
        ("1376/08/01", "مرد", ["AGE_LIMIT"]),
        ("1376/08/02", "مرد", []),
        ("1370/01/01", "زن", []),
    ],
)
def test_sons_above_twenty_six_at_the_start_of_the_contract_are_told(birth, gender, codes):
    old = person(A, birth_date="1345/01/01")
    assert told([old, under(A, B, CHILD, birth_date=birth, gender=gender)])[1][1] == codes


def test_an_iban_is_kept_for_the_primary_alone():
    iban = "IR110170000000000000000201"
    rows = rows_of([person(A, iban=iban), under(A, B, iban=iban), under(A, C, CHILD, iban="x")])
    assert [(row.codes, row.values["iban"]) for row in rows] == [
        ([], iban),
        (["IBAN_NOT_PRIMARY"], ""),
        (["IBAN_NOT_PRIMARY"], ""),
    ]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("همسر (زن)", "spouse"),
        ("همسر کارمند", "spouse"),
        ("فرزند ۲", "child"),
        ("فرزند دوم", "child"),
        ("فرزند - دختر", "child"),
        ("مادر بیمه شده اصلی", "mother"),
    ],
)
def test_what_stands_beside_a_relation_changes_nothing(text, relation):
    birth = "1340/01/01" if relation == "mother" else "1368/01/01"
    head = person(A, birth_date="1345/01/01")
    row = rows_of([head, under(A, B, relation=text, gender="زن", birth_date=birth)])[1]
    assert (row.values["relation"], row.codes) == (relation, ["RELATION_ALIAS"])


def test_other_dependants_are_a_relation():
    assert told([person(A), under(A, B, relation="سایر افراد تحت تکفل")])[1] == ("import", [])
