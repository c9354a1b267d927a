"""Whether a process runs, whether it should get requests, and what Prometheus reads."""

import datetime

import pytest
from django.db import OperationalError
from django.utils import timezone

from portal import clock, views


def test_a_running_process_says_so_without_the_database(client):
    assert client.get("/health/live").json() == {"alive": True}


@pytest.mark.django_db
def test_a_process_with_its_database_and_the_right_clock_is_ready(client):
    assert client.get("/health/ready").status_code == 200


@pytest.mark.django_db
def test_a_process_whose_clock_is_off_is_not_ready_and_says_why(client, monkeypatch):
    ahead = timezone.now() + datetime.timedelta(seconds=60)
    monkeypatch.setattr(clock.timezone, "now", lambda: ahead)

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["reason"] == "clock"


def test_a_process_without_its_database_is_not_ready(client, monkeypatch):
    def cursor():
        raise OperationalError

    monkeypatch.setattr(views.connection, "cursor", cursor)

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "reason": "database"}


@pytest.mark.django_db
def test_metrics_are_for_the_bearer_of_the_token_alone(client, settings):
    settings.METRICS_TOKEN = "a-token"

    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 403
    answer = client.get("/metrics", headers={"authorization": "Bearer a-token"})
    assert answer.status_code == 200
    assert b"# HELP" in answer.content


@pytest.mark.parametrize("address", ["/health/live", "/health/ready", "/metrics"])
def test_they_only_answer_questions(client, address):
    assert client.post(address).status_code == 405
