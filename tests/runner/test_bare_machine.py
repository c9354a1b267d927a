"""What a fresh machine lacks is installed once, and what cannot be is told in one sentence."""

import runpy
import subprocess
import sys

import pytest

from deploy.local import machine, running
from deploy.local.checkout import Refusal


@pytest.fixture
def ran(monkeypatch, tmp_path):
    """Every command that would have been run; none is."""
    commands = []

    def note(command, **_):
        commands.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, 0, stdout="", stderr="")

    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    monkeypatch.setattr(machine.subprocess, "run", note)
    return commands


@pytest.fixture
def checkout(monkeypatch, tmp_path):
    """A checkout with an environment that works and two files of requirements."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    for name in machine.REQUIREMENTS:
        (tmp_path / name).write_text("Django==5.2\n")
    monkeypatch.setattr(machine, "ROOT", tmp_path)
    monkeypatch.setattr(machine, "PYTHON", python)
    monkeypatch.setattr(machine, "_works", lambda: True)
    return tmp_path


def installs(ran):
    return [command for command in ran if "pip" in command]


def test_packages_are_installed_only_when_the_requirements_changed(checkout, ran):
    machine.setup()
    machine.setup()
    assert len(installs(ran)) == 1

    (checkout / "requirements.txt").write_text("Django==5.2\nPillow==13.0\n")
    machine.setup()
    assert len(installs(ran)) == 2


def test_a_failed_installation_is_tried_again(checkout, ran, monkeypatch):
    monkeypatch.setattr(
        machine.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1)
    )
    with pytest.raises(Refusal, match="This command failed"):
        machine.setup()

    assert not (checkout / ".venv" / "installed").exists()


def test_an_environment_that_does_not_work_here_is_made_anew(checkout, ran, monkeypatch):
    monkeypatch.setattr(machine, "_works", lambda: False)

    machine.setup()

    assert ran[0][1:] == ["-m", "venv", "--clear", str(checkout / ".venv")]


def test_root_installs_chromium_after_asking_for_the_newest_list(ran, monkeypatch):
    monkeypatch.setattr(machine, "chromium", lambda: None)
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine.shutil, "which", lambda name: f"/usr/bin/{name}")

    machine.need_chromium()

    assert [command[2] for command in ran] == ["update", "install"]
    assert ran[1][-1] == "chromium"


def test_without_root_or_sudo_the_one_command_to_run_is_told(ran, monkeypatch):
    monkeypatch.setattr(machine, "chromium", lambda: None)
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(machine.shutil, "which", lambda name: None if name == "sudo" else f"/usr/bin/{name}")

    with pytest.raises(Refusal, match="sudo apt-get update && sudo apt-get install -y chromium"):
        machine.need_chromium()

    assert ran == []


def test_an_old_python_is_told_so_in_one_sentence(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    with pytest.raises(SystemExit) as end:
        runpy.run_module("deploy.local", run_name="__main__")

    assert "needs Python 3.11 or newer and this is 3.9" in end.value.code
    assert "\n" not in end.value.code


@pytest.mark.parametrize("text", ["0", "65536", "eight", "-1", "٨٠٠٠"])
def test_a_port_that_is_none_is_refused(text, monkeypatch):
    monkeypatch.setenv("PORT", text)

    with pytest.raises(Refusal, match="is no port"):
        running.wanted_port()


def test_an_unknown_word_lists_the_known_ones():
    command = [sys.executable, "-m", "deploy.local", "rnu"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60)

    assert told.returncode == 1
    assert "run, test, lint, bench" in told.stderr
