"""Held rows: mended, accepted as stand-alone, or refused; and never twice."""

import pytest

from members import roster
from members.models import Enrolment, RosterRow
from tests.members.roster.sheets import A, B, C, person

LOST = {"relation": "همسر", "gender": "زن", "birth_date": "1368/01/01", "first_name": "مریم"}


@pytest.fixture
def held(bring_in):
    """A wife whose husband is not in the file."""
    return bring_in([person(A), person(B, primary_national_id=C, **LOST)]).rows.get()


def test_a_held_row_is_mended_and_joins_its_household(held, officer):
    done = roster.fix(held, values={"primary_national_id": A}, by=officer)
    assert (done.resolution, done.resolved_by) == (RosterRow.Resolution.FIXED, officer)
    enrolment = Enrolment.objects.get(person__national_id=B)
    assert (enrolment.primary.national_id, enrolment.relation) == (A, "spouse")


def test_a_row_that_is_still_wrong_stays_and_says_why(held, officer):
    with pytest.raises(roster.RosterRefused, match="شمارهٔ|رقم کنترل|بیمه‌شدهٔ اصلی"):
        roster.fix(held, values={"primary_national_id": "0089999999"}, by=officer)
    held.refresh_from_db()
    assert held.resolution == RosterRow.Resolution.OPEN
    assert not Enrolment.objects.filter(person__national_id=B).exists()


def test_an_accepted_person_stands_alone_until_a_roster_joins_the_household(held, officer, bring_in):
    roster.accept_stand_alone(held, by=officer)
    enrolment = Enrolment.objects.get(person__national_id=B)
    assert enrolment.primary == enrolment.person
    bring_in([person(A), person(B, primary_national_id=A, **LOST)])
    enrolment.refresh_from_db()
    assert enrolment.primary.national_id == A


def test_only_a_household_that_is_wrong_may_be_left_out(bring_in, officer):
    row = bring_in([person(A, plan="طرح ویژه")]).rows.get()
    assert not roster.may_stand_alone(row)
    with pytest.raises(roster.RosterRefused, match="ایراد دیگری"):
        roster.accept_stand_alone(row, by=officer)


def test_a_refused_row_is_not_asked_about_again(held, officer, bring_in):
    roster.refuse(held, by=officer)
    again = bring_in(
        [person(A, mobile="09000000200"), person(B, primary_national_id=C, **LOST) | {"mobile": ""}]
    )
    row = again.rows.get()
    assert (row.resolution, row.resolved_by) == (RosterRow.Resolution.REFUSED, officer)


def test_a_settled_row_is_not_settled_twice(held, officer):
    roster.refuse(held, by=officer)
    with pytest.raises(roster.RosterRefused, match="پیش‌تر رسیدگی شده"):
        roster.accept_stand_alone(held, by=officer)


def test_a_conflict_is_not_mended_by_writing_over_the_other_person(bring_in, officer):
    row = bring_in([person(A), person(A, first_name="پرویز", last_name="نجفی")]).rows.get()
    assert row.codes == ["ID_CONFLICT"]
    with pytest.raises(roster.RosterRefused, match="کد ملی در ردیف دیگری"):
        roster.fix(row, values={}, by=officer)
    roster.fix(row, values={"national_id": B, "primary_national_id": B}, by=officer)
    assert Enrolment.objects.get(person__national_id=A).person.last_name == "کاظمی"
    assert Enrolment.objects.get(person__national_id=B).person.last_name == "نجفی"
