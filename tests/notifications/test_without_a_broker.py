"""The broker may be dead, silent or emptied at any time: the running sweeper delivers, and nothing twice."""

import os
import socket
import threading
from contextlib import closing

import pytest
import redis
from django.db import connection

from deploy.local.servers import Valkey, free_port
from notifications import sweep
from notifications.management.commands.sweep_messages import INTERVAL
from notifications.models import Message
from tests import deadlines

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

BURST = 100
# With the broker dead a message leaves within 5 s. That is measured elsewhere: a busy machine has longer.
CEILING = 60


@pytest.fixture
def sweeper():
    """One that runs as its command does, in a thread of its own."""
    sweeper = sweep.Sweeper()

    def work():
        sweeper.run(interval=INTERVAL)
        sweeper.close()
        connection.close()

    thread = threading.Thread(target=work, daemon=True)
    yield thread
    sweeper.stop()
    thread.join(deadlines.PATIENCE)


@pytest.fixture
def dead():
    return f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
def silent():
    """Takes connections and says nothing, like a stopped Redis."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=64)) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@pytest.fixture
def valkey():
    server = Valkey(f"emptied-{os.getpid()}")
    server.start()
    yield server
    server.stop()
    server.forget()


def all_arrived(double):
    return len(double.accepted) >= BURST and set(Message.objects.values_list("state", flat=True)) == {"sent"}


def each_once(double):
    texts = [request.text for request in double.accepted]
    return len(texts) == len(set(texts)) == BURST


@pytest.fixture
def burst(notice):
    return lambda: [notice(f"n-{number}", values={"number": f"{number:010}"}) for number in range(BURST)]


@pytest.mark.parametrize("state", ["dead", "silent"])
def test_a_burst_is_delivered_by_the_sweeper_within_seconds(
    state, request, broker_at, sweeper, burst, through, eventually
):
    double = through("kavenegar")
    broker_at(request.getfixturevalue(state))
    sweeper.start()
    burst()
    eventually(lambda: all_arrived(double), seconds=CEILING)
    assert each_once(double)


def test_the_broker_can_be_emptied_at_any_time(
    broker_at, sweeper, burst, through, valkey, eventually, settings
):
    double = through("kavenegar")
    # This one answers: half a second may be over before a busy machine lets it.
    given = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = given | {"socket_timeout": 10, "socket_connect_timeout": 10}
    broker_at(valkey.url)
    burst()
    with closing(redis.Redis.from_url(valkey.url, socket_timeout=10)) as kept:
        assert kept.llen("notices") == BURST
        kept.flushdb()
        sweeper.start()
        # Told again by the sweeper, forgotten again by the broker.
        eventually(lambda: kept.llen("notices"), seconds=CEILING)
        kept.flushdb()
    eventually(lambda: all_arrived(double), seconds=CEILING)
    assert each_once(double)
