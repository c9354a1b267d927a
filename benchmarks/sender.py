"""G11: the sweeper against a provider that takes 100 ms, sixteen and sixty-four at once."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import override_settings

from benchmarks import web
from benchmarks.goals import Row, row
from benchmarks.rounds import ROUNDS, interleaved
from notifications import health
from notifications.models import Message
from notifications.sweep import Sweeper

DELAY = 0.1
WAVES = 15
THREADS = (16, 64)
WAITING = """
INSERT INTO notifications_message (kind, key, "to", "values", text, sealed, is_secret, queue, state, attempts,
    provider, provider_reference, provider_message_id, provider_code, cause, not_after, due_at, created_at)
SELECT 'claim_submitted', %(salt)s || '-' || n, '0912' || lpad(n::text, 7, '0'), '{}', 'درخواست شما ثبت شد.', '', false,
       'notices', 'pending', 0, '', %(salt)s || n, '', '', '',
       now() + interval '1 day', now() - interval '1 hour', now()
  FROM generate_series(1, %(count)s) AS n
"""


@contextmanager
def provider() -> Iterator[None]:
    """The double in a process of its own, so that its work is not ours."""
    port = web.free_port()
    words = ["tests.sms_double", "--port", str(port), "--delay", str(DELAY), "--quiet"]
    account = {"key": "secret-key", "sender": "30001234", "url": f"http://127.0.0.1:{port}"}
    with (
        web.process(*words),
        override_settings(SMS_GATEWAYS=["kavenegar"], SMS_PROVIDERS={"kavenegar": account}),
    ):
        listens(port)
        yield


def listens(port: int) -> None:
    deadline = time.monotonic() + web.READY_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def sending(threads: int):
    """Share of the ideal: each thread a message every 100 ms."""

    def side() -> dict[str, float]:
        count = threads * WAVES
        salt = str(time.monotonic_ns())
        with connection.cursor() as cursor:
            cursor.execute(WAITING, {"count": count, "salt": salt})
        health.forget()
        sweeper = Sweeper(threads=threads)
        watcher = threading.Thread(target=stop_when_all_left, args=(sweeper, salt))
        start = time.perf_counter()
        watcher.start()
        sweeper.run(interval=0.5)
        seconds = time.perf_counter() - start
        watcher.join()
        sweeper.close()
        return {"share": WAVES * DELAY / seconds}

    return side


def stop_when_all_left(sweeper: Sweeper, salt: str) -> None:
    deadline = time.monotonic() + 60
    waiting = Message.objects.filter(key__startswith=f"{salt}-", state__in=["pending", "sending"])
    while waiting.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    sweeper.stop()
    connection.close()


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    with provider():
        found = interleaved({str(threads): sending(threads) for threads in THREADS}, rounds=rounds)
    return [
        row(
            "G11",
            f"sender, {threads} at once, share of the ideal",
            found.of(str(threads), "share"),
            must=0.90,
            best=0.95,
            more_is_better=True,
            voided=found.voided,
        )
        for threads in THREADS
    ]
