"""What every test stands on: a clean process between tests, a frozen day, browsers, and real processes."""

import shutil
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

pytest_plugins = ["tests.browsers", "tests.cast", "tests.processes"]


@pytest.fixture(autouse=True)
def _nothing_is_left_from_the_test_before(settings):
    """Forgets what a process keeps beside the database, and removes the pictures of the test."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache

    from catalog import tables

    cache.clear()
    tables.forget()
    ContentType.objects.clear_cache()
    yield
    for left in Path(settings.DOCUMENT_ROOT).iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()


@pytest.fixture
def on_1403_10_01():
    """Stops the clock at ten in the morning of 1403/10/01 in Tehran; `.shift(seconds)` moves it on."""
    moment = datetime(2024, 12, 21, 10, 0, tzinfo=ZoneInfo("Asia/Tehran"))
    with time_machine.travel(moment, tick=False) as clock:
        yield clock


@pytest.fixture(scope="session")
def eventually():
    """`eventually(question, seconds=5)` waits for an answer that is true, and returns it."""

    def wait(question, seconds=5):
        deadline = time.monotonic() + seconds
        while not (answer := question()):
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.02)
        return answer

    return wait


def pytest_sessionfinish(session):
    from django.conf import settings

    if settings.configured:
        shutil.rmtree(settings.DOCUMENT_ROOT, ignore_errors=True)
