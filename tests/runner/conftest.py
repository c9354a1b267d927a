"""A place of its own for every test of the runner, so that a `make run` beside it is never touched."""

import shutil
import sys
import time

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


@pytest.fixture
def eventually():
    """Waits until a question is answered with something true, at most these seconds."""

    def wait(question, seconds=5):
        deadline = time.monotonic() + seconds
        while not (answer := question()):
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.02)
        return answer

    return wait
