"""`make run`: the servers, the data, and the four processes of the portal, until Ctrl-C."""

import http.client
import os
import sys
import tempfile
import time
from collections.abc import Callable

from deploy.local import machine
from deploy.local.checkout import PYTHON, Refusal, var, write_environment
from deploy.local.place import environment, finish, missing_servers, only_one
from deploy.local.processes import Process, end_left_behind
from deploy.local.servers import is_free
from deploy.local.supervisor import Stop, Supervisor

# No query string and no address: neither a search nor a person belongs in a log.
ACCESS_LOG = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
READY_SECONDS = 60


def run() -> None:
    port = wanted_port()
    stop = Stop()
    with only_one("run"):
        end_left_behind(var() / "run" / "processes.json")
        if not is_free(port):
            raise Refusal(f"Port {port} is taken; choose another one: make run PORT={port + 1}")
        machine.setup()
        servers = missing_servers("run", durable=True)
        supervisor = Supervisor(var() / "run" / "processes.json", say)
        try:
            for server in servers.values():
                server.start(stop)
                supervisor.add(server.process)
            _serve(supervisor, environment(servers), port, stop)
        finally:
            supervisor.stop(last=[server.name for server in servers.values()])
            (var() / "run.env").unlink(missing_ok=True)


def wanted_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Refusal(f"PORT={text} is no port; write a number from 1 to 65535.")
    return int(text)


def say(text: str) -> None:
    """Tells at once, also into a pipe."""
    print(text, flush=True)


def portal_processes(env: dict[str, str], port: int) -> list[Process]:
    """Web, worker, beat (exactly one) and sweeper, each with a log under var/log/."""
    celery = ["-m", "celery", "--app", "portal"]
    beat_file = var() / "run" / "beat-schedule"
    commands = {
        "web": [
            "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}",
            "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--graceful-timeout", "5",
            "--no-control-socket", "--access-logfile", "-", "--access-logformat", ACCESS_LOG,
        ],
        # Threads: a worker waits for providers nearly all its time.
        "worker": [
            *celery, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle",
            "--pool", "threads", "--concurrency", "16",
        ],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--schedule", beat_file, "--pidfile="],
        "sweeper": ["manage.py", "sweep_messages"],
    }  # fmt: skip
    logs = var() / "log"
    return [
        Process(name, [PYTHON, *words], env=os.environ | env, log=logs / f"{name}.log")
        for name, words in commands.items()
    ]


def wait_for_web(web: Process, port: int, stop: Callable[[], bool]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not stop():
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/health/live")
            line.getresponse()
            return
        except OSError:
            if not web.is_running or time.monotonic() > deadline:
                raise Refusal(f"The web server did not start; its last words:\n{web.last_words()}") from None
            time.sleep(0.1)


def _serve(supervisor: Supervisor, env: dict[str, str], port: int, stop: Stop) -> None:
    write_environment(var() / "run.env", env)
    told = _prepare(env, stop)
    (var() / "run").mkdir(exist_ok=True)
    for process in portal_processes(env, port):
        if stop():
            return
        supervisor.add(process)
        if process.name == "web":
            web = process
    wait_for_web(web, port, stop)
    if stop():
        return
    say(told)
    say(f"The portal: http://127.0.0.1:{port}   texts: /demo/phone/   staff: /admin/   Ctrl-C stops it.")
    say(f"DATABASE_URL={env['DATABASE_URL']} REDIS_URL={env['REDIS_URL']}")
    supervisor.watch(stop)


def _prepare(env: dict[str, str], stop: Stop) -> str:
    """Migrates and loads; answers with what load_demo said about its accounts."""
    if stop():
        return ""
    command = [PYTHON, "-m", "deploy.local.prepare", "load_catalogue", "load_demo"]
    with tempfile.TemporaryFile() as words:
        code = finish(command, stop, env=os.environ | env, stdout=words)
        words.seek(0)
        text = words.read().decode(errors="replace").strip()
    if code and not stop():
        print(text, file=sys.stderr)
        raise Refusal("The database could not be prepared; the reason stands above.")
    return text
