"""What a piece of work costs: CPU of process trees, calls, statements, time spent in the database."""

import cProfile
import os
import time
from collections.abc import Iterable
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection


def cpu_seconds(pids: Iterable[int]) -> float:
    """CPU that these processes have used, all their living threads, from /proc, in nanoseconds' resolution."""
    total = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            with suppress(OSError):
                total += int(task.read_text().split()[0])
    return total / 1e9


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            with suppress(OSError):
                found += map(int, children.read_text().split())
    return found


def backends() -> list[int]:
    """The database's processes that work for us; its writers, which serve all, cannot be shared out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [pid for (pid,) in cursor.fetchall() if Path(f"/proc/{pid}").exists()]


class Meter:
    """CPU of this process, the trees named, and the database's part in both."""

    def __init__(self, *pids: int) -> None:
        self._pids = [pid for root in (os.getpid(), *pids) for pid in tree(root)] + backends()
        self._cpu, self._wall = cpu_seconds(self._pids), time.perf_counter()

    def read(self) -> dict[str, float]:
        return {
            "wall_ms": (time.perf_counter() - self._wall) * 1000,
            "cpu_ms": (cpu_seconds(self._pids) - self._cpu) * 1000,
        }


def calls(work) -> int:
    """How many calls the work makes, C functions included, as cProfile counts them."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats()) - 1


class Statements:
    """`with statements() as sql:` then sql.count, sql.seconds; a commit counts in time, not in number."""

    def __init__(self) -> None:
        self.count, self.seconds = 0, 0.0
        self.texts: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        self.texts.append(sql)
        with self.timed():
            return execute(sql, params, many, context)

    @contextmanager
    def timed(self):
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - start


@contextmanager
def statements():
    found = Statements()
    commit = connection._commit

    def timed_commit():
        with found.timed():
            return commit()

    connection._commit = timed_commit
    try:
        with connection.execute_wrapper(found):
            yield found
    finally:
        del connection._commit
