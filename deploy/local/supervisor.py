"""Keeps the processes of `make run` alive until it is asked to stop."""

import signal
import time
from collections.abc import Callable, Collection
from pathlib import Path

from deploy.local.processes import Process, write_down

# Who lived this long died of something new, and is started again at once.
LONG_ENOUGH = 10
LONGEST_PAUSE = 30


class Stop:
    """Remembers that Ctrl-C or a signal asked for the end, so that nothing is interrupted half-way."""

    def __init__(self):
        self.is_asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def __call__(self) -> bool:
        return self.is_asked

    def _ask(self, *_) -> None:
        self.is_asked = True


class Supervisor:
    """Starts processes in order and again when they die; stops them in the opposite order."""

    def __init__(self, record: Path, say: Callable[[str], None] = print):
        self.processes: list[Process] = []
        self._record = record
        self._say = say
        self._deaths: dict[str, int] = {}
        self._due: dict[str, float] = {}

    def add(self, process: Process) -> None:
        """Takes over a process; one that does not run yet is started."""
        self.processes.append(process)
        if not process.is_running:
            process.start()
        write_down(self._record, self.processes)

    def watch(self, stop: Callable[[], bool], pause: float = 0.2) -> None:
        while not stop():
            self.look()
            time.sleep(pause)

    def look(self) -> None:
        """Starts again who is dead and whose pause is over."""
        for process in self.processes:
            if process.is_running:
                continue
            if process.name not in self._due:
                self._due[process.name] = time.monotonic() + self._pause_of(process)
            if time.monotonic() >= self._due[process.name]:
                del self._due[process.name]
                process.start()
                write_down(self._record, self.processes)

    def stop(self, last: Collection[str] = ()) -> None:
        """Asks all to stop at once, and those named `last` when the others are gone."""
        early = [process for process in self.processes if process.name not in last]
        late = [process for process in self.processes if process.name in last]
        for group in (early, late):
            for process in group:
                process.ask_to_stop()
            for process in group:
                process.wait(10)
        self._record.unlink(missing_ok=True)

    def _pause_of(self, process: Process) -> float:
        lived = time.monotonic() - process.started_at
        quick = 0 if lived > LONG_ENOUGH else self._deaths.get(process.name, 0) + 1
        self._deaths[process.name] = quick
        pause = 0 if quick <= 1 else min(LONGEST_PAUSE, 2 ** (quick - 2))
        after = f" in {pause} s" if pause else ""
        self._say(
            f"{process.name} ended ({process.exit_code()}) and is started again{after}; see {process.log}"
        )
        return pause
