"""The portal as real processes: web, worker and sweeper beside a PostgreSQL and a Valkey of their own."""

import os
import shutil
import subprocess
from contextlib import closing

import psycopg2
import pytest
from psycopg2.extras import RealDictCursor

from deploy.local import running, wheels
from deploy.local.checkout import PYTHON, ROOT
from deploy.local.place import environment
from deploy.local.processes import command_of
from deploy.local.servers import PostgreSQL, Valkey, free_port
from tests import deadlines

PLACE = "real-"


class RealServers:
    """What `real_servers` gives; see there."""

    def __init__(self, folder):
        self._folder = folder
        self._place = f"{PLACE}{os.getpid()}"
        self._servers = {
            "DATABASE_URL": PostgreSQL(self._place, durable=False),
            "REDIS_URL": Valkey(self._place),
        }
        self._parts = []
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        for server in self._servers.values():
            server.log = self._folder / f"{server.name}.log"
            server.start()
        self.postgresql, self.valkey = (server.process for server in self._servers.values())
        own = {"DOCUMENT_ROOT": str(self._folder / "documents"), "CAPTCHA_TEST_MODE": "1"}
        # pytest names the settings of the tests, whose broker is the memory of one process.
        own["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        self.env = os.environ | environment(self._servers) | own
        self._python("-m", "deploy.local.prepare", "load_catalogue", "load_demo")
        parts = {part.name: part for part in running.portal_processes(self.env, self.port)}
        self._parts = [parts["web"], parts["worker"], parts["sweeper"]]
        for part in self._parts:
            part.log = self._folder / f"{part.name}.log"
        self.web, self.worker, self.sweeper = self._parts
        self.heal()

    def heal(self):
        """Whole again: what is dead is started, what is frozen goes on, and all of it answers."""
        for server in self._servers.values():
            server.process.thaw()
            if not server.process.is_running:
                server.process.start()
            server.wait_until_ready()
        for part in self._parts:
            part.thaw()
            if not part.is_running:
                part.start()
        running.wait_for_web(self.web, self.port, lambda: False)

    def manage(self, *words):
        """Runs `manage.py` among these servers and returns what it printed."""
        return self._python("manage.py", *words)

    def rows(self, sql, *values):
        """Asks their database, committed as it is; each row is a dict."""
        connection = psycopg2.connect(
            self._servers["DATABASE_URL"].url, cursor_factory=RealDictCursor, **deadlines.BOUNDED
        )
        # Without a transaction: rolling back on a line that broke would hide why it broke.
        connection.autocommit = True
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [dict(row) for row in cursor.fetchall()] if cursor.description else []

    def end(self):
        for part in self._parts:
            part.kill()
        # Asked, not killed: orphans of a killed PostgreSQL would still write into what is removed next.
        for server in self._servers.values():
            if server.process:
                server.process.thaw()
                server.stop()
        _remove(self._place)

    def _python(self, *words):
        done = subprocess.run(
            [PYTHON, *words],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=deadlines.PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def _real_servers(tmp_path_factory):
    _remove_what_killed_runs_left()
    servers = RealServers(tmp_path_factory.mktemp("real-servers"))
    try:
        servers.start()
        yield servers
    finally:
        servers.end()


@pytest.fixture
def real_servers(_real_servers):
    """Web, worker and sweeper as real processes, on a database with the catalogue and the demo data.

    They are started once for a run (of one worker), and what a test wrote stays: let each test use people of its own.

    - `url`, `port`: where the web answers; `env`: the environment of every process
    - `web`, `worker`, `sweeper`, `postgresql`, `valkey`: each with `pid`, `is_running`, `kill_leader()`
      (kill -9 of the main process alone), `kill()` (of its whole group), `stop()`, `start()`,
      `freeze()`, `thaw()`, `last_words()`
    - `rows(sql, *values)`: what stands in their database; the ORM of the test speaks to another one
    - `manage("import_roster", …)`: a management command among them; `heal()`: all of it whole again

    Nobody restarts what a test ends, other than `make run`; after the test everything is whole again.
    """
    _real_servers.heal()
    yield _real_servers
    _real_servers.heal()


def _remove_what_killed_runs_left():
    for folder in wheels.home().glob(f"{PLACE}*"):
        if not command_of(int(folder.name.removeprefix(PLACE))):
            _remove(folder.name)


def _remove(place):
    PostgreSQL(place).forget()
    Valkey(place).forget()
    shutil.rmtree(wheels.home() / place, ignore_errors=True)
