"""Who asks for codes in somebody's name, or guesses them, leaves that person their own codes and tries of the day."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from catalog.models import MembershipType
from notifications.models import Message
from tests.cast import PASSWORD, synthetic_national_id

LOGIN, FORGOT, NEW, BY_CODE = "/login/", "/password/forgot/", "/password/new/", "/login/code/"
NUMBER = "09121234567"
NEW_PASSWORD = "Bright-meadow-81"
HERE, THERE = "192.0.2.1", "198.51.100.{}"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 5, 1, 4, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def known(client, member):
    """A browser in which the member has logged in before."""
    client.post(LOGIN, typed(member) | {"password": PASSWORD})
    client.post("/logout/")
    return client


def typed(member, **given) -> dict:
    return {
        "national_id": member.person.national_id,
        "membership_type": member.membership_type_id,
        "captcha": "PASSED",
    } | given


def ask(client, member, *, url=FORGOT, address=HERE, **given):
    return client.post(url, typed(member, **given), REMOTE_ADDR=address)


def sent() -> int:
    return Message.objects.filter(to=NUMBER, kind="code").count()


def strangers_ask(member, clock, *, hours=4, url=FORGOT):
    """From ever new addresses, until nothing more is sent; ends an hour later."""
    for hour in range(hours):
        for turn in range(7):
            ask(Client(), member, url=url, address=THERE.format(hour * 10 + turn))
            clock.shift(timedelta(seconds=61))
        clock.shift(timedelta(hours=1))


def one_stranger_asks(member, clock, *, hours):
    """From one address, as often as an hour allows; ends an hour later."""
    for _ in range(hours):
        for _ in range(5):
            ask(Client(), member, address=THERE.format(9))
            clock.shift(timedelta(seconds=61))
        clock.shift(timedelta(hours=1))


def type_new_password(browser, code):
    return browser.post(NEW, {"code": code, "password": NEW_PASSWORD, "password_again": NEW_PASSWORD})


@pytest.mark.parametrize("url", [FORGOT, BY_CODE])
def test_strangers_get_ten_a_day_and_the_member_still_gets_theirs(known, member, clock, texts, url):
    strangers_ask(member, clock, url=url)
    assert sent() == 10
    assert "دیگر" in ask(Client(), member, url=url).content.decode()

    assert ask(known, member, url=url).status_code == 302
    assert sent() == 11


def test_the_new_password_comes_all_the_same(known, member, clock, texts):
    strangers_ask(member, clock)
    ask(known, member)
    answer = type_new_password(known, texts(NUMBER))
    assert answer.url == LOGIN
    member.refresh_from_db()
    assert member.check_password(NEW_PASSWORD)


def test_the_members_own_are_as_many_and_no_more(known, member, clock):
    strangers_ask(member, clock)
    for _ in range(3):
        for _ in range(6):
            ask(known, member)
            clock.shift(timedelta(seconds=61))
        clock.shift(timedelta(hours=1))
    assert sent() == 20


def test_what_the_member_asked_for_is_not_sent_once_more_to_strangers(known, member, clock):
    for _ in range(5):
        ask(known, member)
        clock.shift(timedelta(seconds=61))
    for turn in range(3):
        ask(Client(), member, address=THERE.format(turn))
        clock.shift(timedelta(seconds=61))
    assert sent() == 5


def test_one_stranger_leaves_some_for_a_new_phone(member, clock):
    one_stranger_asks(member, clock, hours=4)
    assert sent() == 6

    ask(Client(), member)
    assert sent() == 7


def test_who_is_refused_holds_nobody_up(member, clock):
    """The one try of a minute is not taken by an address that has had all of its own."""
    one_stranger_asks(member, clock, hours=2)
    ask(Client(), member, address=THERE.format(9))
    assert ask(Client(), member).status_code == 302


def test_strangers_who_guess_spend_no_tries_of_the_member(known, member, clock, texts):
    for turn in range(5):
        stranger = Client()
        ask(stranger, member, address=THERE.format(turn))
        wrong = f"{(int(texts(NUMBER)) + 1) % 1_000_000:06d}"
        for _ in range(5):
            type_new_password(stranger, wrong)
        clock.shift(timedelta(minutes=20))
    shut = type_new_password(stranger, wrong)
    assert "کدهای نادرست زیادی" in shut.content.decode()

    ask(known, member)
    answer = type_new_password(known, texts(NUMBER))
    assert answer.status_code == 302


def test_another_members_browser_is_a_strangers(member, stranger, clock):
    other = Client()
    other.post(LOGIN, typed(stranger) | {"password": PASSWORD})
    other.post("/logout/")
    strangers_ask(member, clock)
    assert ask(other, member).status_code == 200
    assert sent() == 10


def test_nobody_is_refused_in_the_same_words_as_somebody(member, clock):
    nobody = synthetic_national_id(8_123)
    kind = MembershipType.objects.get(pk=member.membership_type_id)
    pages = {}
    for national_id in (member.person.national_id, nobody):
        answers = []
        for turn in range(8):
            answer = ask(Client(), member, national_id=national_id, membership_type=kind.pk)
            answers.append((answer.status_code, "دیگر" in answer.content.decode()))
            clock.shift(timedelta(minutes=13 if turn % 2 else 2))
        pages[national_id] = answers
    assert pages[nobody] == pages[member.person.national_id]
    assert (200, True) in pages[nobody]
