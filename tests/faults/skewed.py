"""The settings of a process whose clock is off by CLOCK_IS_OFF_BY seconds, for as long as it runs."""

import os
from datetime import UTC, datetime, timedelta

import time_machine

_off = timedelta(seconds=int(os.environ["CLOCK_IS_OFF_BY"]))
time_machine.travel(datetime.now(UTC) + _off).start()

from portal.settings import *  # noqa: E402, F403  (their clock is off already)
