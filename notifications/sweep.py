"""The sweeper: finds what a crash or a dead broker left behind, hands it over, or delivers it itself."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone

from notifications import delivery, doubt
from notifications.handover import hand_over
from notifications.lanes import Lane
from notifications.models import Message, Queue

log = logging.getLogger(__name__)

# A worker that was told has so long before it is told again.
HANDED = timedelta(seconds=5)
# Overdue by this much, no worker seems to be listening: the sweeper sends it itself.
OVERDUE = timedelta(seconds=5)
BATCH = 200
# Calls that end within so many seconds are written in one transaction.
GATHER = 0.005
# How late `run` may see that it is to stop.
LONGEST_WAIT = 0.5


class Sweeper:
    """Codes have threads of their own, so that a slow provider full of reminders cannot hold them up."""

    def __init__(self, *, threads: int = 16):
        self._stopped = False
        self._wake = threading.Event()
        self._codes, self._others = Lane(threads, self._wake), Lane(threads, self._wake)
        # Queues that had more waiting than there was room for.
        self._more: set[str] = set()
        self._questions = ThreadPoolExecutor(1)
        self._asking = None
        self._broker_answers = True

    def run(self, *, interval: float) -> None:
        """Rounds at the interval; in between, what has ended is written and what waits takes its place."""
        next_round = time.monotonic()
        while not self._stopped:
            try:
                if time.monotonic() >= next_round:
                    next_round = time.monotonic() + interval
                    self.once()
                else:
                    self.go_on()
            except (OperationalError, InterfaceError) as error:
                log.warning("The database does not answer: %s", type(error).__name__)
                connection.close()
                self._wake.wait(interval)
            if self._wake.wait(min(max(next_round - time.monotonic(), 0), LONGEST_WAIT)):
                self._wake.clear()
                time.sleep(GATHER)

    def stop(self) -> None:
        """Ends `run` after its present step."""
        # No more than this flag: a signal comes while the main thread may hold the event's own lock.
        self._stopped = True

    def once(self) -> int:
        """One round; how many rows it moved on."""
        self._write_down()
        now = timezone.now()
        moved = delivery.expire(Message.objects.outlived(now=now), now=now)
        self._broker_answers = True
        for queue in Queue.values:
            moved += self._hand_over(queue, now)
            moved += self._send(queue)
        self._ask(now)
        return moved

    def go_on(self) -> int:
        """Between two rounds: threads that became free take what was left waiting for them."""
        moved = sum(self._send(queue) for queue in Queue.values if queue in self._more)
        # After the threads have work again: what they brought can wait these few milliseconds.
        self._write_down()
        return moved

    def close(self) -> None:
        """Wait for the calls under way and write what they bring."""
        for lane in (self._codes, self._others):
            lane.close()
        self._questions.shutdown(wait=True)

    def _lane(self, queue: str) -> Lane:
        return self._codes if queue == Queue.OTP else self._others

    def _write_down(self) -> None:
        self._codes.write_down()
        self._others.write_down()

    def _hand_over(self, queue: str, now) -> int:
        rows = Message.objects.waiting(now=now).filter(queue=queue, due_at__gt=now - OVERDUE)
        fresh = _reserve(rows, until=now + HANDED)
        for told, message in enumerate(fresh):
            if not hand_over(message):
                self._broker_answers = False
                missed = [message.pk for message in fresh[told:]]
                Message.objects.filter(pk__in=missed).update(leased_until=None)
                return told
        return len(fresh)

    def _send(self, queue: str) -> int:
        now = timezone.now()
        rows = Message.objects.waiting(now=now).filter(queue=queue)
        if self._broker_answers:
            rows = rows.filter(due_at__lte=now - OVERDUE)
        taken, may_be_more = self._lane(queue).start(rows)
        (self._more.add if may_be_more else self._more.discard)(queue)
        return taken

    def _ask(self, now) -> None:
        """Questions to providers wait for answers, so they run beside the rounds."""
        if self._asking is None or self._asking.done():
            self._asking = self._questions.submit(_settle, now)
            self._asking.add_done_callback(_tell_of_mistake)


def _settle(now) -> None:
    try:
        close_old_connections()
        doubt.settle_stuck(now=now)
        doubt.ask_about_delivery(now=now)
    except (OperationalError, InterfaceError) as error:
        log.warning("The database went away: %s", type(error).__name__)
        connection.close()


def _tell_of_mistake(done) -> None:
    if done.exception() is not None:
        log.error("Asking broke off", exc_info=done.exception())


def _reserve(rows, *, until) -> list[Message]:
    """Take rows for handing over, passing by those another sweeper holds."""
    with transaction.atomic():
        found = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("due_at")[:BATCH])
        Message.objects.filter(pk__in=[message.pk for message in found]).update(leased_until=until)
    return found
