"""The private servers keep their data, their port and their password, and read Persian."""

import os
import pwd
import signal
import socket
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from deploy.local.checkout import Refusal
from deploy.local.place import environment, missing_servers, only_one
from deploy.local.processes import command_of
from deploy.local.servers import PostgreSQL, Valkey, free_port, is_free
from tests import deadlines


@pytest.fixture
def postgresql(own_place):
    server = PostgreSQL("runner-test", durable=False)
    server.start()
    yield server
    server.stop()


def asked(url, sql):
    connection = psycopg2.connect(url, **deadlines.BOUNDED)
    with closing(connection), connection, connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def test_trigrams_of_persian_are_not_empty(postgresql):
    asked(postgresql.url, "create extension pg_trgm")

    assert asked(postgresql.url, "select cardinality(show_trgm('بیمارستان'))") > 0


def test_a_restart_keeps_data_port_and_password(postgresql):
    url = postgresql.url
    asked(url, "create table kept as select 7 as seven")
    postgresql.stop()

    again = PostgreSQL("runner-test", durable=False)
    again.start()

    assert again.url == url
    assert asked(url, "select seven from kept") == 7
    again.stop()


def test_a_start_takes_over_from_a_server_that_nobody_watches_any_more(postgresql):
    pid = postgresql.process.pid
    asked(postgresql.url, "create table kept as select 7 as seven")

    again = PostgreSQL("runner-test", durable=False)
    again.start()

    assert asked(again.url, "select seven from kept") == 7
    assert again.process.pid != pid
    again.stop()


def test_a_number_noted_by_the_server_and_owned_by_a_stranger_is_forgotten(postgresql):
    postgresql.process.kill_leader()
    noted = postgresql.folder / "postmaster.pid"
    rest = noted.read_text().split("\n", 1)[1]
    noted.write_text(f"{os.getpid()}\n{rest}")

    again = PostgreSQL("runner-test", durable=False)
    again.start()

    assert asked(again.url, "select 1") == 1
    again.stop()


def test_without_the_password_nobody_gets_in(postgresql):
    with pytest.raises(psycopg2.OperationalError):
        asked(postgresql.url.replace(postgresql.password, "guessed"), "select 1")


def test_no_server_runs_as_root(postgresql):
    owner = pwd.getpwuid(Path(f"/proc/{postgresql.process.pid}").stat().st_uid)

    assert owner.pw_uid != 0


def test_make_run_waits_for_the_disk(own_place):
    server = PostgreSQL("runner-test", durable=True)
    server.start()

    assert asked(server.url, "show fsync") == "on"
    server.stop()


def test_valkey_answers_with_its_password_only(own_place):
    server = Valkey("runner-test")
    server.start()

    assert server.answers()
    server.password = "guessed"
    assert not server.answers()
    server.stop()


def test_valkey_left_alone_is_ended_by_the_next_start(own_place):
    left = Valkey("runner-test")
    left.start()

    again = Valkey("runner-test")
    again.start()

    assert left.process.exit_code() == 0
    assert again.url == left.url
    again.stop()


def test_named_servers_are_used_and_none_is_started(own_place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@db.example/portal")
    monkeypatch.setenv("REDIS_URL", "redis://redis.example/0")

    assert missing_servers("run", durable=True) == {}
    assert environment({})["DATABASE_URL"] == "postgres://portal@db.example/portal"


def test_the_key_of_a_checkout_stays_the_same_and_private(own_place, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://portal@db.example/portal")

    assert environment({})["SECRET_KEY"] == environment({})["SECRET_KEY"]
    assert (own_place / "secret_key").stat().st_mode & 0o077 == 0


def test_a_second_run_beside_the_first_is_refused_in_one_sentence(own_place):
    with only_one("run"), pytest.raises(Refusal, match="already running"), only_one("run"):
        pass


def test_a_taken_port_is_not_offered():
    taken = free_port()
    with closing(socket.create_server(("127.0.0.1", taken))):
        assert not is_free(taken)
        assert free_port(taken) != taken
    assert is_free(taken)


def test_what_ends_is_seen_as_ended(postgresql):
    os.kill(postgresql.process.pid, signal.SIGINT)
    postgresql.process.wait(10)

    assert command_of(postgresql.process.pid) is None
