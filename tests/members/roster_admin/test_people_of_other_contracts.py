"""A person is one for all contracts: no employer's list may rename whom another has brought in."""

import io

import openpyxl
import pytest

from catalog.models import Plan
from members import roster, roster_work
from members.models import Enrolment, Person, RosterRow
from portal.lib.dates import parse_jalali
from tests.cast import make_contract
from tests.members.roster.sheets import TERMS, A, B, person, table, workbook
from tests.members.roster_admin.conftest import LIST, ROWS, Operator

SPOUSE = {"relation": "همسر", "gender": "زن", "birth_date": "1368/01/01", "first_name": "مریم"}
STRANGER = {"first_name": "پرویز", "last_name": "نجفی", "birth_date": "1350/02/03", "mobile": "09120000009"}


@pytest.fixture
def elsewhere(operator) -> Operator:
    """The same operator at the list of another employer."""
    other = make_contract(
        "1403-002", start_date=parse_jalali("1403/08/01"), end_date=parse_jalali("1404/07/30")
    )
    for title in TERMS.plans:
        Plan.objects.get_or_create(contract=other, title=title)
    operator.bring_in([person(A, mobile="09120000001")])
    return Operator(other, operator.user)


@pytest.fixture
def conflict(elsewhere) -> RosterRow:
    return elsewhere.bring_in([person(A, **STRANGER), person(B, primary_national_id=A, **SPOUSE)]).rows.get(
        codes=["ID_CONFLICT"]
    )


def known() -> tuple[str, str]:
    one = Person.objects.get(national_id=A)
    return one.full_name, Enrolment.objects.get(person=one, contract__number="1403-001").mobile


def test_another_name_under_the_same_number_waits_and_its_household_with_it(elsewhere):
    upload = elsewhere.send([person(A, **STRANGER), person(B, primary_national_id=A, **SPOUSE)])
    assert (upload.changes["new"], upload.counts["hold"]) == (0, 2)
    page = elsewhere.page(upload, show="hold")
    assert "پرویز نجفی" in page and "ثبت‌شده: حمید کاظمی، متولد ۱۳۶۵/۰۸/۲۶" in page
    elsewhere.act(upload, "commit")
    assert known() == ("حمید کاظمی", "09120000001")
    assert not Enrolment.objects.filter(contract=elsewhere.contract).exists()


@pytest.mark.parametrize(
    ("change", "new", "held"),
    [
        ({}, 1, 0),
        ({"last_name": "كاظمي"}, 1, 0),
        ({"first_name": "حمیدرضا"}, 1, 0),
        ({"last_name": "کاظمی‌فر"}, 0, 1),
        ({"birth_date": "1365/08/27"}, 0, 1),
    ],
)
def test_last_name_and_birth_date_tell_whether_it_is_one_person(elsewhere, change, new, held):
    upload = elsewhere.send([person(A, **change)])
    assert (upload.changes["new"], upload.counts["hold"]) == (new, held)


def test_the_employers_own_people_are_corrected_in_sight_of_the_operator(operator, elsewhere):
    upload = operator.send([person(A, last_name="کاظمی‌فر", mobile="09120000001")])
    assert (upload.changes["changed"], upload.counts["hold"]) == (1, 0)


def test_somebody_whose_birth_date_is_not_known_is_told_by_the_name(elsewhere):
    Person.objects.update(birth_date=None)
    assert elsewhere.send([person(A, birth_date="1366/01/01")]).counts["hold"] == 0


def test_the_workbook_for_the_employer_does_not_name_the_other(elsewhere):
    upload = elsewhere.send([person(A, **STRANGER)])
    roster_work.write_report(upload.pk)
    answer = elsewhere.client.get(f"{LIST}{upload.pk}/download/")
    cells = [
        str(cell)
        for row in openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values
        for cell in row
    ]
    assert "نجفی" in cells and "کاظمی" not in " ".join(cells)


def test_the_operator_sees_both_and_looks_twice_before_taking_one_for_the_other(elsewhere, conflict):
    page = elsewhere.row_page(conflict)
    assert "حمید کاظمی، متولد ۱۳۶۵/۰۸/۲۶" in page and "پرویز نجفی، متولد ۱۳۵۰/۰۲/۰۳" in page
    assert "1403-001" in page
    answer = elsewhere.fix(conflict)
    assert "این همان شخص است" in answer.content.decode()
    assert known()[0] == "حمید کاظمی"
    elsewhere.fix(conflict, is_same_person="on")
    conflict.refresh_from_db()
    assert conflict.resolution == RosterRow.Resolution.FIXED
    assert known() == ("پرویز نجفی", "09120000001")


def test_the_operator_may_refuse_it(elsewhere, conflict):
    elsewhere.settle(conflict, "refuse")
    assert known()[0] == "حمید کاظمی"
    again = elsewhere.send([person(A, **STRANGER), person(B, primary_national_id=A, **SPOUSE)])
    assert RosterRow.Resolution.REFUSED in again.rows.values_list("resolution", flat=True)


def test_a_conflict_is_not_taken_in_alone(elsewhere, conflict):
    assert "ایراد دیگری" in elsewhere.settle(conflict, "stand-alone").content.decode()
    assert known()[0] == "حمید کاظمی"


def test_a_number_mended_to_that_of_somebody_else_is_refused_whatever_was_wrong(elsewhere):
    row = elsewhere.bring_in([person("0090005911", **STRANGER)]).rows.get()
    assert row.codes == ["ID_CHECKSUM"]
    for same in ({}, {"is_same_person": "on"}):
        answer = elsewhere.fix(row, national_id=A, primary_national_id=A, **same)
        assert "از آنِ شخص دیگری است" in answer.content.decode()
    assert known() == ("حمید کاظمی", "09120000001")
    elsewhere.fix(row, national_id=B, primary_national_id=B)
    assert Person.objects.get(national_id=B).last_name == "نجفی"


def test_a_number_mended_to_the_persons_own_is_taken(elsewhere):
    row = elsewhere.bring_in([person("0090005911")]).rows.get()
    elsewhere.fix(row, national_id=A, primary_national_id=A)
    assert Enrolment.objects.filter(contract=elsewhere.contract, person__national_id=A).exists()


def test_whom_another_contract_brought_in_since_the_examination_is_not_renamed(operator, elsewhere):
    report = roster.examine(
        workbook(table([person(B, **STRANGER)])), name="list.xlsx", contract=elsewhere.contract
    )
    operator.bring_in([person(A, mobile="09120000001"), person(B)])
    with pytest.raises(roster.RosterRefused, match="در این میان فهرست دیگری"):
        roster.commit(report, contract=elsewhere.contract, by=operator.user)
    assert Person.objects.get(national_id=B).last_name == "کاظمی"


def test_lists_of_rows_ask_once_whatever_their_number(elsewhere, conflict, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert "ثبت‌شده: حمید کاظمی" in elsewhere.client.get(ROWS).content.decode()
