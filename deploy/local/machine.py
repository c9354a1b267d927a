"""Brings what is missing: the virtual environment with pip, Chromium with apt."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.local.checkout import PYTHON, ROOT, Refusal, var

REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")


def setup() -> None:
    """Makes `.venv` and installs the pinned packages, only when they changed since the last time."""
    with _one_at_a_time():
        stamp = PYTHON.parent.parent / "installed"
        wanted = _wanted()
        if stamp.is_file() and stamp.read_text() == wanted and _works():
            return
        if not _works():
            _make_environment()
        print("Installing the pinned packages into .venv (once, some minutes) ...", flush=True)
        _run(PYTHON, "-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS[1])
        stamp.write_text(wanted)


def chromium() -> str | None:
    """The browser of the tests: CHROMIUM= names one, otherwise the system's."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)


def need_chromium() -> None:
    if not chromium():
        install("chromium")


def install(package: str) -> None:
    """Installs a system package as root or through sudo; otherwise says which command to run."""
    by_hand = f"sudo apt-get update && sudo apt-get install -y {package}"
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (root and not _sudo_answers()):
        raise Refusal(f"The system package {package} is missing; install it, then try again: {by_hand}")
    print(f"Installing the system package {package} ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
        _run(
            *root, "apt-get", "-qq", *words, env=quiet, otherwise=f"apt-get failed; try it by hand: {by_hand}"
        )


def _sudo_answers() -> bool:
    return (
        bool(shutil.which("sudo"))
        and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    )


def _wanted() -> str:
    """Tells apart requirements, Pythons, and a checkout that was moved with its environment."""
    told = hashlib.sha256(f"{ROOT} {sys.version_info[:2]}".encode())
    for name in REQUIREMENTS:
        told.update((ROOT / name).read_bytes())
    return told.hexdigest()


def _works() -> bool:
    """Is there an environment of this Python, here, with pip in it?"""
    if not PYTHON.is_file():
        return False
    question = "import pip, sys; print(sys.version_info[:2], sys.prefix)"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True)
    return answer.stdout.strip() == f"{sys.version_info[:2]} {PYTHON.parent.parent}"


def _make_environment() -> None:
    try:
        import ensurepip  # noqa: F401  (Debian keeps it in a package of its own)
    except ImportError:
        install(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    print("Making the virtual environment .venv ...", flush=True)
    _run(sys.executable, "-m", "venv", "--clear", PYTHON.parent.parent)


def _run(*command, env=None, otherwise="") -> None:
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Refusal(
            otherwise or f"This command failed; its own words stand above: {' '.join(map(str, command))}"
        )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """`make run` and `make test` started together must not both install."""
    with open(var() / "setup.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
