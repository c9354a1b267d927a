"""G10: from commit to the provider's door, with the broker there and with the broker dead."""

import os
import sys
import time
from statistics import quantiles

import django
from django.db import transaction

from benchmarks import web
from benchmarks.goals import Row, row
from benchmarks.rounds import ROUNDS

MESSAGES, PAUSE = 60, 0.02
DEAD = "redis://127.0.0.1:1/0"
WORKER = ["celery", "--app", "portal", "worker", "--pool", "threads", "--concurrency", "16"]
SWEEPER = ["django", "sweep_messages"]
ALL_SECONDS = 30


def produce(salt: str) -> None:
    """What a web process does: one message in each transaction."""
    from notifications.outbox import enqueue

    for number in range(MESSAGES):
        with transaction.atomic():
            enqueue(
                to=f"0912{number:07}",
                recipient=None,
                kind="claim_submitted",
                values={"tracking_code": "4817203956"},
                key=f"{salt}-{number}",
            )
        time.sleep(PAUSE)


def delays(salt: str) -> list[float]:
    """Seconds from each commit to the provider's yes."""
    from notifications.models import Message

    mine, deadline = Message.objects.filter(key__startswith=f"{salt}-"), time.monotonic() + ALL_SECONDS
    while mine.filter(sent_at=None).exists():
        if time.monotonic() > deadline:
            raise AssertionError(f"{mine.filter(sent_at=None).count()} messages never left")
        time.sleep(0.05)
    return [(one.sent_at - one.created_at).total_seconds() for one in mine]


def p99(found: list[float]) -> float:
    return quantiles(found, n=100)[-1]


def measured(rounds: int, name: str, **env: str) -> list[float]:
    found = []
    for turn in range(rounds + 1):
        salt = f"{name}{turn}"
        with web.process("benchmarks.door", salt, env=env) as child:
            if child.wait(ALL_SECONDS):
                raise AssertionError(f"the producer ended with {child.returncode}")
            found.append(p99(delays(salt)))
    # The first one warms up.
    return found[1:]


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    gateway = {"SMS_GATEWAYS": "file"}
    with web.process(*WORKER, env=gateway), web.process(*SWEEPER, env=gateway):
        time.sleep(3)
        alive = measured(rounds, "alive", **gateway)
    broken = gateway | {"REDIS_URL": DEAD}
    with web.process(*SWEEPER, env=broken):
        dead = measured(rounds, "dead", **broken)
    return [
        row("G10", "commit to the provider's door, p99, s", alive, must=1, best=0.2),
        row("G10", "the same with the broker dead, p99, s", dead, must=5, best=2),
    ]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()
    produce(sys.argv[1])
