"""What every test of messages stands on: the double of the providers, and three texts."""

import time
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from celery import Celery
from django.utils import timezone

from notifications import handover, health, sweep
from notifications.causes import Cause
from notifications.gateways import http
from notifications.models import Message
from notifications.outbox import enqueue
from notifications.templates_seed import register_templates
from tests.sms_double import SmsDouble

NUMBER = "09120000001"
PROVIDERS = ("kavenegar", "smsir", "ghasedak", "melipayamak", "ippanel")

# Each provider's own way to name the values of a template.
TEMPLATES = {
    "kavenegar": {"template": "portal-notice", "parameters": [["token", "number"]]},
    "smsir": {"template": "123456", "parameters": [["NUMBER", "number"]]},
    "ghasedak": {"template": "portalNotice", "parameters": ["number"]},
    "melipayamak": {"template": "4455", "parameters": ["number"]},
    "ippanel": {"template": "abc123", "parameters": ["number"]},
}


@pytest.fixture(scope="session")
def _double():
    with SmsDouble() as double:
        yield double


@pytest.fixture
def double(_double):
    _double.forget()
    return _double


@pytest.fixture(autouse=True)
def _fresh_process(monkeypatch):
    """Nothing a process remembers about providers and broker outlives a test."""
    health.forget()
    monkeypatch.setattr(handover, "_rests_until", 0.0)
    yield
    health.forget()


@pytest.fixture
def impatient(monkeypatch):
    """`with impatient(): …` waits a moment for a provider that never answers; one that does has all its time."""

    @contextmanager
    def soon():
        with monkeypatch.context() as patched:
            patched.setattr(http, "READ_TIMEOUT", 0.3)
            patched.setattr(http, "CONNECT_TIMEOUT", 0.2)
            yield

    return soon


@pytest.fixture
def through(settings, double):
    """Send through these providers, in this order, all of them played by the double."""

    def choose(*names):
        settings.SMS_GATEWAYS = list(names)
        settings.SMS_PROVIDERS = {
            name: {"key": "secret-key", "username": "user", "sender": "30001234", "url": double.url}
            for name in PROVIDERS
        }
        return double

    return choose


@pytest.fixture
def broker_at(monkeypatch, settings):
    """Hand messages over to the broker at this address, with the patience of production."""

    def connect(url):
        app = Celery("elsewhere", broker=url, set_as_current=False)
        app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        deliver = SimpleNamespace(apply_async=partial(app.send_task, "notifications.deliver"))
        monkeypatch.setattr(handover.tasks, "deliver", deliver)

    return connect


@pytest.fixture
def kinds():
    """Three kinds of our own, as an app's data migration brings them."""
    register_templates(
        [
            {
                "kind": "test_code",
                "title": "کد",
                "text": "کد تأیید: {code}",
                "placeholders": ["code"],
                "is_secret": True,
                "queue": "otp",
            },
            {
                "kind": "test_notice",
                "title": "خبر",
                "text": "درخواست {number} ثبت شد.",
                "placeholders": ["number"],
            },
            {
                "kind": "test_reminder",
                "title": "یادآوری",
                "text": "درخواست {number} منتظر شماست.",
                "placeholders": ["number"],
                "queue": "reminders",
            },
        ]
    )


@pytest.fixture
def notice(db, kinds):
    def write(key="notice-1", **changes):
        fields = {
            "to": NUMBER,
            "recipient": None,
            "kind": "test_notice",
            "values": {"number": "4817203956"},
            "key": key,
        }
        return enqueue(**fields | changes)

    return write


@pytest.fixture
def code(notice):
    def write(key="code-1", **changes):
        return notice(key, **{"kind": "test_code", "values": {"code": "482913"}} | changes)

    return write


@pytest.fixture
def failed(notice):
    message = notice()
    Message.objects.update(
        state=Message.State.FAILED,
        provider="smsir",
        cause=Cause.BLOCKED,
        provider_code="115",
        settled_at=timezone.now(),
    )
    message.refresh_from_db()
    return message


@pytest.fixture
def time_spent():
    """`with time_spent() as it: …` and then it.seconds."""

    @contextmanager
    def measure():
        it, began = SimpleNamespace(seconds=0.0), time.monotonic()
        yield it
        it.seconds = time.monotonic() - began

    return measure


@pytest.fixture
def told(monkeypatch):
    """The broker takes everything and no worker listens, unless `told.answers` is false."""
    pks = _Told()
    monkeypatch.setattr(sweep, "hand_over", pks.hand_over)
    monkeypatch.setattr("notifications.outbox.hand_over", lambda message: False)
    return pks


class _Told(list):
    answers = True

    def hand_over(self, message):
        if self.answers:
            self.append(message.pk)
        return self.answers


def aged(message, seconds):
    moment = timezone.now() - timedelta(seconds=seconds)
    Message.objects.filter(pk=message.pk).update(due_at=moment, leased_until=moment + timedelta(seconds=1))
