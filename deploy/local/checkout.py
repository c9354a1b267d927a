"""Where things are in this checkout, and how a sentence ends the command."""

import hashlib
import os
import shlex
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv" / "bin" / "python"


class Refusal(Exception):
    """Carries the one sentence that says why it does not go on, and what to do."""


def var() -> Path:
    """The folder of everything that lives longer than a run; PORTAL_VAR= puts it elsewhere."""
    folder = Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fingerprint() -> str:
    return hashlib.sha256(str(var()).encode()).hexdigest()[:16]


def write_privately(path: Path, text: str) -> None:
    """Writes whole or not at all, readable to its owner only: it may hold passwords."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def write_environment(path: Path, values: dict[str, str]) -> None:
    """Keeps settings where portal/settings.py reads them when the shell says nothing."""
    write_privately(path, "".join(f"{name}={shlex.quote(value)}\n" for name, value in values.items()))
