"""The servers and the environment of one place: `run`, `test`, `bench`; each with its own data and ports."""

import fcntl
import os
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deploy.local.checkout import ROOT, Refusal, var, write_privately
from deploy.local.servers import PostgreSQL, Server, Valkey


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


def finish(command: list, stop: Callable[[], bool], **options) -> int:
    """Runs a command to its end, or ends it when asked to stop; returns its exit code."""
    command = [str(word) for word in command]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, **options) as child:
        while child.poll() is None:
            if stop():
                child.terminate()
            time.sleep(0.05)
    return child.returncode


def _key() -> str:
    path = var() / "secret_key"
    if not path.is_file():
        write_privately(path, secrets.token_urlsafe(50))
    return path.read_text()
