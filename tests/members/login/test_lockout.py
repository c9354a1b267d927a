"""Failures are counted per account and address: waits that grow, and in the end a new password."""

from datetime import UTC, datetime

import pytest
import time_machine

from members import limits
from tests.cast import PASSWORD, make_member, make_person, synthetic_national_id

LOGIN = "/login/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 5, 1, 8, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def attempt(client, member):
    def attempt(password=PASSWORD, national_id=None, **where):
        response = client.post(
            LOGIN,
            {
                "national_id": national_id or member.person.national_id,
                "password": password,
                "membership_type": member.membership_type_id,
                "captcha": "PASSED",
            },
            **where,
        )
        return response.context["form"].non_field_errors()[0] if response.context else "in"

    return attempt


def fail(attempt, times=5, **given):
    return [attempt("Another-river-27", **given) for _ in range(times)]


def test_after_five_failures_even_the_right_password_waits_a_quarter_of_an_hour(attempt, clock):
    assert all("درست نیست" in sentence for sentence in fail(attempt))
    assert "۱۵ دقیقه" in attempt()
    clock.shift(14 * 60 + 59)
    assert "۱ ثانیه" in attempt()
    clock.shift(1)
    assert attempt() == "in"


def test_the_waits_grow(attempt, clock):
    fail(attempt)
    clock.shift(15 * 60)
    fail(attempt)
    assert "۳۰ دقیقه" in attempt()


def test_trying_during_the_wait_does_not_lengthen_it(attempt, clock):
    fail(attempt, times=20)
    clock.shift(15 * 60)
    assert attempt() == "in"


def test_a_success_forgives_the_failures_before_it(attempt, client):
    fail(attempt, times=4)
    assert attempt() == "in"
    client.post("/logout/")
    fail(attempt, times=4)
    assert attempt() == "in"


def test_an_unknown_account_waits_in_the_same_words(attempt):
    known = [*fail(attempt), attempt()]
    unknown = [
        *fail(attempt, national_id=synthetic_national_id(777_777)),
        attempt(national_id=synthetic_national_id(777_777)),
    ]
    assert known == unknown


def test_another_address_may_still_come_in(attempt):
    fail(attempt, REMOTE_ADDR="192.0.2.66")
    assert attempt(REMOTE_ADDR="192.0.2.1") == "in"


def test_a_forged_forwarding_header_changes_nothing(attempt):
    for turn in range(5):
        attempt("Another-river-27", headers={"X-Forwarded-For": f"198.51.100.{turn}"})
    assert "دقیقه" in attempt(headers={"X-Forwarded-For": "198.51.100.99"})


def test_after_a_hundred_failures_in_a_row_only_a_new_password_helps(attempt, clock):
    for turn in range(20):
        fail(attempt, REMOTE_ADDR=f"192.0.2.{turn}")
    clock.shift(24 * 3600)
    assert "رمز تازه بسازید" in attempt(REMOTE_ADDR="192.0.2.200")


def test_many_failures_behind_one_address_refuse_only_far_out(attempt, settings):
    settings.LIMITS = settings.LIMITS | {"login-address": (10, 900)}
    for serial in range(10):
        fail(attempt, times=1, national_id=synthetic_national_id(800_000 + serial))
    assert "دقیقه" in attempt()


def test_successes_do_not_fill_the_count_of_an_address(attempt, client, settings):
    settings.LIMITS = settings.LIMITS | {"login-address": (3, 900)}
    for _ in range(5):
        assert attempt() == "in"
        client.post("/logout/")


def test_one_locked_account_does_not_lock_another(attempt):
    fail(attempt)
    other = make_member(make_person("رضا", "مرادی"))
    assert attempt(national_id=other.person.national_id) == "in"


def test_of_many_tries_only_five_are_judged(member):
    from members.login import Refused, enter

    sentences = []
    for _ in range(8):
        with pytest.raises(Refused) as refusal:
            enter(
                membership_type=member.membership_type,
                national_id=member.person.national_id,
                password="Another-river-27",
                address="192.0.2.1",
            )
        sentences.append(str(refusal.value))
    assert sum("درست نیست" in sentence for sentence in sentences) == 5
    assert limits.count("login-in-a-row", member.username) == 5
