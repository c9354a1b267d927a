"""`make run` starts again what dies, ends what an earlier start left, and never touches a stranger."""

import json
import os
import signal

import pytest

from deploy.local.processes import command_of, end_left_behind, write_down
from deploy.local.supervisor import Stop, Supervisor

LIVES = "import time; time.sleep(600)"
DIES_AT_ONCE = "raise SystemExit(3)"


@pytest.fixture
def said():
    return []


@pytest.fixture
def supervisor(tmp_path, said):
    return Supervisor(tmp_path / "processes.json", said.append)


def test_a_killed_process_is_started_again(supervisor, program, said, eventually):
    worker = program("worker", LIVES)
    supervisor.add(worker)
    killed = worker.pid
    os.kill(killed, signal.SIGKILL)

    eventually(lambda: supervisor.look() or (worker.is_running and worker.pid != killed))

    assert "worker ended (-9) and is started again" in said[0]


def test_what_dies_at_once_is_given_longer_and_longer_pauses(supervisor, program, said, eventually):
    supervisor.add(program("web", DIES_AT_ONCE))

    eventually(lambda: supervisor.look() or len(said) >= 3)

    assert "again;" in said[0]
    assert "again in 1 s;" in said[1]
    assert "again in 2 s;" in said[2]


def test_children_of_a_killed_process_do_not_outlive_its_restart(supervisor, program, eventually):
    parent = program(
        "worker",
        f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {LIVES!r}])\n"
        "print(child.pid); child.wait()",
    )
    supervisor.add(parent)
    child = int(eventually(parent.last_words))
    parent.kill_leader()
    eventually(lambda: command_of(child))

    eventually(lambda: supervisor.look() or parent.is_running)

    eventually(lambda: command_of(child) is None)


def test_the_servers_are_stopped_after_those_who_use_them(supervisor, program, tmp_path, eventually):
    tell = (
        "import signal, sys, time\n"
        "def end(*_):\n"
        "    time.sleep({pause}); open({path!r}, 'a').write({name!r}); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end); print('ready'); time.sleep(600)"
    )
    path = str(tmp_path / "order")
    server = program("server", tell.format(pause=0, path=path, name="server"))
    web = program("web", tell.format(pause=0.2, path=path, name="web "))
    for process in (server, web):
        supervisor.add(process)
        eventually(process.last_words)

    supervisor.stop(last=["server"])

    assert (tmp_path / "order").read_text() == "web server"
    assert not (tmp_path / "processes.json").exists()


def test_a_process_that_ignores_the_wish_to_stop_is_killed(program, eventually):
    deaf = program(
        "deaf", "import signal, time; signal.signal(15, signal.SIG_IGN); print('r'); time.sleep(600)"
    )
    deaf.start()
    eventually(deaf.last_words)

    deaf.stop(seconds=0.2)

    assert deaf.exit_code() == -signal.SIGKILL


def test_the_next_start_ends_what_a_killed_one_left_running(program, tmp_path, eventually):
    left = program("web", LIVES)
    left.start()
    eventually(lambda: command_of(left.pid))
    write_down(tmp_path / "processes.json", [left])

    assert end_left_behind(tmp_path / "processes.json") == 1

    left.wait(5)
    assert left.exit_code() == -signal.SIGTERM


def test_a_stranger_who_got_the_same_number_is_left_alone(program, tmp_path, eventually):
    stranger = program("stranger", LIVES)
    stranger.start()
    eventually(lambda: command_of(stranger.pid))
    record = tmp_path / "processes.json"
    record.write_text(json.dumps([[stranger.pid, ["/somewhere/.venv/bin/python", "-m", "gunicorn"], 15]]))

    assert end_left_behind(record) == 0

    assert stranger.is_running


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_asks_for_the_end_and_interrupts_nothing(number):
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        stop = Stop()
        assert not stop()
        os.kill(os.getpid(), number)
        assert stop()
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
