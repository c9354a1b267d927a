"""A provider that refuses or dawdles is left alone for a while, by all workers; then one of them tries it again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import delivery, health
from notifications.models import ProviderHealth
from tests.sms_double import Answer


@pytest.fixture
def send(notice):
    numbers = iter(range(1000))

    def one():
        message = notice(f"health-{next(numbers)}")
        delivery.deliver(message.pk)
        message.refresh_from_db()
        return message.provider

    return one


@pytest.fixture
def resting(send, through):
    """Kavenegar has refused three times and rests; sms.ir does its work."""
    double = through("kavenegar", "smsir")
    double.always["kavenegar"] = Answer("status", 503)
    assert [send() for _ in range(3)] == ["smsir"] * 3
    return double


def asked(double, provider="kavenegar"):
    return sum(1 for request in double.seen if request.provider == provider)


def rest_is_over():
    ProviderHealth.objects.exclude(rests_until=None).update(
        rests_until=timezone.now() - timedelta(seconds=1),
        window_began_at=timezone.now() - timedelta(minutes=1),
    )
    health.forget()


def test_after_three_refusals_it_is_not_asked(resting, send):
    assert send() == "smsir"
    assert asked(resting) == 3
    assert ProviderHealth.objects.get(provider="kavenegar").rests


def test_another_process_sees_it_too(resting, send):
    health.forget()
    send()
    assert asked(resting) == 3


def test_one_refusal_among_many_successes_means_nothing(send, through):
    double = through("kavenegar", "smsir")
    for _ in range(4):
        send()
    health.forget()
    ProviderHealth.objects.update_or_create(provider="kavenegar", defaults={"accepted": 50})
    double.will("kavenegar", *[Answer("status", 503)] * 3)
    for _ in range(3):
        send()
    assert not ProviderHealth.objects.get(provider="kavenegar").rests


def test_the_messages_own_faults_do_not_count_against_it(send, through):
    double = through("kavenegar", "smsir")
    double.will("kavenegar", *[Answer("code", 411)] * 5)
    for _ in range(5):
        send()
    assert not ProviderHealth.objects.filter(rests_until__isnull=False).exists()


def test_when_its_rest_is_over_and_it_answers_it_is_first_again(resting, send):
    resting.always.clear()
    rest_is_over()
    assert [send(), send()] == ["kavenegar", "kavenegar"]
    row = ProviderHealth.objects.get(provider="kavenegar")
    assert (row.rests_until, row.rests_in_a_row) == (None, 0)


def test_when_it_still_refuses_it_rests_twice_as_long(resting, send):
    rest_is_over()
    send()
    row = ProviderHealth.objects.get(provider="kavenegar")
    assert row.rests_in_a_row == 2
    assert row.rests_until - timezone.now() > timedelta(seconds=50)


def test_while_one_worker_tries_it_the_others_keep_away(resting, send):
    rest_is_over()
    first = health.in_order(delivery.enabled())
    health.forget()
    second = health.in_order(delivery.enabled())
    assert [gateway.name for gateway in first] == ["kavenegar", "smsir"]
    assert [gateway.name for gateway in second] == ["smsir", "kavenegar"]


def test_slowness_counts_like_refusal(send, through, monkeypatch):
    monkeypatch.setattr(health, "SLOW", 0.0)
    through("kavenegar", "smsir")
    assert [send() for _ in range(4)] == ["kavenegar"] * 3 + ["smsir"]


def test_when_all_rest_somebody_is_asked_all_the_same(send, through):
    double = through("kavenegar")
    double.will("kavenegar", *[Answer("status", 503)] * 3)
    for _ in range(3):
        send()
    assert send() == "kavenegar"
    assert len(double.accepted) == 1


def test_staff_can_end_a_rest(resting, send):
    resting.always.clear()
    health.rest_ends("kavenegar")
    assert send() == "kavenegar"
