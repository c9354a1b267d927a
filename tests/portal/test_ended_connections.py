"""A connection that the server has ended is noticed at the next request; one that is there is not asked."""

import select
from contextlib import closing

import psycopg2
import pytest
from django.db import close_old_connections, connection
from django.db.backends.postgresql import base

from tests import deadlines

pytestmark = pytest.mark.django_db(transaction=True)


def mine() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def elsewhere(sql: str, *values) -> None:
    """By another connection; what it makes the server say on ours has arrived at the end."""
    with closing(psycopg2.connect(**connection.get_connection_params() | deadlines.BOUNDED)) as other:
        other.autocommit = True
        with other.cursor() as cursor:
            cursor.execute(sql, values)
    assert select.select([connection.connection], [], [], 10)[0]


def test_one_that_was_ended_is_replaced_before_it_is_needed():
    before = mine()
    elsewhere("SELECT pg_terminate_backend(%s)", before)

    close_old_connections()

    assert mine() != before


def test_one_that_is_there_is_not_asked(monkeypatch):
    before = mine()
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda self: pytest.fail("It was asked."))

    close_old_connections()

    assert mine() == before


def test_one_that_was_told_something_goes_on():
    before = mine()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN news")
    elsewhere("NOTIFY news")

    close_old_connections()

    assert mine() == before


def test_after_an_error_it_is_asked(monkeypatch):
    before = mine()
    asked = []
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda self: asked.append(self))
    connection.errors_occurred = True

    close_old_connections()

    assert len(asked) == 1
    assert mine() != before
