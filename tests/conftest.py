"""What every test stands on: a clean process between tests, a frozen day, browsers, and real processes."""

import shutil
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine

from tests import deadlines

# Found examples are the same on every machine and on a busy one: no deadline, nothing kept on disk.
hypothesis.settings.register_profile("portal", deadline=None, database=None, derandomize=True)
hypothesis.settings.load_profile("portal")

OUR_APPS = {"catalog", "claims", "members", "notifications"}

pytest_plugins = ["tests.browsers", "tests.cast", "tests.processes"]


SLOW = {"browser", "real_servers", "place"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Files that drive browsers or kill processes begin first: else one worker is alone with them at the end."""
    slow = {
        item.path
        for item in items
        if SLOW.intersection(item.fixturenames) or item.get_closest_marker("fault")
    }
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def _nothing_is_left_from_the_test_before(settings, monkeypatch):
    """Forgets what a process keeps beside the database, and removes the pictures of the test."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache

    from catalog import tables

    cache.clear()
    # Every few seconds one statement more: how many a page asks is counted without the clock.
    monkeypatch.setattr(tables, "CHECK_SECONDS", 3600)
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
def django_db_setup(django_db_setup, django_db_blocker):
    """A test that commits is followed by a flush, which would take the rows of the data migrations along."""
    from django.db import connection
    from django.db.models.signals import post_migrate

    post_migrate.connect(write_rows_of_migrations, dispatch_uid="rows of migrations")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # Threads of servers and pools keep theirs; beside them the database could not be dropped.
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


def write_rows_of_migrations(sender, **kwargs):
    """Data migrations can run twice: here, once all tables of ours are empty."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations import RunPython
    from django.db.migrations.loader import MigrationLoader

    if sender.name != "notifications":
        return
    for (app, _), migration in sorted(MigrationLoader(connection).disk_migrations.items()):
        if app in OUR_APPS:
            for operation in migration.operations:
                if isinstance(operation, RunPython):
                    operation.code(apps, None)


@pytest.fixture(scope="session")
def eventually():
    """`eventually(question)` waits for an answer that is true, and returns it."""

    def wait(question, seconds=deadlines.PATIENCE):
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
