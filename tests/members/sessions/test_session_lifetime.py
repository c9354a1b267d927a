"""Sessions end: after idle minutes, after half a day, after thirty days, and when their owner says so."""

import pytest
from django.test import Client

from members import sessions
from members.models import AccountSession, Session
from tests.cast import make_staff

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.members.sessions.pages")]


def test_thirty_idle_minutes_end_a_session(client, member, clock, come_in, is_in):
    come_in(client, member)
    clock.shift(29 * MINUTE)
    assert is_in(client)
    clock.shift(30 * MINUTE)
    assert not is_in(client)
    assert not AccountSession.objects.exists()


def test_who_comes_back_too_late_is_told_why_and_led_on_afterwards(client, member, clock, come_in):
    come_in(client, member)
    clock.shift(31 * MINUTE)
    response = client.get("/form/?a=1")
    assert response.url == "/login/?next=/form/%3Fa%3D1"
    assert "نشست بسته شده بود" in client.get(response.url).content.decode()


def test_twelve_hours_end_a_session_that_is_never_idle(client, member, clock, come_in, is_in):
    come_in(client, member)
    for _ in range(12 * 3 - 1):
        clock.shift(20 * MINUTE)
        assert is_in(client)
    clock.shift(20 * MINUTE)
    assert not is_in(client)


def test_a_session_that_is_remembered_lasts_thirty_days(client, member, clock, come_in, is_in):
    come_in(client, member, is_remembered="on")
    clock.shift(29 * DAY)
    assert is_in(client)
    clock.shift(DAY)
    assert not is_in(client)


def test_only_a_remembered_session_outlives_the_browser(client, member, come_in):
    come_in(client, member)
    assert not client.cookies["session"]["max-age"]
    client.post("/logout/")
    come_in(client, member, is_remembered="on")
    assert client.cookies["session"]["max-age"] == 30 * DAY


def test_only_a_remembered_session_asks_for_the_password_again(client, member, come_in):
    come_in(client, member)
    assert not sessions.must_ask_password(client.get("/form/").wsgi_request)
    client.post("/logout/")
    come_in(client, member, is_remembered="on")
    assert sessions.must_ask_password(client.get("/form/").wsgi_request)


def test_fifteen_idle_minutes_end_the_session_of_staff(client, db, clock, is_in):
    client.force_login(make_staff("reviewer", "نگار سهرابی"))
    assert is_in(client)
    clock.shift(14 * MINUTE)
    assert is_in(client)
    clock.shift(15 * MINUTE)
    assert not is_in(client)


def test_a_request_within_the_minute_writes_nothing(
    client, member, clock, come_in, django_assert_num_queries
):
    come_in(client, member)
    clock.shift(59)
    # The session is read, its account and household with it, nothing more.
    with django_assert_num_queries(1):
        client.get("/form/")
    clock.shift(2)
    client.get("/form/")
    assert client.session["seen"] == AccountSession.objects.get().last_seen_at.timestamp()


def test_the_page_knows_when_the_session_ends(client, member, clock, come_in):
    come_in(client, member)
    began = client.session["begun"]
    assert sessions.ends_at(client.get("/form/").wsgi_request) == began + 30 * MINUTE
    for _ in range(35):
        clock.shift(20 * MINUTE)
        client.get("/form/")
    assert sessions.ends_at(client.get("/form/").wsgi_request) == began + 12 * HOUR


def test_going_on_moves_the_end(client, member, clock, come_in, is_in):
    come_in(client, member)
    clock.shift(29 * MINUTE)
    response = client.post("/session/keep/", headers={"Sec-Fetch-Mode": "cors"})
    assert response.json() == {"session_ends": client.session["begun"] + 59 * MINUTE}
    clock.shift(29 * MINUTE)
    assert is_in(client)


def test_going_on_works_without_scripts_and_only_by_post(client, member, come_in):
    come_in(client, member)
    assert client.post("/session/keep/").url == "/"
    assert client.get("/session/keep/").status_code == 405


def test_what_has_ended_does_not_go_on(client, member, clock, come_in):
    come_in(client, member)
    clock.shift(31 * MINUTE)
    assert client.post("/session/keep/", headers={"Sec-Fetch-Mode": "cors"}).status_code == 401


def test_the_list_of_sessions_names_browser_and_system(client, member, come_in):
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
    come_in(Client(headers={"User-Agent": agent}), member)
    assert AccountSession.objects.get().browser == "کروم، اندروید"


def test_leaving_everywhere_ends_the_others_and_spares_ones_own(client, member, stranger, come_in, is_in):
    elsewhere, of_a_stranger = Client(), Client()
    for browser, user in ((client, member), (elsewhere, member), (of_a_stranger, stranger)):
        come_in(browser, user)
    sessions.end_all(member, except_key=client.session.session_key)
    assert [is_in(client), is_in(elsewhere), is_in(of_a_stranger)] == [True, False, True]
    assert AccountSession.objects.filter(user=member).count() == 1


def test_sessions_that_nobody_can_use_are_swept(client, member, clock, come_in):
    come_in(client, member)
    come_in(Client(), member, is_remembered="on")
    clock.shift(13 * HOUR)
    assert sessions.sweep() == 1
    assert (AccountSession.objects.count(), Session.objects.count()) == (1, 1)
    clock.shift(30 * DAY)
    sessions.sweep()
    assert (AccountSession.objects.count(), Session.objects.count()) == (0, 0)


def test_pages_of_somebody_signed_in_are_not_left_in_the_browser(client, member, come_in):
    come_in(client, member)
    assert "no-store" in client.get("/form/")["Cache-Control"]


def test_only_sessions_that_can_still_be_used_are_called_open(member, clock, come_in):
    come_in(Client(), member)
    come_in(Client(), member, is_remembered="on")
    assert sessions.open_of(member).count() == 2
    clock.shift(31 * MINUTE)
    assert [session.is_remembered for session in sessions.open_of(member)] == [True]
    assert member.account_sessions.count() == 2
    clock.shift(30 * DAY)
    assert not sessions.open_of(member).exists()


def test_a_session_that_is_used_stays_open_until_its_longest(client, member, clock, come_in, is_in):
    come_in(client, member)
    for _ in range(12 * 3 - 1):
        clock.shift(20 * MINUTE)
        assert is_in(client)
    assert sessions.open_of(member).count() == 1
    clock.shift(20 * MINUTE)
    assert not sessions.open_of(member).exists()
