"""G9: what a first visit and the pages after it weigh, compressed, and how many requests they are."""

import gzip
import os
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import sync_playwright

from benchmarks import claims_table, people, web
from benchmarks.goals import Row, row
from deploy.local import machine

STATIC = "/static/"
AFTER = ("home", "claims:list", "claims:new", "members:account", "members:messages", "catalog:centres")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


class Browser:
    """Chromium says what it asks for; the weight is what nginx and WhiteNoise would send."""

    def __init__(self, context, port: int) -> None:
        self._page, self._at = context.new_page(), f"http://127.0.0.1:{port}"
        self._asked: list = []
        # Named by their content, static files are asked for once.
        self._kept: set[str] = set()
        self._page.on("requestfinished", lambda request: self._asked.append(request))

    def visit(self, path: str) -> tuple[int, int]:
        """Bytes and requests of this visit."""
        self._asked.clear()
        self._page.goto(self._at + path, wait_until="networkidle")
        sizes = []
        for request in self._asked:
            path = urlsplit(request.url).path
            if path not in self._kept:
                sizes.append(weight(request.response(), path))
            if path.startswith(STATIC):
                self._kept.add(path)
        return sum(sizes), len(sizes)


def weight(response, path: str) -> int:
    if path.startswith(STATIC):
        return smallest(path)
    body = response.body()
    return len(gzip.compress(body, 6)) if response.headers["content-type"].startswith("text/") else len(body)


def smallest(path: str) -> int:
    place = file_of(path)
    return min(each.stat().st_size for each in place.parent.glob(f"{place.name}*"))


def file_of(link: str) -> Path:
    return Path(os.environ["BENCH_FOLDER"], "static", link.removeprefix(STATIC))


def rows(**_) -> list[Row]:
    claims_table.household(10)
    cookie = people.signed_in(people.maryam()).cookies[settings.SESSION_COOKIE_NAME].value
    with web.server() as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=machine.chromium(), args=ARGUMENTS)
        first, requests = Browser(chromium.new_context(), port).visit(reverse("members:login"))
        context = chromium.new_context()
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": "127.0.0.1", "path": "/"}]
        )
        member = Browser(context, port)
        member.visit("/")
        later = {name: member.visit(reverse(name))[0] for name in AFTER}
        chromium.close()
    heaviest = max(later, key=later.get)
    return [
        row("G9", "first visit, kB", [first / 1000], must=50, best=27, unit="kB"),
        row("G9", "its requests", [requests], must=8, best=8),
        row("G9", "later pages, the heaviest, kB", [later[heaviest] / 1000], must=8, best=8, note=heaviest),
    ]
