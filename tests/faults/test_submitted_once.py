"""One claim and one code, however often and from wherever «ثبت درخواست» is pressed, and whoever dies meanwhile."""

from multiprocessing.pool import ThreadPool

import pytest
import requests

from tests import deadlines, people
from tests.faults.client import Member
from tests.faults.conftest import held, waiting_for_a_lock

pytestmark = pytest.mark.fault


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
    eventually(lambda: texts_about(real_servers, tracking), seconds=20)
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
            # A new message, by the name of its statement.
            written = "(PREPARE|EXECUTE) message_"
            eventually(lambda: waiting_for_a_lock(real_servers, written) == 4, seconds=10)
            real_servers.web.kill()
        assert [answer.get(deadlines.PATIENCE) for answer in answers] == [None] * 4
    # The killed request's connection may outlive it for a moment; then its transaction is gone.
    eventually(lambda: waiting_for_a_lock(real_servers) == 0, seconds=10)
    rows = real_servers.rows("select status, tracking_code from claims_claim where code = %s", code)
    assert rows == [{"status": "draft", "tracking_code": None}]

    real_servers.heal()

    tracking = member.submit(code)
    assert tracking and member.submit(code) == tracking
    assert all(window.submit(draft) for window, draft in drafts)
    assert_whole(member, *busy)


def test_an_answer_lost_after_the_commit_is_given_again(real_servers, member, assert_whole):
    """The line breaks while the answer is on its way: the repeated request is told the code of the first."""
    code = member.draft()
    token = member.session.cookies.get("csrf")
    request = requests.Request(
        "POST",
        f"{real_servers.url}/claims/{code}/review/",
        data={"submit": "1", "csrfmiddlewaretoken": token},
        cookies=member.session.cookies,
    )
    with requests.Session() as line, pytest.raises(requests.Timeout):
        line.send(line.prepare_request(request), timeout=(5, 0.001))
    tracking = member.submit(code)
    stored = real_servers.rows("select tracking_code from claims_claim where code = %s", code)
    assert stored == [{"tracking_code": tracking}]
    assert_whole(member)


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
            eventually(lambda: waiting_for_a_lock(real_servers) >= 1, seconds=20)
            withdrawn = pool.apply_async(member.post, (f"/claims/{code}/withdraw/", {}))
            eventually(lambda: waiting_for_a_lock(real_servers) >= 2, seconds=20)
        assert officer.get(deadlines.PATIENCE) in ("deficient", "withdrawn")
        assert withdrawn.get(deadlines.PATIENCE).status_code == 302
    status = real_servers.rows("select status from claims_claim where code = %s", code)[0]["status"]
    history = real_servers.rows("select verb from claims_claimevent where claim_id = %s order by id", claim)
    # Withdrawing is possible before a review and after it was found deficient, never in between.
    assert (status, history[-1]["verb"]) in (("withdrawn", "withdrawn"), ("deficient", "marked_deficient"))
    assert "marked_deficient" in [row["verb"] for row in history]
    assert_whole(member)
