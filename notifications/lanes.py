"""Many calls at once, one hand for the database: threads talk to providers, rows are read and written in batches."""

import logging
import queue
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from notifications import delivery
from notifications.models import Message

log = logging.getLogger(__name__)

# So many messages for each thread are taken at the same time: while the next batch is fetched, none waits for it.
# More of them would all be in doubt if the process died.
AHEAD = 1.5
# Templates read so many seconds ago are still those to send by.
TEMPLATES_KEPT = 1.0


class Lane:
    """`wake` is set whenever a call has ended."""

    def __init__(self, threads: int, wake: threading.Event):
        self._free = int(threads * AHEAD)
        self._wake = wake
        self._pool = ThreadPoolExecutor(threads)
        self._ended: queue.SimpleQueue = queue.SimpleQueue()
        self._templates: dict[str, dict] = {}
        self._templates_at = 0.0

    def start(self, rows) -> tuple[int, bool]:
        """Take as many rows as there is room for, no more: what is taken must leave at once.

        How many that were, and whether there may be more of them.
        """
        # A call that has ended leaves its place at once, also while its result is not written yet.
        room = self._free + self._ended.qsize()
        taken = delivery.take(rows, limit=room) if room else []
        templates = self._registered(taken)
        for message in taken:
            self._pool.submit(self._call, message, templates.get(message.kind, {}))
        self._free -= len(taken)
        return len(taken), len(taken) == room

    def write_down(self) -> int:
        """Write the results of the calls that have ended."""
        ended = []
        while not self._ended.empty():
            ended.append(self._ended.get())
        try:
            delivery.record_all([result for result in ended if result is not None])
        except (OperationalError, InterfaceError):
            # What was learned is kept for when the database is back.
            for result in ended:
                self._ended.put(result)
            raise
        self._free += len(ended)
        return len(ended)

    def close(self) -> None:
        self._pool.shutdown(wait=True)
        self.write_down()

    def _registered(self, messages: list[Message]) -> dict[str, dict]:
        if time.monotonic() > self._templates_at + TEMPLATES_KEPT:
            self._templates, self._templates_at = {}, time.monotonic()
        new = [message for message in messages if message.kind not in self._templates]
        if new:
            self._templates |= {message.kind: {} for message in new} | delivery.registered_templates(new)
        return self._templates

    def _call(self, message: Message, registered: dict) -> None:
        result = None
        try:
            close_old_connections()
            result = (message, delivery.send(message, registered))
        except (OperationalError, InterfaceError) as error:
            # The row stays leased; a later round settles it.
            log.warning("Message %s: the database went away: %s", message.pk, type(error).__name__)
            connection.close()
        finally:
            # Also after a mistake of ours, or the lane would lose a thread for good.
            self._ended.put(result)
            self._wake.set()
