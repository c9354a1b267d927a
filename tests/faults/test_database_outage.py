"""PostgreSQL goes away and comes back: a page that says so, nothing acknowledged is lost, nobody restarts us."""

import pytest
import requests

pytestmark = pytest.mark.fault


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

    eventually(lambda: member.get("/claims/").status_code == 200)
    stored = real_servers.rows("select code from claims_claim where tracking_code = %s", tracking)
    assert len(stored) == 1
    second = member.submit(left)
    assert second
    eventually(
        lambda: real_servers.rows("select 1 from notifications_demotext where text like %s", f"%{second}%"),
    )
    assert pids == [part.pid for part in (real_servers.web, real_servers.worker, real_servers.sweeper)]
    assert_whole(member)


@pytest.fixture
def full_disk(real_servers):
    """No disk is filled here: a trigger raises what PostgreSQL raises when it cannot extend the table of messages."""
    real_servers.rows(
        """
        create function full_disk() returns trigger language plpgsql as $$ begin
            raise exception using errcode = 'disk_full', message = 'could not extend file';
        end $$;
        create trigger full_disk before insert on notifications_message execute function full_disk()
        """
    )

    def clear():
        real_servers.rows("drop function if exists full_disk cascade")

    yield clear
    clear()


def test_a_full_disk_of_the_database_leaves_no_code_and_nothing_half_written(
    real_servers, member, full_disk, assert_whole
):
    """The message is what a submission writes last: all that stood before it goes back."""
    code = member.draft()
    told_kindly(member.post(f"/claims/{code}/review/", {"submit": "1"}))
    rows = real_servers.rows("select status, tracking_code from claims_claim where code = %s", code)
    assert rows == [{"status": "draft", "tracking_code": None}]
    assert member.get(f"/claims/{code}/review/").status_code == 200

    full_disk()

    assert member.submit(code)
    assert_whole(member)


def told_kindly(answer):
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert 'lang="fa"' in answer.text
    assert "دوباره" in answer.text
