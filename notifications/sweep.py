"""The sweeper: finds what a crash or a dead broker left behind, hands it over, or delivers it itself."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone

from notifications import delivery, doubt
from notifications.handover import hand_over
from notifications.models import Message, Queue

log = logging.getLogger(__name__)

# A worker that was told has so long before it is told again.
HANDED = timedelta(seconds=5)
# Overdue by this much, no worker seems to be listening: the sweeper sends it itself.
OVERDUE = timedelta(seconds=5)
BATCH = 200


class Sweeper:
    """Codes have threads of their own, so that a slow provider full of reminders cannot hold them up."""

    def __init__(self, *, threads: int = 16):
        self.threads = threads
        self._pools = {True: ThreadPoolExecutor(threads), False: ThreadPoolExecutor(threads)}
        self._free = {True: threading.Semaphore(threads), False: threading.Semaphore(threads)}
        self._questions = ThreadPoolExecutor(1)
        self._asking = None

    def once(self) -> int:
        """One round; how many rows it moved on."""
        now = timezone.now()
        moved = delivery.expire(Message.objects.outlived(now=now), now=now)
        for queue in Queue.values:
            moved += self._serve(queue, now)
        self._ask(now)
        return moved

    def close(self) -> None:
        """Wait for the calls under way."""
        for pool in (*self._pools.values(), self._questions):
            pool.shutdown(wait=True)

    def _serve(self, queue: str, now) -> int:
        rows = Message.objects.waiting(now=now).filter(queue=queue)
        fresh = _reserve(rows.filter(due_at__gt=now - OVERDUE), until=now + HANDED)
        told = sum(1 for message in fresh if hand_over(message))
        missed = [message.pk for message in fresh] if told < len(fresh) else []
        overdue = rows.filter(due_at__lte=now - OVERDUE)
        sent = self._send(Message.objects.filter(pk__in=missed), is_otp=queue == Queue.OTP) if missed else 0
        return told + sent + self._send(overdue, is_otp=queue == Queue.OTP)

    def _send(self, rows, *, is_otp: bool) -> int:
        """Take as many as there are free threads, no more: what is taken must leave at once."""
        free = self._free[is_otp]
        slots = 0
        while slots < BATCH and free.acquire(blocking=False):
            slots += 1
        taken = delivery.take(rows, limit=slots) if slots else []
        for _ in range(slots - len(taken)):
            free.release()
        for message in taken:
            self._pools[is_otp].submit(self._deliver, message, free).add_done_callback(_tell_of_mistake)
        return len(taken)

    def _deliver(self, message: Message, free: threading.Semaphore) -> None:
        try:
            close_old_connections()
            delivery.record(message, delivery.send(message))
        except (OperationalError, InterfaceError) as error:
            # The row stays leased; the next round settles it.
            log.warning("Message %s: the database went away: %s", message.pk, type(error).__name__)
            connection.close()
        finally:
            free.release()

    def _ask(self, now) -> None:
        """Questions to providers wait for answers, so they run beside the rounds."""
        if self._asking is None or self._asking.done():
            self._asking = self._questions.submit(_settle, now)
            self._asking.add_done_callback(_tell_of_mistake)


def _tell_of_mistake(done) -> None:
    if done.exception() is not None:
        log.error("A delivery broke off", exc_info=done.exception())


def _settle(now) -> None:
    try:
        close_old_connections()
        doubt.settle_stuck(now=now)
        doubt.ask_about_delivery(now=now)
    except (OperationalError, InterfaceError) as error:
        log.warning("The database went away: %s", type(error).__name__)
        connection.close()


def _reserve(rows, *, until) -> list[Message]:
    """Take rows for handing over, passing by those another sweeper holds."""
    with transaction.atomic():
        found = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("due_at")[:BATCH])
        Message.objects.filter(pk__in=[message.pk for message in found]).update(leased_until=until)
    return found
