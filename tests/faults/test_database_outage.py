"""PostgreSQL goes away and comes back: a page that says so, nothing acknowledged is lost, nobody restarts us."""

import pytest
import requests

pytestmark = pytest.mark.fault

# Within a second of its return; five times that.
CEILING = 5


def test_a_restart_is_a_persian_page_and_then_all_is_as_before(
    real_servers, member, eventually, assert_whole
):
    tracking = member.submit(member.draft())
    left = member.draft()
    pids = [part.pid for part in (real_servers.web, real_servers.worker, real_servers.sweeper)]

    real_servers.postgresql.stop()
    for path in ("/claims/", "/login/", f"/claims/{left}/review/"):
        told_kindly(member.get(path))
    told_kindly(member.post(f"/claims/{left}/review/", {"submit": "1"}))
    assert requests.get(f"{real_servers.url}/health/live", timeout=5).status_code == 200
    assert requests.get(f"{real_servers.url}/health/ready", timeout=5).json()["reason"] == "database"

    real_servers.heal()

    eventually(lambda: member.get("/claims/").status_code == 200, seconds=CEILING)
    stored = real_servers.rows("select code from claims_claim where tracking_code = %s", tracking)
    assert len(stored) == 1
    second = member.submit(left)
    assert second
    eventually(
        lambda: real_servers.rows("select 1 from notifications_demotext where text like %s", f"%{second}%"),
        seconds=20,
    )
    assert pids == [part.pid for part in (real_servers.web, real_servers.worker, real_servers.sweeper)]
    assert_whole(member)


def told_kindly(answer):
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert 'lang="fa"' in answer.text
    assert "دوباره" in answer.text
