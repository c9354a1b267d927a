"""The very same file on the same day is known to be in force; any doubt, and it is read and compared again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Plan, Province
from members import roster
from members.models import Enrolment, Person, RosterImport
from members.roster import repeats
from tests.members.roster.sheets import SAMPLE, A, B, C, person, table, workbook

WIFE = {"relation": "همسر", "gender": "زن", "birth_date": "1368/01/01", "first_name": "مریم"}


@pytest.fixture
def file() -> bytes:
    return workbook(table([person(A), person(B, primary_national_id=C, **WIFE)]))


@pytest.fixture
def done(bring_in, file) -> RosterImport:
    return bring_in(file)


def test_it_is_known_in_a_few_statements_and_without_reading(done, file, contract, monkeypatch):
    from members.roster import reading

    monkeypatch.setattr(reading, "read", None)
    with CaptureQueriesContext(
        connection,
    ) as told:
        assert roster.in_force(file, contract) == done
    assert len(told) <= 6


def test_a_file_that_was_never_committed_is_not(contract, file, on_1403_10_01):
    assert roster.in_force(file, contract) is None


def test_another_file_is_not(done, contract):
    assert roster.in_force(SAMPLE.read_bytes(), contract) is None


def test_an_older_file_is_not(bring_in, done, file, contract, second):
    bring_in([person(A), person(C)], seconded_by=second)
    assert roster.in_force(file, contract) is None


def changed_enrolment(contract, officer, done):
    Enrolment.objects.update(mobile="09000000200")


def changed_person(contract, officer, done):
    Person.objects.update(father_name="رضا")


def mended_row(contract, officer, done):
    roster.fix(done.rows.get(), values={"primary_national_id": A}, by=officer)


def removed_enrolment(contract, officer, done):
    Enrolment.objects.all().delete()


def another_plan(contract, officer, done):
    Plan.objects.create(contract=contract, title="طرح ویژه")


def another_end(contract, officer, done):
    contract.end_date = contract.end_date.replace(day=1)
    contract.save()


def another_catalogue(contract, officer, done):
    Province.objects.create(code="IR-99", name="استان نو", title="استان نو")


def other_rules(contract, officer, done):
    done.changes[repeats.BASIS]["judged_by"] = "those of before the deployment"
    done.save()


@pytest.mark.parametrize(
    "happened",
    [
        changed_enrolment,
        changed_person,
        mended_row,
        removed_enrolment,
        another_plan,
        another_end,
        another_catalogue,
        other_rules,
    ],
)
@pytest.mark.django_db(transaction=True)
def test_whatever_happened_since_makes_it_be_read_again(contract, officer, done, file, happened):
    assert roster.in_force(file, contract) == done
    happened(contract, officer, done)
    assert roster.in_force(file, contract) is None


def test_on_another_day_it_is_read_again(done, file, contract, on_1403_10_01):
    on_1403_10_01.shift(24 * 3600)
    assert roster.in_force(file, contract) is None


@pytest.mark.django_db(transaction=True)
def test_people_of_another_contract_decide_nothing(done, file, contract):
    Person.objects.create(
        national_id="0990011372", first_name="ا", last_name="ب", first_key="ا", last_key="ب"
    )
    assert roster.in_force(file, contract) == done
