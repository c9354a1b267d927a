"""The fixture of the tests with real processes: what it ends is really ended, and heals again."""

import http.client

import pytest

pytestmark = pytest.mark.fault


def status(servers, timeout=5):
    line = http.client.HTTPConnection("127.0.0.1", servers.port, timeout=timeout)
    line.request("GET", "/health/live")
    return line.getresponse().status


def test_the_web_answers_and_its_database_can_be_asked(real_servers):
    assert status(real_servers) == 200
    assert real_servers.rows("select name from django_migrations where app = %s limit 1", "contenttypes")


def test_the_processes_speak_to_their_own_broker(real_servers):
    asked = (
        "shell",
        "--no-imports",
        "--command",
        "from portal.celery import app; print(app.conf.broker_url)",
    )
    assert real_servers.manage(*asked).strip() == real_servers.env["REDIS_URL"]


def test_what_a_test_ends_is_whole_again_afterwards(real_servers):
    parts = (real_servers.web, real_servers.worker, real_servers.sweeper, real_servers.valkey)
    for part in parts:
        part.kill()
    with pytest.raises(OSError):
        status(real_servers)

    real_servers.heal()

    assert all(part.is_running for part in parts)
    assert status(real_servers) == 200


def test_what_a_test_freezes_goes_on_afterwards(real_servers):
    real_servers.web.freeze()
    with pytest.raises(TimeoutError):
        status(real_servers, timeout=0.3)

    real_servers.heal()

    assert status(real_servers) == 200
