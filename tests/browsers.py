"""Chromium for the browser tests: a phone and a desk, both Persian, both strict about script errors."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from deploy.local.machine import chromium
from tests import deadlines

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PERSIAN = {"locale": "fa-IR", "timezone_id": "Asia/Tehran"}
PHONE = PERSIAN | {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
DESK = PERSIAN | {"viewport": {"width": 1280, "height": 800}}


# On a machine with other work twenty photos take longer than the five seconds of Playwright.
expect.set_options(timeout=1000 * deadlines.PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": chromium(), "args": FLAGS}


@pytest.fixture
def _page_of(request, browser, eventually):
    """Pages whose requests are all answered before the database is emptied for the next test."""
    asks_tests = "live_server" in request.fixturenames
    if asks_tests:
        # Made before the page, and so emptied after it has gone.
        request.getfixturevalue("transactional_db")

    def opened(**options):
        yield from _page(browser, **options)
        if asks_tests:
            eventually(_nobody_is_asked)

    return opened


def _nobody_is_asked() -> bool:
    """Between the server's threads and the database of the tests it is quiet."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'"
        )
        return cursor.fetchone() == (0,)


def _page(browser, **options):
    """A page whose test fails when a script breaks or the content policy refuses something."""
    context = browser.new_context(**options)
    context.set_default_timeout(1000 * deadlines.PATIENCE)
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None,
    )
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def phone(_page_of):
    """A page on a phone: 390 × 844 points at double density, touch, Persian, Tehran."""
    yield from _page_of(**PHONE)


@pytest.fixture
def phone_without_javascript(_page_of):
    yield from _page_of(**PHONE, java_script_enabled=False)


@pytest.fixture
def desktop(_page_of):
    """A page on a desk: 1280 × 800 points, Persian, Tehran."""
    yield from _page_of(**DESK)


class Screenshots:
    """`screenshot(page, "home-390")` keeps the page as a file when `make screenshots` asks for it."""

    def __init__(self, folder: str | None):
        self.folder = folder

    @property
    def is_wanted(self) -> bool:
        return bool(self.folder)

    def __call__(self, page, name):
        if self.is_wanted:
            # Styles and pictures first: the height of the page follows from them.
            page.wait_for_load_state("networkidle")
            path = Path(self.folder) / f"{name.replace(':', '-').replace(' ', '-')}.png"
            self._take(page, path)

    def _take(self, page, path):
        """As long as the page. A bar that keeps to the window's foot would stand in the middle of it."""
        if not page.locator(".sticky").count():
            page.screenshot(path=path, full_page=True)
            return
        before = page.viewport_size
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size(before | {"height": max(height, before["height"])})
        page.screenshot(path=path)
        page.set_viewport_size(before)


@pytest.fixture(scope="session")
def screenshot():
    return Screenshots(os.environ.get("SCREENSHOTS"))
