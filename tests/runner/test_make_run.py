"""`make run` as somebody meets it: what it prints, what it survives, what it keeps."""

import json
import os
import shutil
import signal
import subprocess
import urllib.request
from contextlib import closing

import psycopg2
import pytest

from deploy.local import wheels
from deploy.local.checkout import PYTHON, ROOT
from deploy.local.processes import command_of
from deploy.local.servers import free_port
from tests import deadlines

pytestmark = pytest.mark.fault
PARTS = {"postgresql", "valkey", "web", "worker", "beat", "sweeper"}


class MakeRun:
    """One place and one port; started as often as a test wants."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.command = [PYTHON, "-m", "deploy.local", "run"]
        named = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
        }
        self.env = named | {"PORTAL_VAR": str(folder), "PORT": str(self.port)}
        self.process = None
        self.told = ""

    def start(self):
        output = self.folder / "output"
        with open(output, "w") as words:
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.env, stdout=words, stderr=words)
        return output

    def start_and_wait(self, eventually):
        output = self.start()
        eventually(lambda: "DATABASE_URL=" in output.read_text() or self.process.poll() is not None)
        self.told = output.read_text()
        assert self.process.poll() is None, self.told

    def answer(self):
        """None while a killed web is on its way back."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=10) as answer:
                return answer.status
        except OSError:
            return None

    def pids(self):
        """Each part by the log it writes into: the record knows numbers and commands."""
        record = json.loads((self.folder / "run" / "processes.json").read_text())
        return {part: pid for pid, command, _ in record for part in PARTS if is_part(part, command)}

    def ask(self, sql):
        url = self.told.split("DATABASE_URL=")[1].split()[0]
        connection = psycopg2.connect(url, **deadlines.BOUNDED)
        # Without a transaction: rolling back on a line that broke would hide why it broke.
        connection.autocommit = True
        with closing(connection), connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def another(self, **env):
        """A second start, which has to end by itself: one that found nothing in its way would serve for ever."""
        own = self.env | env
        return subprocess.run(
            self.command, cwd=ROOT, env=own, capture_output=True, text=True, timeout=deadlines.PATIENCE
        )

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        try:
            return self.process.wait(60)
        finally:
            # Who did not end in time fails the test, and is not left to the tests after it.
            self.process.kill()


def is_part(part, command):
    words = {"postgresql": "postgres", "valkey": "valkey", "web": "gunicorn", "sweeper": "sweep_messages"}
    wanted = words.get(part, part)
    return any(word == wanted or word.rsplit("/", 1)[-1].startswith(wanted) for word in command)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("make-run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORTAL_VAR", str(folder))
        home = wheels.home()
    running = MakeRun(folder)
    yield running
    if running.process and running.process.poll() is None:
        running.end()
    shutil.rmtree(home)


@pytest.fixture
def make_run(place, eventually):
    if place.process is None or place.process.poll() is not None:
        place.start_and_wait(eventually)
    return place


def test_it_prints_the_address_the_servers_and_the_demo_accounts(make_run, eventually):
    line = next(line for line in make_run.told.splitlines() if line.startswith("DATABASE_URL="))

    assert f"http://127.0.0.1:{make_run.port}" in make_run.told
    assert [word.split("=")[0] for word in line.split()] == ["DATABASE_URL", "REDIS_URL"]
    assert eventually(make_run.answer) == 200


def test_every_part_of_the_portal_runs(make_run):
    assert set(make_run.pids()) == PARTS


def test_commands_of_the_checkout_can_find_the_servers(make_run):
    noted = (make_run.folder / "run.env").read_text()

    assert make_run.told.split("DATABASE_URL=")[1].split()[0] in noted
    assert (make_run.folder / "run.env").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("part", ["web", "worker", "beat", "sweeper", "valkey"])
def test_a_killed_part_is_started_again(make_run, part, eventually):
    killed = make_run.pids()[part]
    os.kill(killed, signal.SIGKILL)

    again = eventually(lambda: (pid := make_run.pids().get(part)) != killed and pid)

    assert command_of(again)


def test_a_killed_database_comes_back_with_what_was_committed(make_run, eventually):
    make_run.ask("create table if not exists kept_by_kill (number integer)")
    make_run.ask("insert into kept_by_kill values (7)")
    os.kill(make_run.pids()["postgresql"], signal.SIGKILL)

    def answer():
        try:
            return make_run.ask("select number from kept_by_kill")
        except psycopg2.OperationalError:
            return None

    assert eventually(answer)[0] == (7,)


def test_a_second_start_is_refused_in_one_sentence(make_run):
    second = make_run.another()

    assert second.returncode == 1
    assert second.stderr == "`make run` is already running in this checkout; stop it first.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_end_leaves_no_process_and_the_next_start_finds_the_data(make_run, number, eventually):
    table = f"kept_{number}"
    make_run.ask(f"create table {table} as select 7 as seven")
    pids = make_run.pids().values()

    assert make_run.end(number) == 0

    assert [pid for pid in pids if command_of(pid)] == []
    assert not (make_run.folder / "run.env").exists()
    make_run.start_and_wait(eventually)
    assert make_run.ask(f"select seven from {table}") == [(7,)]


def test_after_a_killed_runner_the_next_start_takes_everything_over(make_run, eventually):
    left = make_run.pids()
    make_run.end(signal.SIGKILL)
    assert eventually(make_run.answer) == 200

    make_run.start_and_wait(eventually)

    assert make_run.answer() == 200
    assert set(left.values()).isdisjoint(make_run.pids().values())
    assert [pid for pid in left.values() if command_of(pid)] == []


def test_a_taken_port_is_told_in_one_sentence(make_run, own_place, eventually):
    # A test before may have killed the web: the port is taken once it answers again.
    assert eventually(make_run.answer) == 200

    told = make_run.another(PORTAL_VAR=str(own_place))

    assert told.returncode == 1
    assert (
        told.stderr
        == f"Port {make_run.port} is taken; choose another one: make run PORT={make_run.port + 1}\n"
    )
