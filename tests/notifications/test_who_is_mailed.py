"""What managers are told unasked, through which mail server, and what a place without managers is told."""

import json
import os
import smtplib
import subprocess

import pytest
from django.core.management import call_command

from deploy.local.checkout import PYTHON, ROOT
from notifications import alarms
from notifications.causes import Cause
from notifications.checks import somebody_hears_the_alarms
from notifications.models import ProviderHealth
from tests import deadlines
from tests.notifications.conftest import NUMBER

ASK = """
import json
from django.conf import settings
names = ("MANAGERS", "EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD",
         "EMAIL_USE_TLS", "DEFAULT_FROM_EMAIL", "SERVER_EMAIL")
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def settings_with(**env):
    env = os.environ | {"DEBUG": "0", "DJANGO_SETTINGS_MODULE": "portal.settings"} | env
    command = [PYTHON, "-c", ASK]
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=deadlines.PATIENCE
    )
    return json.loads(done.stdout)


def test_managers_and_server_come_from_the_environment():
    told = settings_with(
        MANAGERS="a@portal.example.ir, b@portal.example.ir",
        EMAIL_URL="smtp+tls://name:word@mail.example.ir:587",
        DEFAULT_FROM_EMAIL="portal@example.ir",
    )
    assert [address for _, address in told["MANAGERS"]] == ["a@portal.example.ir", "b@portal.example.ir"]
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"], told["EMAIL_USE_TLS"]) == ("mail.example.ir", 587, True)
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("name", "word")
    assert told["DEFAULT_FROM_EMAIL"] == told["SERVER_EMAIL"] == "portal@example.ir"


def test_a_developer_reads_mail_on_the_terminal():
    assert settings_with(DEBUG="1")["EMAIL_BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize(
    ("gateways", "managers", "told"),
    [
        (["kavenegar"], [], ["sms.W001"]),
        (["kavenegar"], [("a@example.ir", "a@example.ir")], []),
        ([], [], []),
    ],
)
def test_alarms_that_nobody_hears_are_complained_of(settings, gateways, managers, told):
    settings.SMS_GATEWAYS, settings.MANAGERS = gateways, managers
    assert [warning.id for warning in somebody_hears_the_alarms(None)] == told


def test_the_digest_counts_failures_by_provider_and_cause(failed, capsys):
    call_command("message_digest")
    assert capsys.readouterr().out.strip() == f"۱ پیامک: نرسید، smsir، {Cause.BLOCKED.label}"


@pytest.fixture
def managers(settings):
    settings.MANAGERS = [("پشتیبان", "staff@portal.example.ir")]


def test_a_days_failures_are_mailed_to_the_managers(failed, managers, mailoutbox):
    alarms.mail_digest()
    [mail] = mailoutbox
    assert mail.to == ["staff@portal.example.ir"] and "۱ پیامک: نرسید، smsir" in mail.body
    assert NUMBER not in mail.body


def test_a_day_without_failures_mails_nobody(db, managers, mailoutbox):
    alarms.mail_digest()
    assert mailoutbox == []


def test_low_credit_is_told_once_a_day(db, through, managers, mailoutbox, settings):
    settings.SMS_LOW_BALANCE = 1_000_000
    double = through("kavenegar", "smsir")
    double.known["balance"] = 740_000
    alarms.check_balances()
    alarms.check_balances()
    [mail] = mailoutbox
    assert "۷۴۰٬۰۰۰" in mail.body
    assert ProviderHealth.objects.get(provider="kavenegar").balance == 740_000


@pytest.mark.parametrize("error", [ConnectionRefusedError, TimeoutError, smtplib.SMTPServerDisconnected])
def test_a_mail_server_that_is_away_stops_nobody_and_is_tried_again(
    db, through, managers, mailoutbox, monkeypatch, caplog, error
):
    def is_away(*_):
        raise error

    double = through("kavenegar")
    double.known["balance"] = 740_000
    with monkeypatch.context() as away:
        away.setattr(alarms, "mail_managers", is_away)
        assert alarms.tell("سلام", "متن") is False
        alarms.check_balances()
    assert "got no mail" in caplog.text and mailoutbox == []
    alarms.check_balances()
    assert len(mailoutbox) == 1
