"""A process whose clock is off: it says so, judges nothing by it, and the others go on."""

import subprocess
import uuid

import pytest
import requests

from deploy.local import running
from deploy.local.checkout import PYTHON, ROOT
from deploy.local.servers import free_port
from tests import deadlines

pytestmark = pytest.mark.fault

MINUTES = 6 * 60
WRITE = """
from notifications.outbox import enqueue
enqueue(to="09120000001", recipient=None, kind="code", values={{"code": "482913"}}, key={key!r})
"""


@pytest.fixture(params=[-MINUTES, MINUTES], ids=["behind", "ahead"])
def env(request, real_servers):
    own = {"DJANGO_SETTINGS_MODULE": "tests.faults.skewed", "CLOCK_IS_OFF_BY": str(request.param)}
    return real_servers.env | own


@pytest.fixture
def skewed(env, tmp_path):
    """A second web on the same database."""
    port = free_port()
    web = next(part for part in running.portal_processes(env, port) if part.name == "web")
    web.log = tmp_path / "web.log"
    web.start()
    try:
        running.wait_for_web(web, port, lambda: False)
        yield f"http://127.0.0.1:{port}"
    finally:
        web.kill()


def test_its_web_is_not_ready_and_judges_nobody(skewed, real_servers, member):
    """Else the life of a code would depend on which of two machines is asked."""
    told = requests.get(f"{skewed}/health/ready", timeout=10)
    assert (told.status_code, told.json()["reason"]) == (503, "clock")
    for path in ("/login/", "/claims/"):
        answer = requests.get(skewed + path, cookies=member.session.cookies, timeout=10)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0 and 'lang="fa"' in answer.text

    assert requests.get(f"{real_servers.url}/health/ready", timeout=10).json() == {"ready": True}
    assert member.get("/claims/").status_code == 200


def test_its_sweeper_sends_nothing_and_the_one_of_another_machine_does(env, real_servers, eventually):
    for part in (real_servers.worker, real_servers.sweeper):
        part.kill()
    key = uuid.uuid4().hex
    real_servers.manage("shell", "--no-imports", "--command", WRITE.format(key=key))

    done = subprocess.run(
        [PYTHON, "manage.py", "sweep_messages", "--once"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=deadlines.PATIENCE,
    )

    assert done.returncode != 0 and "off the database's" in done.stderr
    assert state(real_servers, key) == "pending"
    real_servers.heal()
    eventually(lambda: state(real_servers, key) == "sent")


def state(servers, key) -> str:
    return servers.rows("select state from notifications_message where key = %s", key)[0]["state"]
