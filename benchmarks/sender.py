"""G11: the sweeper against a provider that takes 100 ms, sixteen and sixty-four at once.

Beside it, as the floor, the same threads asking the same provider with no database at all.
"""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection
from django.test import override_settings

from benchmarks import web
from benchmarks.goals import Row, row
from benchmarks.rounds import ROUNDS, Rounds, interleaved
from notifications import health
from notifications.gateways import base, gateway
from notifications.sweep import Sweeper

DELAY = 0.1
# Three seconds of work: starting threads and opening connections is a part of it, but a small one.
WAVES = 30
THREADS = (16, 64)
WAITING = """
INSERT INTO notifications_message (kind, key, "to", "values", text, sealed, is_secret, queue, state, attempts,
    provider, provider_reference, provider_message_id, provider_code, cause, not_after, due_at, created_at)
SELECT 'claim_submitted', %(salt)s || '-' || n, '0912' || lpad(n::text, 7, '0'), '{}', 'درخواست شما ثبت شد.', '', false,
       'notices', 'pending', 0, '', %(salt)s || n, '', '', '',
       now() + interval '1 day', now() - interval '1 hour', now()
  FROM generate_series(1, %(count)s) AS n
"""
STILL_THERE = """
SELECT EXISTS (SELECT FROM notifications_message WHERE state IN ('pending', 'sending') AND key LIKE %s)
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
    """Share of the ideal, which is that each thread sends a message every 100 ms; and what it cost."""

    def side() -> dict[str, float]:
        salt = str(time.monotonic_ns())
        with connection.cursor() as cursor:
            cursor.execute(WAITING, {"count": threads * WAVES, "salt": salt})
        health.forget()
        sweeper, left = Sweeper(threads=threads), []
        watcher = threading.Thread(target=stop_when_all_left, args=(sweeper, salt, left))
        start, cpu = time.perf_counter(), time.process_time()
        watcher.start()
        sweeper.run(interval=0.5)
        watcher.join()
        cpu = time.process_time() - cpu
        sweeper.close()
        # Not when `run` returns: it may notice half a second later that it was asked to stop.
        return figures(threads, wall=left[0] - start, cpu=cpu)

    return side


def asking(threads: int):
    """The floor: as many threads that do nothing but ask."""
    message = base.Outgoing("09120000000", "درخواست شما ثبت شد.", "100000000000000")

    def side() -> dict[str, float]:
        start, cpu = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda _: gateway("kavenegar").send(message), range(threads * WAVES)))
        return figures(threads, wall=time.perf_counter() - start, cpu=time.process_time() - cpu)

    return side


def figures(threads: int, *, wall: float, cpu: float) -> dict[str, float]:
    return {"share": WAVES * DELAY / wall, "wall": wall, "cpu": cpu / (threads * WAVES) * 1000}


def stop_when_all_left(sweeper: Sweeper, salt: str, left: list[float]) -> None:
    """Notes the moment when the last result was committed; rows are asked without their model, to ask cheaply."""
    deadline = time.monotonic() + 60
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(STILL_THERE, [f"{salt}-%"])
            if not cursor.fetchone()[0]:
                break
            time.sleep(0.01)
    left.append(time.perf_counter())
    sweeper.stop()
    connection.close()


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    sides = {}
    for threads in THREADS:
        sides |= {f"floor {threads}": asking(threads), f"ours {threads}": sending(threads)}
    with provider():
        found = interleaved(sides, rounds=rounds)
    return [of(found, threads) for threads in THREADS]


def of(found: Rounds, threads: int) -> Row:
    floor, ours = f"floor {threads}", f"ours {threads}"
    return row(
        "G11",
        f"sender, {threads} at once, share of the ideal",
        found.of(ours, "share"),
        must=0.90,
        best=0.95,
        more_is_better=True,
        floor=found.median(floor, "share"),
        ours=found.median(ours, "share"),
        voided=found.voided,
        note=f"{threads * WAVES} messages in {found.median(ours, 'wall'):.2f} s, "
        f"{found.median(ours, 'cpu'):.2f} ms of CPU each; the calls alone {found.median(floor, 'cpu'):.2f} ms",
    )
