"""The words after `make`: what each of them does."""

import os
import sys

from deploy.local import machine
from deploy.local.checkout import PYTHON, ROOT, Refusal
from deploy.local.place import environment, finish, missing_servers, only_one
from deploy.local.running import run
from deploy.local.supervisor import Stop

SCREENSHOTS = ROOT / "docs" / "screenshots"
# Four times what all tests take on two slow cores: whoever is not done by then waits for something.
LONGEST_TEST_RUN = 45 * 60


def main(words: list[str]) -> None:
    name, *rest = words or ["run"]
    if name not in COMMANDS:
        sys.exit(f"There is no command {name}; there are: {', '.join(COMMANDS)}.")
    try:
        code = COMMANDS[name](*rest)
    except Refusal as refusal:
        sys.exit(str(refusal))
    sys.exit(code)


def test(*words: str) -> int:
    """Everything the tests need, then all of them, or those that are named."""
    machine.setup()
    machine.need_chromium()
    # By file, so that what a module starts is started once, in the order of tests/conftest.py; above eight they
    # only wait for the database.
    workers = os.environ.get("TEST_WORKERS") or str(max(2, min(8, os.cpu_count() or 2)))
    command = ["-m", "pytest", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder", *words]
    return _with_servers("test", command, seconds=LONGEST_TEST_RUN)


def bench(*words: str) -> int:
    """The benchmarks of ONLY=, or all; on a durable database, because that is what they measure."""
    machine.setup()
    machine.need_chromium()
    return _with_servers("bench", ["-m", "benchmarks", *words], durable=True)


def screenshots() -> int:
    """Walks the browser tests and keeps the pictures they take on the way."""
    machine.setup()
    machine.need_chromium()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    os.environ["SCREENSHOTS"] = str(SCREENSHOTS)
    return _with_servers("test", ["-m", "pytest", "-m", "browser", "tests/browser"])


def sms_double(*words: str) -> int:
    """A stand-in for the SMS providers, to try the gateways by hand."""
    machine.setup()
    return finish([PYTHON, "-m", "tests.sms_double", *words], Stop())


def lint() -> int:
    """Style, then the direction of the imports."""
    machine.setup()
    stop = Stop()
    bin_folder = PYTHON.parent
    checks = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["lint-imports", "--no-logo"])
    return max(finish([bin_folder / check[0], *check[1:]], stop) for check in checks)


def setup() -> None:
    machine.setup()
    machine.need_chromium()


def _with_servers(
    place: str, words: list[str], *, durable: bool = False, seconds: float = float("inf")
) -> int:
    """Runs a module beside private servers that begin empty and are gone afterwards."""
    stop = Stop()
    with only_one(place):
        servers = missing_servers(place, durable=durable)
        try:
            for server in servers.values():
                server.forget()
                server.start(stop)
            env = os.environ | environment(servers)
            return finish([PYTHON, *words], stop, seconds=seconds, env=env)
        finally:
            for server in servers.values():
                server.stop()


COMMANDS = {
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "screenshots": screenshots,
    "sms-double": sms_double,
    "setup": setup,
}
