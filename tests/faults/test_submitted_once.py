"""One claim and one code, however often and from wherever «ثبت درخواست» is pressed, and whoever dies meanwhile."""

import socket
from contextlib import closing
from multiprocessing.pool import ThreadPool
from urllib.parse import urlsplit

import pytest
import requests

from tests import deadlines, people
from tests.faults.client import Member
from tests.faults.conftest import held, waiting_for_a_lock

pytestmark = pytest.mark.fault

# A new message, by the name of its statement: the sweeper and the worker wait for its table, too.
WRITTEN = "(PREPARE|EXECUTE) message_"


def texts_about(servers, code):
    return servers.rows(
        "select * from notifications_demotext where text like %s", f"%کد رهگیری {code} ثبت شد%"
    )


def test_eight_at_once_make_one_claim_and_one_message(real_servers, member, eventually, assert_whole):
    code = member.draft()
    with ThreadPool(8) as pool:
        asked = pool.map_async(lambda _: copy_of(member).submit(code), range(8), chunksize=1)
        shown = set(asked.get(deadlines.PATIENCE))

    assert len(shown) == 1
    (tracking,) = shown
    # A day later, from a page left open, it is still the same.
    assert member.submit(code) == tracking
    eventually(lambda: texts_about(real_servers, tracking))
    assert len(texts_about(real_servers, tracking)) == 1
    assert_whole(member)


def copy_of(member) -> Member:
    """Another window of the same browser."""
    window = Member(member.servers, member.who)
    window.session.cookies.update(member.session.cookies)
    window.shown = member.shown
    return window


def test_killed_in_the_middle_of_it_nothing_is_half_done(
    real_servers, household, member, eventually, assert_whole
):
    """The one submit waits between its claim and its message, others go on beside it; then all are killed."""
    busy = [Member(real_servers, household["husband"]).log_in() for _ in range(3)]
    drafts = [(window, window.draft()) for window in busy]
    code = member.draft()
    with ThreadPool(4) as pool:
        with held(real_servers, "lock table notifications_message in exclusive mode"):
            answers = [
                pool.apply_async(window.submit, (draft,)) for window, draft in [(member, code), *drafts]
            ]
            eventually(lambda: waiting_for_a_lock(real_servers, WRITTEN) == 4)
            real_servers.web.kill()
        assert [answer.get(deadlines.PATIENCE) for answer in answers] == [None] * 4
    # The killed request's connection may outlive it for a moment; then its transaction is gone.
    eventually(lambda: waiting_for_a_lock(real_servers) == 0)
    rows = real_servers.rows("select status, tracking_code from claims_claim where code = %s", code)
    assert rows == [{"status": "draft", "tracking_code": None}]

    real_servers.heal()

    tracking = member.submit(code)
    assert tracking and member.submit(code) == tracking
    assert all(window.submit(draft) for window, draft in drafts)
    assert_whole(member, *busy)


def test_an_answer_lost_after_the_commit_is_given_again(real_servers, member, eventually, assert_whole):
    """The line breaks before the answer is written: the repeated request is told the code of the first."""
    code = member.draft()
    with (
        held(real_servers, "lock table notifications_message in exclusive mode"),
        closing(sent(member, f"/claims/{code}/review/", {"submit": "1"})),
    ):
        eventually(lambda: waiting_for_a_lock(real_servers, WRITTEN) == 1)
    eventually(lambda: stored_code(real_servers, code))

    assert member.submit(code) == stored_code(real_servers, code)
    assert_whole(member)


def sent(member, path, values) -> socket.socket:
    """The line of a post whose answer nobody has read yet."""
    token = member.session.cookies.get("csrf")
    post = requests.Request(
        "POST",
        member.servers.url + path,
        data=values | {"csrfmiddlewaretoken": token},
        cookies=member.session.cookies,
    ).prepare()
    address = urlsplit(post.url)
    headers = {"Host": address.netloc, **post.headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    line = socket.create_connection((address.hostname, address.port), timeout=deadlines.PATIENCE)
    line.sendall(f"POST {address.path} HTTP/1.1\r\n{head}\r\n{post.body}".encode())
    return line


def stored_code(servers, code) -> str | None:
    (row,) = servers.rows("select tracking_code from claims_claim where code = %s", code)
    return row["tracking_code"]


def test_withdrawn_and_marked_deficient_at_once_one_wins(
    real_servers, household, member, eventually, assert_whole
):
    code = member.draft()
    tracking = member.submit(code)
    assert people.office(real_servers, tracking, "take") == "under_review"
    claim = real_servers.rows("select id from claims_claim where code = %s", code)[0]["id"]
    with ThreadPool(2) as pool:
        with held(real_servers, f"select 1 from claims_claim where id = {claim} for update"):
            officer = pool.apply_async(people.office, (real_servers, tracking, "mark_deficient"))
            eventually(lambda: waiting_for_a_lock(real_servers) >= 1)
            withdrawn = pool.apply_async(member.post, (f"/claims/{code}/withdraw/", {}))
            eventually(lambda: waiting_for_a_lock(real_servers) >= 2)
        assert officer.get(deadlines.PATIENCE) in ("deficient", "withdrawn")
        assert withdrawn.get(deadlines.PATIENCE).status_code == 302
    status = real_servers.rows("select status from claims_claim where code = %s", code)[0]["status"]
    history = real_servers.rows("select verb from claims_claimevent where claim_id = %s order by id", claim)
    # Withdrawing is possible before a review and after it was found deficient, never in between.
    assert (status, history[-1]["verb"]) in (("withdrawn", "withdrawn"), ("deficient", "marked_deficient"))
    assert "marked_deficient" in [row["verb"] for row in history]
    assert_whole(member)
