"""One process and the group around it: started, told apart from a stranger with the same number, stopped."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from deploy.local.checkout import ROOT, write_privately

LARGEST_LOG = 5_000_000
# The killed are gone at once, but for those that wait for a disk that does not answer.
KILLED_SECONDS = 30


class Process:
    """A program with a log; it leads a session of its own, so that Ctrl-C reaches only its supervisor."""

    def __init__(
        self,
        name: str,
        command: Iterable,
        *,
        env: Mapping[str, str],
        log: Path,
        user: str | None = None,
        cwd: Path = ROOT,
        stop_signal: signal.Signals = signal.SIGTERM,
    ):
        self.name = name
        self.command = [str(word) for word in command]
        self.env = dict(env)
        self.log = log
        self.user = user
        self.cwd = cwd
        self.stop_signal = stop_signal
        self.started_at = 0.0
        self._child: subprocess.Popen | None = None

    @property
    def pid(self) -> int | None:
        return self._child and self._child.pid

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.is_file() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        # A leader without its supervisor may have left others of its group, who would hold its port.
        self._signal_group(signal.SIGKILL)
        self.started_at = time.monotonic()
        with open(self.log, "ab") as log:
            self._child = subprocess.Popen(
                self.command,
                cwd=self.cwd,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
            )

    def stop(self, seconds: float = 10) -> None:
        self.ask_to_stop()
        self.wait(seconds)

    def ask_to_stop(self) -> None:
        if self.is_running:
            self._child.send_signal(self.stop_signal)

    def wait(self, seconds: float) -> None:
        """Waits for the end that was asked for, and makes it after these seconds."""
        if self._child is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(seconds)
        self.kill()

    def kill(self) -> None:
        """Ends the whole group at once, as a fault does."""
        self._signal_group(signal.SIGKILL)
        if self._child is not None:
            self._child.wait(KILLED_SECONDS)

    def kill_leader(self) -> None:
        """Ends the main process alone, as `kill -9` does."""
        self._child.kill()
        self._child.wait(KILLED_SECONDS)

    def freeze(self) -> None:
        self._signal_group(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_group(signal.SIGCONT)

    def exit_code(self) -> int | None:
        return self._child and self._child.poll()

    def last_words(self, lines: int = 20) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.is_file() else ""
        return "\n".join(text.splitlines()[-lines:])

    def _signal_group(self, number: signal.Signals) -> None:
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, number)


def write_down(path: Path, processes: Iterable[Process]) -> None:
    """Keeps numbers and commands, so that the next start can tell what an earlier one left behind."""
    running = [
        [process.pid, process.command, int(process.stop_signal)]
        for process in processes
        if process.is_running
    ]
    write_privately(path, json.dumps(running))


def end_left_behind(path: Path, seconds: float = 10) -> int:
    """Ends what is written down and still runs with the very same command; a stranger is left alone."""
    written = json.loads(path.read_text()) if path.is_file() else []
    ours = [(pid, command, number) for pid, command, number in written if command_of(pid) == command]
    for pid, _, number in ours:
        os.kill(pid, number)
    deadline = time.monotonic() + seconds
    for pid, command, _ in ours:
        while command_of(pid) == command and time.monotonic() < deadline:
            time.sleep(0.05)
        if command_of(pid) == command:
            os.killpg(pid, signal.SIGKILL)
    path.unlink(missing_ok=True)
    return len(ours)


def command_of(pid: int) -> list[str] | None:
    """The command of a living process, None for the dead and for zombies."""
    if Path("/proc/self").exists():
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")[:-1]
            return words or None
        return None
    told = subprocess.run(["ps", "-o", "command=", "-ww", "-p", str(pid)], capture_output=True, text=True)
    return told.stdout.split() or None
