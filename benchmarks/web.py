"""The portal's web process as it runs in production, a browser that keeps its connection, and several at once."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def log() -> Path:
    return Path(os.environ["BENCH_FOLDER"], "process.log")


@contextmanager
def process(*words: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen]:
    """A Python module beside us, on the same database; its group ends with the block."""
    with log().open("ab") as lines:
        child = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=os.environ | (env or {}),
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
            start_new_session=True,
        )
    try:
        yield child
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


@contextmanager
def server(**env: str) -> Iterator[int]:
    """gunicorn with the threads of `make run`; answers with its port once it serves."""
    port = free_port()
    words = [
        "portal.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--worker-class",
        "gthread",
        "--log-level",
        "error",
    ]
    with process("gunicorn", *words, "--workers", "2", "--threads", "8", "--no-control-socket", env=env):
        wait_for(port)
        yield port


def wait_for(port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            Browser(port).get("/health/live")
            return
        except OSError:
            if time.monotonic() > deadline:
                raise AssertionError(f"nothing serves; the last words: {log().read_text()[-2000:]}") from None
            time.sleep(0.1)


class Browser:
    """One connection that is kept open, and the session of a signed-in account."""

    def __init__(self, port: int, account=None) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies = {}
        if account is not None:
            client = Client()
            client.force_login(account)
            self._cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        # When the first byte of the last answer was there, and how long that took.
        self.first_byte_ms = 0.0

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path)

    def post(self, path: str, values: dict) -> tuple[int, bytes]:
        token = self._cookies.setdefault(settings.CSRF_COOKIE_NAME, "b" * 32)
        body = urlencode(values | {"csrfmiddlewaretoken": token})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    @property
    def cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _ask(self, method, path, body=None, headers=None) -> tuple[int, bytes]:
        start = time.perf_counter()
        self._line.request(method, path, body, (headers or {}) | {"Cookie": self.cookies})
        answer = self._line.getresponse()
        self.first_byte_ms = (time.perf_counter() - start) * 1000
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            if found := re.match(r"([^=]+)=([^;]*)", line):
                self._cookies[found[1]] = found[2]
        return answer.status, content


class Reader:
    """One page again and again on a kept line, with hardly any work of its own: what it waits for is the server."""

    ROOM = 256 * 1024

    def __init__(self, port: int, path: str, account) -> None:
        cookies = Browser(port, account).cookies
        self._request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n\r\n".encode()
        self._line = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._room = memoryview(bytearray(self.ROOM))

    def read(self) -> tuple[int, int]:
        """The status, and how many bytes came behind the headers."""
        self._line.sendall(self._request)
        head = b""
        while b"\r\n\r\n" not in head:
            head += self._some()
        head, _, begun = head.partition(b"\r\n\r\n")
        size, got = int(re.search(rb"(?i)content-length: (\d+)", head)[1]), len(begun)
        while got < size:
            got += len(self._some())
        return int(head.split(b" ", 2)[1]), got

    def _some(self) -> memoryview:
        count = self._line.recv_into(self._room)
        if not count:
            raise AssertionError("the server closed the line")
        return self._room[:count]


def at_once(number: int, work: Callable[[int], list[float]]) -> list[float]:
    """What so many threads found, together."""
    with ThreadPoolExecutor(number) as pool:
        return [value for values in pool.map(work, range(number)) for value in values]


def p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
