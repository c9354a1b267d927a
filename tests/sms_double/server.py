"""The HTTP side of the double: threads, a script of answers, and a list of what was accepted."""

import itertools
import json
import threading
import time
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.sms_double.protocols import Request, accepted, refused, states, understand


@dataclass(frozen=True)
class Answer:
    """How the next send is met.

    kind: ok, code, status (an HTTP status with an HTML page), body (these bytes), garbage, drip, hang, drop;
    with `accepts` it happens after the message was taken.
    """

    kind: str = "ok"
    code: object = None
    accepts: bool = False


class SmsDouble:
    """`with SmsDouble() as double:`; every provider is at `double.url`."""

    def __init__(self, port: int = 0, *, delay: float = 0.0, told=None):
        self.delay, self.told = delay, told
        self.accepted: list[Request] = []
        self.seen: list[Request] = []
        self.known: dict = {}
        self.references: dict[str, str] = {}
        self.always: dict[str, Answer] = {}
        self._script: dict[str, deque] = {}
        self._numbers = itertools.count(8_000_000_000_000_000_000)
        self._lock = threading.Lock()
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.double = self
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        """As if just started; for tests that share one double."""
        with self._lock:
            for remembered in (self.accepted, self.seen, self.known, self.references):
                remembered.clear()
            self.always.clear()
            self._script.clear()

    def will(self, provider: str, *answers: Answer) -> None:
        """The next sends through this provider are met so, one after another."""
        self._script.setdefault(provider, deque()).extend(answers)

    def answer_to(self, request: Request) -> Answer:
        with self._lock:
            self.seen.append(request)
            waiting = self._script.get(request.provider)
            return waiting.popleft() if waiting else self.always.get(request.provider, Answer())

    def take(self, request: Request) -> str:
        """Accept a message; a reference seen before is answered with the number it had."""
        with self._lock:
            if request.provider == "kavenegar" and request.reference in self.references:
                return self.references[request.reference]
            number = str(next(self._numbers))
            self.accepted.append(request)
            if request.reference:
                self.references[request.reference] = number
        if self.told:
            self.told(request)
        return number


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    block_on_close = False

    def handle_error(self, request, client_address):
        """A sender that hangs up is what many tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # One write a response, as a real server does.
    wbufsize = -1

    def do_POST(self):
        double = self.server.double
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = understand(self.command, self.path, self.headers, body)
        if request.kind != "send":
            double.seen.append(request)
            self._answer(*states(request, double.known, double.references))
            return
        if double.delay:
            time.sleep(double.delay)
        answer = double.answer_to(request)
        number = double.take(request) if answer.kind in ("ok", "drip") or answer.accepts else ""
        self._meet(answer, request, number)

    do_GET = do_POST

    def _meet(self, answer: Answer, request: Request, number: str) -> None:
        if answer.kind == "ok":
            self._answer(*accepted(request, number))
        elif answer.kind == "code":
            self._answer(*refused(request, answer.code))
        elif answer.kind == "status":
            self._write(answer.code, b"<html>error</html>")
        elif answer.kind == "body":
            self._write(200, answer.code)
        elif answer.kind == "garbage":
            self._write(200, b"\x00\xff not json")
        elif answer.kind == "drip":
            self._drip()
        else:
            if answer.kind == "hang":
                self.server.double.closing.wait(30)
            self.close_connection = True

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        while not self.server.double.closing.wait(0.02):
            self.wfile.write(b" ")
            self.wfile.flush()

    def _answer(self, status: int, content) -> None:
        self._write(status, json.dumps(content, ensure_ascii=False).encode())

    def _write(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_):
        """Silent: the texts are shown by whoever started the double."""
