"""Guessing at the staff's door ends where it comes from; a new password by an administrator opens it again."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from members import staff
from tests.cast import PASSWORD, make_staff

HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"
NEW = "Steady-kettle-19"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(settings):
    settings.STAFF_SECOND_FACTOR = False
    settings.LIMITS = settings.LIMITS | {"login-in-a-row": (8, 90 * 24 * 3600)}
    with time_machine.travel(datetime(2026, 5, 1, 8, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def officer(db):
    return make_staff("officer", "نگار سهرابی")


def attempt(password=PASSWORD, username="officer", address=HERE):
    answer = Client(REMOTE_ADDR=address).post("/admin/login/", {"username": username, "password": password})
    return answer.context["form"].non_field_errors()[0] if answer.context else "in"


def fail(clock, times=8, **given):
    for _ in range(times):
        attempt("Another-river-27", **given)
        clock.shift(4 * 3600)


def test_staff_are_not_sent_to_a_page_they_do_not_have(officer, clock):
    fail(clock)
    assert attempt() == staff.NEW_PASSWORD_NEEDED
    assert "فراموش کرده‌اید" not in staff.NEW_PASSWORD_NEEDED


def test_a_stranger_elsewhere_locks_nobody_out(officer, clock):
    fail(clock, address=ELSEWHERE)
    assert attempt(address=ELSEWHERE) == staff.NEW_PASSWORD_NEEDED
    assert attempt() == "in"


def test_an_unknown_name_is_refused_in_the_same_words(officer, clock):
    fail(clock, username="nobody")
    assert attempt(username="nobody") == staff.NEW_PASSWORD_NEEDED


def test_a_new_password_set_by_an_administrator_opens_the_door(officer, clock, client):
    fail(clock)
    client.force_login(make_staff("boss", "مدیر", is_superuser=True))
    page = client.get("/admin/colleagues/").content.decode()
    address = f"/admin/members/user/{officer.pk}/password/"
    assert f'href="{address}"' in page
    given = {"usable_password": "true", "password1": NEW, "password2": NEW}
    assert client.post(address, given).status_code == 302
    assert attempt(NEW) == "in"


def test_a_supervisor_who_may_set_no_password_is_offered_none(officer, cast, client):
    client.force_login(cast.supervisor)
    assert "رمز تازه<" not in client.get("/admin/colleagues/").content.decode()


def test_a_success_forgives_the_failures_before_it(officer, clock):
    fail(clock, times=7)
    assert attempt() == "in"
    fail(clock, times=7)
    assert attempt() == "in"


def test_guesses_at_the_staffs_door_are_not_held_against_a_member(member, clock):
    from members.login import enter

    fail(clock, username=member.username)
    kind, national_id = member.membership_type, member.person.national_id
    assert enter(membership_type=kind, national_id=national_id, password=PASSWORD, address=HERE) == member
