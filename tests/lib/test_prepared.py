"""What every page asks is planned once for a connection; where a connection remembers nothing, each time."""

import secrets

import pytest
from django.db import DataError, connection, transaction

from portal.lib.joined import Joined

pytestmark = pytest.mark.django_db


class Sum:
    """A statement that no other test has asked on this connection."""

    def __init__(self):
        self.name = f"sum_{secrets.token_hex(8)}"
        self._statement = Joined(
            "SELECT %(number)s::int + 1, %(number)s::int = ANY(%(numbers)s::int[])", name=self.name
        )

    def __call__(self, number, numbers=()):
        return next(self._statement.rows(number=number, numbers=list(numbers))).extra

    def is_planned(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name = %s", [self.name])
            return cursor.fetchone() == (1,)


def test_it_answers_as_it_would_unplanned():
    ask = Sum()
    assert [ask(1, [1, 2]), ask(3, [1, 2]), ask(4)] == [(2, True), (4, False), (5, False)]
    assert ask.is_planned()


def test_only_the_question_itself_counts_as_a_statement(django_assert_num_queries):
    ask = Sum()
    with django_assert_num_queries(1):
        ask(1)


def test_a_plan_outlives_the_transaction_that_was_rolled_back():
    ask = Sum()
    with pytest.raises(DataError), transaction.atomic():
        ask(2**31 - 1)
    assert ask.is_planned()
    assert ask(1) == (2, False)


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_plans_anew():
    ask = Sum()
    ask(1)
    connection.close()
    assert not ask.is_planned()
    assert ask(1) == (2, False)
    assert ask.is_planned()


@pytest.mark.parametrize(
    "setting", [{"DISABLE_SERVER_SIDE_CURSORS": True}, {"CONN_MAX_AGE": 0}], ids=["pgbouncer", "short-lived"]
)
def test_a_connection_that_remembers_nothing_is_given_the_whole_statement(monkeypatch, setting):
    ask = Sum()
    for name, value in setting.items():
        monkeypatch.setitem(connection.settings_dict, name, value)
    assert ask(1, [1]) == (2, True)
    assert not ask.is_planned()
