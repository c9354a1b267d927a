"""Two tabs, or two devices, that save the same step of a draft at the same moment."""

import re
from multiprocessing.pool import ThreadPool

import pytest

from tests import deadlines
from tests.faults.conftest import held, waiting_for_a_lock
from tests.faults.test_submitted_once import copy_of

pytestmark = pytest.mark.fault

AMOUNTS = ("2000000", "3000000")


def test_of_two_saves_at_once_one_wins_and_the_other_is_told(real_servers, member, eventually, assert_whole):
    """Both have seen the same page, and both wait for the claim's row when the one before them lets go of it."""
    code = member.draft()
    page = member.get(f"/claims/{code}/details/").text
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', page)[1]
    tabs = [copy_of(member) for _ in AMOUNTS]
    with ThreadPool(len(tabs)) as pool:
        with held(real_servers, f"select 1 from claims_claim where code = '{code}' for update"):
            saves = [
                pool.apply_async(
                    tab.fill_details, (code,), {"paid_amount": amount, "seen": seen, "next": "1"}
                )
                for tab, amount in zip(tabs, AMOUNTS, strict=True)
            ]
            eventually(lambda: waiting_for_a_lock(real_servers) == len(tabs))
        answers = [save.get(deadlines.PATIENCE) for save in saves]

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    (won,) = (amount for answer, amount in zip(answers, AMOUNTS, strict=True) if answer.status_code == 302)
    (told,) = (answer.text for answer in answers if answer.status_code == 409)
    stored = real_servers.rows("select paid_amount from claims_claim where code = %s", code)
    assert stored == [{"paid_amount": int(won)}]
    assert "در پنجره یا دستگاه دیگری تغییر کرده است" in told
    assert member.submit(code)
    assert_whole(member)
