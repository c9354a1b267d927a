"""A place of its own for every test of the runner, so that a `make run` beside it is never touched."""

import shutil
import sys

import pytest

from deploy.local import wheels
from deploy.local.processes import Process


@pytest.fixture
def own_place(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    yield tmp_path
    shutil.rmtree(wheels.home())


@pytest.fixture
def program(tmp_path):
    """`program(name, "python source")` is a process that runs it; all of them end with the test."""
    made = []

    def make(name, source, **options):
        command = [sys.executable, "-u", "-c", source]
        made.append(Process(name, command, env={}, log=tmp_path / f"{name}.log", **options))
        return made[-1]

    yield make
    for process in made:
        process.kill()
