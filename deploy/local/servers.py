"""A private PostgreSQL and a private Valkey: for development and tests, never for production."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from deploy.local import wheels
from deploy.local.checkout import Refusal, var, write_privately
from deploy.local.processes import Process, command_of

# With LC_ALL=C the trigrams of Persian come out empty; a locale the machine lacks crashes initdb.
LOCALE = {"LC_ALL": "C.UTF-8", "PATH": os.defpath}
READY_SECONDS = 30
ANSWER_SECONDS = 10


def _never() -> bool:
    return False


class Server:
    """What both have in common: a folder, an account, a remembered port and password, and a process."""

    name: str

    def __init__(self, place: str):
        self.account = wheels.account()
        self.folder = wheels.folder_of(None, wheels.home() / place) / self.name
        self.log = var() / "log" / f"{place}-{self.name}.log"
        self._remembered = self.folder.with_suffix(".json")
        self.process: Process | None = None

    def start(self, give_up: Callable[[], bool] = _never) -> None:
        """Starts on the port of the last time if that is still free, and returns when it answers."""
        kept = json.loads(self._remembered.read_text()) if self._remembered.is_file() else {}
        self.password = kept.get("password") or secrets.token_hex(16)
        self._end_an_earlier_one()
        self.port = free_port(kept.get("port"))
        # Before the data folder is made with it: a password that was lost would lock it for ever.
        write_privately(self._remembered, json.dumps({"password": self.password, "port": self.port}))
        wheels.folder_of(self.account, self.folder)
        self._prepare()
        self.process = self._process()
        self.process.start()
        self.wait_until_ready(give_up)

    def wait_until_ready(self, give_up: Callable[[], bool] = _never) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self.answers() and not give_up():
            if not self.process.is_running or time.monotonic() > deadline:
                raise Refusal(f"{self.name} did not start; its last words:\n{self.process.last_words()}")
            time.sleep(0.05)

    def stop(self) -> None:
        if self.process:
            self.process.stop()

    def forget(self) -> None:
        """Removes everything it ever kept, so that the next start begins empty."""
        self._end_an_earlier_one()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._remembered.unlink(missing_ok=True)

    def answers(self) -> bool:
        raise NotImplementedError

    def _prepare(self) -> None:
        raise NotImplementedError

    def _process(self) -> Process:
        raise NotImplementedError

    def _end_an_earlier_one(self) -> None:
        """A supervisor that was killed leaves its servers running; their command names this very folder."""


class PostgreSQL(Server):
    name = "postgresql"

    def __init__(self, place: str, *, durable: bool = True):
        super().__init__(place)
        self.durable = durable
        self.programs = wheels.postgresql_programs(self.account)

    @property
    def url(self) -> str:
        return f"postgres://portal:{self.password}@127.0.0.1:{self.port}/portal"

    def start(self, give_up: Callable[[], bool] = _never) -> None:
        super().start(give_up)
        self._ask("createdb", "portal")

    def answers(self) -> bool:
        # One that is frozen takes the question and never answers.
        with suppress(subprocess.TimeoutExpired):
            return self._ask("psql", "--quiet", "--command", "select 1", "postgres").returncode == 0
        return False

    def _ask(self, program: str, *words: str) -> subprocess.CompletedProcess:
        target = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGCONNECT_TIMEOUT": "3"}
        login = {"PGUSER": "portal", "PGPASSWORD": self.password}
        command = [self.programs / program, "--no-password", *words]
        return subprocess.run(
            command,
            env=LOCALE | target | login,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=ANSWER_SECONDS,
        )

    def _prepare(self) -> None:
        """Makes the data beside its place and moves it there: a half-made folder is never used."""
        if (self.folder / "PG_VERSION").is_file():
            return
        draft = self.folder.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        wheels.folder_of(self.account, draft)
        password = self.folder.with_suffix(".password")
        write_privately(password, self.password)
        if self.account:
            shutil.chown(password, self.account, self.account)
        options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
        who = {"user": self.account, "group": self.account, "extra_groups": []} if self.account else {}
        made = subprocess.run(
            [self.programs / "initdb", "-D", draft, "-U", "portal", "--pwfile", password, *options],
            env=LOCALE, cwd=draft, stdin=subprocess.DEVNULL, capture_output=True, text=True, **who,
        )  # fmt: skip
        password.unlink()
        if made.returncode:
            raise Refusal(f"initdb failed: {made.stderr.strip()}")
        draft.replace(self.folder)

    def _process(self) -> Process:
        settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "300"}
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off"}
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Process(
            self.name,
            [self.programs / "postgres", "-D", self.folder, "-p", self.port, *words],
            env=LOCALE,
            log=self.log,
            user=self.account,
            cwd=self.folder,
            # A fast shutdown: SIGTERM would wait until the last client has gone.
            stop_signal=signal.SIGINT,
        )

    def _end_an_earlier_one(self) -> None:
        noted = self.folder / "postmaster.pid"
        if not noted.is_file():
            return
        pid = int(noted.read_text().split()[0])
        command = command_of(pid)
        if command is None:
            return  # PostgreSQL itself sees that its predecessor is dead
        if str(self.folder) in command:
            _end(pid, signal.SIGINT)
        elif not _somebody_works_in(self.folder):
            # The number belongs to a stranger by now, and PostgreSQL would take it for its predecessor.
            noted.unlink()


class Valkey(Server):
    name = "valkey"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
            line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            with line.makefile("rb") as answers:
                return [answers.readline(), answers.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        return False

    def _prepare(self) -> None:
        self._settings.unlink(missing_ok=True)
        write_privately(
            self._settings,
            f'bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\ndir "{self.folder}"\n'
            # Every message stands in PostgreSQL too, so nothing is kept; the title stays the command.
            f'pidfile "{self._pid_file}"\nsave ""\nappendonly no\nset-proc-title no\n',
        )
        if self.account:
            shutil.chown(self._settings, self.account, self.account)

    def _process(self) -> Process:
        program = wheels.valkey_program(self.account)
        command = [program, self._settings]
        return Process(self.name, command, env=LOCALE, log=self.log, user=self.account, cwd=self.folder)

    @property
    def _settings(self) -> Path:
        return self.folder / "valkey.conf"

    @property
    def _pid_file(self) -> Path:
        return self.folder / "valkey.pid"

    def _end_an_earlier_one(self) -> None:
        if self._pid_file.is_file():
            pid = int(self._pid_file.read_text())
            if str(self._settings) in (command_of(pid) or []):
                _end(pid, signal.SIGTERM)


def free_port(wished: int | None = None) -> int:
    """The wished port if nobody has it, otherwise one the system chooses."""
    if wished and is_free(wished):
        return wished
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _end(pid: int, number: signal.Signals, seconds: float = 10) -> None:
    command = command_of(pid)
    os.kill(pid, number)
    deadline = time.monotonic() + seconds
    while command_of(pid) == command and time.monotonic() < deadline:
        time.sleep(0.05)
    if command_of(pid) == command:
        os.kill(pid, signal.SIGQUIT)


def _somebody_works_in(folder: Path) -> bool:
    """Is a process left whose folder this is? Where nobody can tell, the careful answer is yes."""
    places = Path("/proc").glob("[0-9]*/cwd")
    if not Path("/proc/self").exists():
        return True
    for place in places:
        with suppress(OSError):
            if place.readlink() == folder:
                return True
    return False
