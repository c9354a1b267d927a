"""Many at once: one code sent, one verification accepted, every try counted."""

from multiprocessing.pool import ThreadPool

import pytest
from django.db import connection

from members import codes, limits
from notifications.models import Message
from tests import deadlines

NUMBER = "09121234567"

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(times, work):
    def one(_):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPool(times) as pool:
        return pool.map_async(one, range(times), chunksize=1).get(deadlines.PATIENCE)


def test_of_fifty_verifications_of_one_right_code_exactly_one_succeeds(member, texts, settings):
    settings.LIMITS = settings.LIMITS | {"code-tries-day": (100, 86400)}
    codes.send(member, number=NUMBER, purpose=codes.CLAIM, address="192.0.2.1")
    code = texts(NUMBER)

    def verify():
        return codes.verify(member, number=NUMBER, purpose=codes.CLAIM, code=code)

    assert sorted(at_once(50, verify)).count(True) == 1


def test_of_eight_sendings_at_once_one_message_is_written(member):
    def send():
        try:
            codes.send(member, number=NUMBER, purpose=codes.CLAIM, address="192.0.2.1")
        except codes.Refused:
            return False
        return True

    assert at_once(8, send).count(True) == 1
    assert Message.objects.count() == 1


def test_tries_at_once_are_all_counted(db, settings):
    settings.LIMITS = {"search": (10, 60)}

    def spend():
        try:
            limits.spend("search", "somebody")
        except limits.TooMany:
            return False
        return True

    assert at_once(16, spend).count(True) == 10


def test_a_crowd_past_the_budget_sounds_the_alarm_exactly_once(db, settings, mailoutbox, caplog):
    settings.MANAGERS = [("staff@portal.example.ir", "staff@portal.example.ir")]
    settings.LIMITS = settings.LIMITS | {"code-global": (2, 3600), "code-address": (100, 3600)}
    numbers = iter(range(16))

    def ask():
        try:
            codes.spend_for_sending(number=f"0912000{next(numbers):04}", address="192.0.2.1")
        except codes.Refused:
            return False
        return True

    assert at_once(16, ask).count(True) == 2
    assert caplog.text.count("budget of codes is spent") == 1
    assert len(mailoutbox) == 1
