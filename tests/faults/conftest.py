"""What holds after every fault, whatever was killed, stopped or frozen on the way."""

import hashlib
import os
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest

from tests import deadlines, people
from tests.faults.client import Member

SWEPT_AFTER_SECONDS = 24 * 3600


@pytest.fixture
def household(real_servers):
    return people.people(real_servers)


@pytest.fixture
def member(real_servers, household) -> Member:
    return Member(real_servers, household["member"]).log_in()


@pytest.fixture
def assert_whole(real_servers):
    """`assert_whole(member, …)`: the promises I1 to I6, checked against what these members were shown."""

    def check(*members):
        one_claim_for_each_code_shown(real_servers, members)
        one_message_for_each_submission(real_servers)
        every_picture_has_its_file(real_servers)
        no_file_outlives_the_sweep(real_servers)
        nothing_reached_the_provider_twice(real_servers)
        every_state_has_its_history(real_servers)

    return check


def one_claim_for_each_code_shown(servers, members):
    for member in members:
        for code, shown in member.shown:
            rows = servers.rows("select code from claims_claim where tracking_code = %s", shown)
            assert [row["code"] for row in rows] == [code]


def one_message_for_each_submission(servers):
    wrong = servers.rows(
        """
        select claim.id, count(message.id)
        from claims_claim claim
        join claims_claimevent event on event.claim_id = claim.id and event.verb = 'submitted'
        left join notifications_message message on message.key = 'event-' || event.id
        where claim.status <> 'draft'
        group by claim.id having count(message.id) <> 1 or count(event.id) <> 1
        """
    )
    assert wrong == []


def every_picture_has_its_file(servers):
    root = Path(servers.env["DOCUMENT_ROOT"])
    for row in servers.rows("select name, sha256 from claims_document"):
        assert hashlib.sha256((root / row["name"]).read_bytes()).hexdigest() == row["sha256"]


def no_file_outlives_the_sweep(servers):
    known = {row["name"] for row in servers.rows("select name from claims_document")}
    for path in files(servers):
        name = str(path.relative_to(servers.env["DOCUMENT_ROOT"])).replace(".small.jpg", ".jpg")
        assert name in known or time.time() - path.stat().st_mtime < SWEPT_AFTER_SECONDS, name


def files(servers) -> list[Path]:
    return [path for path in Path(servers.env["DOCUMENT_ROOT"]).rglob("*") if path.is_file()]


def nothing_reached_the_provider_twice(servers):
    """The demo phone keeps a row for every call: no more of them than messages that left or may have."""
    wrong = servers.rows(
        """
        select text.to, text.text from notifications_demotext text
        join notifications_message message
          on message.to = text.to and message.text = text.text and message.state <> 'unknown'
        where not message.is_secret
        group by text.to, text.text having count(distinct text.id) > count(distinct message.id)
        """
    )
    assert wrong == []


def every_state_has_its_history(servers):
    """Each event begins where the one before ended, and the claim stands where the last one ended."""
    wrong = servers.rows(
        """
        with history as (
            select claim_id, status_before, status_after,
                   lag(status_after, 1, 'draft') over (partition by claim_id order by id) as expected,
                   row_number() over (partition by claim_id order by id desc) = 1 as is_last
            from claims_claimevent
        )
        select claim.id from claims_claim claim left join history on history.claim_id = claim.id
        where claim.source <> 'paper' and (
            (claim.status <> 'draft' and history.claim_id is null)
            or history.status_before <> history.expected
            or (history.is_last and history.status_after <> claim.status))
        """
    )
    assert wrong == []


@contextmanager
def held(servers, sql: str):
    """Keeps what this statement locks until the block ends, as a slow neighbour would."""
    with closing(psycopg2.connect(servers.env["DATABASE_URL"], **deadlines.BOUNDED)) as connection:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            yield
        connection.rollback()


def waiting_for_a_lock(servers, statement: str = "") -> int:
    """How many of the portal's statements (that begin so) wait for somebody's lock now."""
    rows = servers.rows(
        "select count(*) from pg_stat_activity"
        " where wait_event_type = 'Lock' and datname = current_database() and query ~ %s",
        f"^{statement}",
    )
    return rows[0]["count"]


def let_grow_old(path: Path) -> None:
    long_ago = time.time() - SWEPT_AFTER_SECONDS - 3600
    os.utime(path, (long_ago, long_ago))
