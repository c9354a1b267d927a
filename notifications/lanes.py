"""Many calls at once, one hand for the database: threads talk to providers, rows are read and written in batches."""

import logging
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from notifications import delivery
from notifications.models import Message

log = logging.getLogger(__name__)

AHEAD = 4


class Lane:
    """`wake` is set whenever a call has ended."""

    def __init__(self, threads: int, wake: threading.Event):
        # A few more than there are threads, so that none waits for the next batch to be taken.
        self.free = threads + threads // AHEAD
        # Filled to the last thread: there may be more to take.
        self.is_full = False
        self._wake = wake
        self._pool = ThreadPoolExecutor(threads)
        self._ended: queue.SimpleQueue = queue.SimpleQueue()

    def start(self, rows) -> int:
        """Take as many rows as there are free threads, no more: what is taken must leave at once."""
        taken = delivery.take(rows, limit=self.free) if self.free else []
        templates = delivery.registered_templates(taken)
        for message in taken:
            self._pool.submit(self._call, message, templates.get(message.kind, {}))
        self.free -= len(taken)
        self.is_full = self.free == 0
        return len(taken)

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
        self.free += len(ended)
        return len(ended)

    def close(self) -> None:
        self._pool.shutdown(wait=True)
        self.write_down()

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
