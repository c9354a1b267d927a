"""A count of tries waits for no disk; what is written in one transaction with it does."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from members import limits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _durable():
    """As a server of production is; the tests' own may be quicker."""
    ask("SET synchronous_commit TO on")
    yield
    ask("RESET synchronous_commit")


def ask(sql: str):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None


def test_alone_it_waits_for_nothing_and_counts_all_the_same():
    with CaptureQueriesContext(connection) as asked:
        assert [limits.spend("upload", 7) for _ in range(3)] == [1, 2, 3]

    assert all("tries_counted_soon" in one["sql"] for one in asked)
    assert limits.count("upload", 7) == 3
    assert ask("SHOW synchronous_commit") == "on"


def test_in_a_transaction_the_rest_of_it_is_as_durable_as_ever():
    with transaction.atomic():
        limits.spend("upload", 7)
        assert ask("SHOW synchronous_commit") == "on"
