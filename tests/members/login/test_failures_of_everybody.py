"""Failures spread over many accounts and addresses: an alarm to the managers, once an hour, and nobody is shut out."""

import pytest
import time_machine
from django.test import Client

from members import failures, limits
from tests.cast import PASSWORD, make_staff, synthetic_national_id

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _measure(settings):
    settings.MANAGERS = [("support", "support@example.ir")]
    settings.LIMITS = settings.LIMITS | {"login-failed": (3, 3600), "activation-failed": (3, 3600)}


def address(serial) -> dict:
    return {"REMOTE_ADDR": f"192.0.2.{serial}"}


def log_in(member, serial, **given):
    kind = member.membership_type_id
    national_id = given.pop("national_id", None) or synthetic_national_id(700_000 + serial)
    typed = {"national_id": national_id, "membership_type": kind, "password": PASSWORD, "captcha": "PASSED"}
    return Client().post("/login/", typed | given, **address(serial))


def try_to_activate(member, serial):
    typed = {
        "membership_type": member.membership_type_id,
        "national_id": synthetic_national_id(710_000 + serial),
        "first_name": "مریم",
        "last_name": "کاظمی",
        "captcha": "PASSED",
    }
    return Client().post("/activate/", typed, **address(serial))


@pytest.mark.parametrize(
    ("act", "door"),
    [(log_in, failures.LOGIN), (try_to_activate, failures.ACTIVATION)],
    ids=["login", "activation"],
)
def test_the_managers_are_told_once_an_hour(act, door, member, mailoutbox, caplog):
    with time_machine.travel("2026-05-01T08:00:00Z", tick=False) as clock:
        for serial in range(3):
            act(member, serial)
        assert not mailoutbox
        for serial in range(3, 8):
            act(member, serial)
        assert [mail.subject for mail in mailoutbox] == [f"[پرتال اعضا] {failures.SUBJECTS[door]}"]
        assert "بیش از ۳ بار" in mailoutbox[0].body and "192.0.2" not in mailoutbox[0].body
        clock.shift(3601)
        for serial in range(8, 12):
            act(member, serial)
    assert len(mailoutbox) == 2
    assert [record.levelname for record in caplog.records].count("CRITICAL") == 2


def test_nobody_is_shut_out(member, mailoutbox):
    for serial in range(6):
        log_in(member, serial)
    response = log_in(member, 7, national_id=member.person.national_id)
    assert response.status_code == 302
    assert limits.count(failures.LOGIN) == 6


def test_the_door_of_the_staff_counts_too(client, member):
    make_staff("clerk", "سینا پارسا")
    client.post("/admin/login/", {"username": "clerk", "password": "Another-river-27", "captcha": "PASSED"})
    assert limits.count(failures.LOGIN) == 1


def test_the_metrics_tell_how_many(client, member, settings):
    settings.METRICS_TOKEN = "a-token"
    for serial in range(2):
        log_in(member, serial)
    page = client.get("/metrics", headers={"authorization": "Bearer a-token"}).content.decode()
    assert 'portal_failures_of_the_hour{door="login-failed"} 2.0' in page
    assert 'portal_failures_of_the_hour{door="activation-failed"} 0.0' in page
