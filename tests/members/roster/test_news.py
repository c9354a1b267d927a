"""What of a later file is staged at all: those of whom it says anything but what is in force, and who is missing."""

import pytest
from django.db import connection, transaction

from members import roster
from members.models import Enrolment, Person
from members.roster import staging
from portal.lib.dates import parse_jalali
from tests.members.roster.sheets import A, B, C, D, person, table, workbook


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [value for (value,) in cursor.fetchall()]


@pytest.fixture
def staged(contract, on_1403_10_01):
    """Stages these people; who is in either table, and how many are left out."""

    def stage(people):
        report = roster.examine(workbook(table(people)), name="list.xlsx", contract=contract)
        with transaction.atomic():
            left_out = staging.stage_news(report, contract, today=report.today)
            incoming = asked("SELECT national_id FROM roster_incoming ORDER BY excel_row")
            return incoming, asked("SELECT national_id FROM roster_missing ORDER BY 1"), left_out

    return stage


def people(**of_the_last):
    return [person(A, mobile="09000000200", coverage_end=""), person(B), person(C, **of_the_last)]


def test_the_first_file_is_staged_wholly(staged):
    assert staged(people()) == ([A, B, C], [], 0)


def test_nobody_of_the_same_file_is_staged(bring_in, staged):
    bring_in(people())
    assert staged(people()) == ([], [], 3)


@pytest.mark.parametrize(
    "change",
    [
        {"last_name": "کاظمیان"},
        {"birth_date": "1365/08/27"},
        {"coverage_end": "1404/01/31"},
        {"mobile": "09000000201"},
        {"relation": "همسر", "gender": "زن", "primary_national_id": A},
    ],
)
def test_whoever_differs_in_anything_is_staged(bring_in, staged, change):
    bring_in(people())
    assert staged(people(**change)) == ([C], [], 2)


def test_the_new_are_staged_and_the_missing_named(bring_in, staged):
    bring_in(people())
    assert staged([*people()[1:], person(D)]) == ([D], [A], 2)


def test_who_waits_is_not_missing(bring_in, staged):
    bring_in(people())
    assert staged(people(gender="؟")) == ([], [], 2)


def test_who_has_left_is_neither_in_force_nor_missing(bring_in, staged):
    bring_in(people())
    Enrolment.objects.filter(person__national_id=C).update(cover_end=parse_jalali("1403/09/30"))
    assert staged(people()[:2]) == ([], [], 2)
    assert staged(people()) == ([C], [], 2)


def test_what_a_member_changed_does_not_make_the_employers_file_new(bring_in, staged):
    bring_in(people())
    Enrolment.objects.filter(person__national_id=A).update(mobile="09000000999")
    assert staged(people()) == ([], [], 3)


@pytest.mark.parametrize("odd", ["کاظمی\nراد", "کاظمی\tراد", "کاظمی\\راد", "\\N"])
def test_signs_that_copy_escapes_confuse_nobody_with_anybody(bring_in, staged, odd):
    bring_in(people())
    Person.objects.filter(national_id=B).update(last_name=odd)
    assert staged(people()) == ([B], [], 2)
    assert staged(people()[:1]) == ([], [B, C], 1)
