"""The servers and the environment of one place: `run`, `test`, `bench`; each with its own data and ports."""

import fcntl
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from deploy.local.checkout import ROOT, Refusal, var, write_privately
from deploy.local.servers import PostgreSQL, Server, Valkey

STUBBORN_SECONDS = 30


@contextmanager
def only_one(place: str) -> Iterator[None]:
    """Refuses a second start; a killed process gives its lock back by itself."""
    with open(var() / f"{place}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(f"`make {place}` is already running in this checkout; stop it first.") from None
        yield


def missing_servers(place: str, *, durable: bool) -> dict[str, Server]:
    """Which servers the environment does not name already, not started yet."""
    servers: dict[str, Server] = {}
    if not os.environ.get("DATABASE_URL"):
        servers["DATABASE_URL"] = PostgreSQL(place, durable=durable)
    if not os.environ.get("REDIS_URL"):
        servers["REDIS_URL"] = Valkey(place)
    return servers


def environment(servers: dict[str, Server]) -> dict[str, str]:
    """What portal/settings.py reads: development, these servers, and a key that stays the same."""
    urls = {name: server.url for name, server in servers.items()}
    development = {"DEBUG": "1", "DEMO": "1", "SECRET_KEY": _key(), "PYTHONUTF8": "1"}
    pictures = {"DOCUMENT_ROOT": os.environ.get("DOCUMENT_ROOT") or str(var() / "documents")}
    named = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    return named | urls | development | pictures


def finish(command: list, stop: Callable[[], bool], *, seconds: float = float("inf"), **options) -> int:
    """Runs a command to its end, or ends it when asked to stop or after so long; returns its exit code.

    It leads a group of its own, so that nothing it started outlives it when it had to be killed.
    """
    command = [str(word) for word in command]
    late, stubborn = time.monotonic() + seconds, None
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True, **options
    ) as child:
        while child.poll() is None:
            if stubborn is None and (stop() or time.monotonic() > late):
                child.terminate()
                stubborn = time.monotonic() + STUBBORN_SECONDS
            elif stubborn and time.monotonic() > stubborn:
                os.killpg(child.pid, signal.SIGKILL)
            time.sleep(0.05)
    if time.monotonic() > late:
        print(f"It was not done after {seconds / 60:.0f} minutes and was ended.", file=sys.stderr)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    return child.returncode


def _key() -> str:
    path = var() / "secret_key"
    if not path.is_file():
        write_privately(path, secrets.token_urlsafe(50))
    return path.read_text()
