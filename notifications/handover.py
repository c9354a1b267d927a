"""Telling a worker about a message, at most half a second long; a silent broker costs one caller, not all."""

import logging
import time

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from notifications import tasks

log = logging.getLogger(__name__)

# A broker that failed to answer is left alone by this process for so many seconds; the sweeper delivers.
REST = 5.0
_rests_until = 0.0


def hand_over(message) -> bool:
    """Whether a worker has been told; if not, the sweeper finds the row."""
    global _rests_until
    if time.monotonic() < _rests_until:
        return False
    try:
        tasks.deliver.apply_async((message.pk,), queue=message.queue, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        _rests_until = time.monotonic() + REST
        log.warning("The broker did not take a message: %s", type(error).__name__)
        return False
    return True
