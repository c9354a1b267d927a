"""One clock: a process whose clock is off the database's gets no connection, so it judges no code and no deadline."""

import logging
from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone

TOLERANCE = timedelta(seconds=5)

logger = logging.getLogger(__name__)


class ClockIsOff(OperationalError):
    """To pages, workers and the sweeper the same as a database that is away."""

    def __init__(self, drift: timedelta):
        super().__init__(f"The clock here is {drift.total_seconds():+.0f} s off the database's.")
        self.drift = drift


def ensure_agreement(connection) -> None:
    if abs(off := drift(connection)) > TOLERANCE:
        raise ClockIsOff(off)


def drift(connection) -> timedelta:
    """How far this process is ahead; the time that asking takes is no drift."""
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there = cursor.fetchone()[0]
    after = timezone.now()
    return before - there if there < before else min(after - there, timedelta(0))


def refuse_a_wrong_clock(connection, **_) -> None:
    """Asked when a connection opens, which is once a minute in each thread: no page pays for it."""
    try:
        ensure_agreement(connection)
    except ClockIsOff as error:
        connection.close()
        logger.critical("%s", error)
        raise
