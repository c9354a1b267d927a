"""Without Redis, or with one that takes connections and says nothing, members notice nothing."""

import pytest

from tests.faults.client import Member

pytestmark = pytest.mark.fault

# No request waits longer than half a second for the broker, and then does its work; a client of Redis without any limit
# would hold it until its own gives up.
CEILING = 20
SWEPT_WITHIN = 60


def arrived(servers, tracking):
    return servers.rows("select id from notifications_demotext where text like %s", f"%{tracking}%")


@pytest.mark.parametrize("fault", ["stop", "freeze"])
def test_login_wizard_and_submit_work_and_the_sweeper_delivers(
    fault, real_servers, household, member, eventually, assert_whole
):
    """Somebody signed in stays so; somebody else comes in; both send."""
    getattr(real_servers.valkey, fault)()
    newly_in = Member(real_servers, household["husband"]).log_in()
    codes = [one.submit(one.draft()) for one in (member, newly_in)]
    assert all(codes)
    for one in (member, newly_in):
        slow = [asked for asked in one.history if asked[3] > CEILING]
        assert slow == []
    for code in codes:
        eventually(lambda code=code: arrived(real_servers, code), seconds=SWEPT_WITHIN)
    assert_whole(member, newly_in)


def test_the_worker_comes_back_to_a_broker_that_was_away(real_servers, member, eventually, assert_whole):
    """The sweeper stands still, so what arrives afterwards went through the broker and the worker."""
    real_servers.valkey.kill()
    assert member.get("/").status_code == 200
    code = member.draft()
    # A web process that missed the broker leaves it alone for some seconds; a new one knows nothing of it.
    real_servers.web.kill()
    real_servers.heal()
    real_servers.sweeper.freeze()
    tracking = member.submit(code)
    eventually(lambda: arrived(real_servers, tracking), seconds=SWEPT_WITHIN)
    assert_whole(member)


def test_a_task_that_comes_twice_sends_nothing_twice(real_servers, member, eventually, assert_whole):
    tracking = member.submit(member.draft())
    eventually(lambda: arrived(real_servers, tracking), seconds=SWEPT_WITHIN)
    message = real_servers.rows(
        "select id, state from notifications_message where text like %s", f"%{tracking}%"
    )[0]
    again = f"from notifications.tasks import deliver; [deliver({message['id']}) for _ in range(2)]"
    real_servers.manage("shell", "--no-imports", "--command", again)
    assert len(arrived(real_servers, tracking)) == 1
    assert_whole(member)
