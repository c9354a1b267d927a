"""What should have ended long ago is ended, and whatever it had started with it."""

import sys
from contextlib import suppress
from pathlib import Path

from deploy.local import place
from deploy.local.processes import command_of

DEAF = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(child.pid))
while True:
    time.sleep(600)
"""


def test_a_deaf_command_and_its_child_are_gone_in_time(tmp_path, monkeypatch, capsys, eventually):
    monkeypatch.setattr(place, "STUBBORN_SECONDS", 0.5)
    noted = tmp_path / "child"

    code = place.finish([sys.executable, "-c", DEAF, noted], lambda: False, seconds=3)

    assert code == -9
    assert "was not done after" in capsys.readouterr().err
    eventually(lambda: not is_alive(int(noted.read_text())))


def test_who_is_done_in_time_keeps_the_code(capsys):
    assert place.finish([sys.executable, "-c", "raise SystemExit(7)"], lambda: False, seconds=60) == 7
    assert capsys.readouterr().err == ""


def is_alive(pid: int) -> bool:
    """A zombie that nobody has asked for yet is dead too."""
    with suppress(OSError):
        return command_of(pid) is not None and ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    return False
