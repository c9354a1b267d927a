"""A claim with three photos on a weak line: its member's whole time, and how much of it is spent waiting.

Chromium at 390 px on 3G: 300 ms to the server and back, 1.6 Mbit/s down, 0.75 up, a processor four times slower,
nothing cached. The hand is a person's: it looks before it touches, types four letters a second, and needs a while
to lay a paper down and photograph it. What was photographed before is sent meanwhile, as it is for a member.
"""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect, sync_playwright

from benchmarks import claims_table, people, photo, web
from benchmarks.goals import Row, row
from benchmarks.paint import cookie_of, slow_down
from benchmarks.weight import ARGUMENTS
from deploy.local import machine

ROUNDS = 3
LINE = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
LOOK_MS, KEY_MS, PHOTOGRAPH_MS, LONGEST_MS = 1_500, 250, 10_000, 120_000
# As many cameras: no two papers are of the same bytes or size.
PAPERS = {"invoice": (4032, 3024), "physician_order": (4000, 3000), "report": (3968, 2976)}
READ = re.compile("بارگذاری شد|تار است|تاریک است")


def rows(**_) -> list[Row]:
    claims_table.household(10)
    filling = people.Filling(people.maryam())
    folder = Path(os.environ["BENCH_FOLDER"])
    papers = {name: folder / f"{name}.jpg" for name in PAPERS}
    for name, size in PAPERS.items():
        photo.photo(papers[name], size=size)
    with web.server() as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=machine.chromium(), args=ARGUMENTS)
        times = [errand(chromium, port, filling, papers) for _ in range(ROUNDS)]
        chromium.close()
    whole, waited = zip(*times, strict=True)
    return [
        row("errand", "claim with three photos, 3G, s", whole, must=180, best=120, unit="s"),
        row("errand", "of it waiting, s", waited, must=60, best=30, unit="s"),
    ]


def errand(chromium, port: int, filling: people.Filling, papers: dict[str, Path]) -> tuple[float, float]:
    """Seconds from the first page that is asked for to the tracking code: all of them, and those of waiting."""
    client = people.signed_in(filling.account)
    context = chromium.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": cookie_of(client), "domain": "127.0.0.1", "path": "/"}])
    member = Member(context.new_page())
    start = time.perf_counter()
    member.goes_to(f"http://127.0.0.1:{port}{reverse('claims:new')}")
    basics(member, filling.basics())
    details(member, filling)
    documents(member, papers)
    member.goes_on("بعدی", "**/review/")
    member.goes_on("ثبت درخواست", "**/submitted/")
    expect(member.page.locator(".code--page")).to_be_visible(timeout=LONGEST_MS)
    seconds = time.perf_counter() - start
    context.close()
    return seconds, member.waited


class Member:
    """Somebody with a phone in one hand; `waited` are the seconds in which the portal let them do nothing."""

    def __init__(self, page: Page) -> None:
        self.page, self.waited = page, 0.0
        page.set_default_timeout(LONGEST_MS)
        slow_down(page, LINE)

    def goes_to(self, url: str) -> None:
        self.waits(lambda: self.page.goto(url, wait_until="domcontentloaded"))

    def goes_on(self, button: str, address: str) -> None:
        self.page.wait_for_timeout(LOOK_MS)
        self.page.locator("main").get_by_role("button", name=re.compile(rf"^{button}")).first.click(
            no_wait_after=True
        )
        self.waits(lambda: self.page.wait_for_url(address, wait_until="domcontentloaded"))

    def types(self, control: str, text: str) -> None:
        self.page.wait_for_timeout(LOOK_MS)
        self.page.locator(control).press_sequentially(text, delay=KEY_MS)

    def selects(self, control: str, value: str) -> None:
        self.page.wait_for_timeout(LOOK_MS)
        self.page.locator(control).select_option(value)

    def touches(self, found: Locator) -> None:
        self.waits(lambda: found.wait_for())
        self.page.wait_for_timeout(LOOK_MS)
        found.click()

    def photographs(self, paper: str, path: Path) -> None:
        self.page.wait_for_timeout(PHOTOGRAPH_MS)
        self.page.locator(f"#slot-{paper} input[type=file][multiple]").set_input_files(path)

    def waits(self, until: Callable) -> None:
        start = time.perf_counter()
        until()
        self.waited += time.perf_counter() - start


def basics(member: Member, values: dict) -> None:
    member.types("#id_service_date", values["service_date"])
    member.selects("#id_insured", str(values["insured"]))
    member.goes_on("بعدی", "**/details/")


def details(member: Member, filling: people.Filling) -> None:
    values = filling.details()
    member.types("#id_centre_text", filling.centre.name[:12])
    found = member.page.get_by_role("listbox", name="مرکزهای پیداشده").get_by_role("option")
    member.touches(found.first)
    member.selects("#id_home_province", values["home_province"])
    member.types("#id_paid_amount", values["paid_amount"])
    member.selects("#id_service_type", values["service_type"])
    member.page.locator("#id_service").select_option(index=1)
    member.selects("#id_base_insurer", values["base_insurer"])
    member.touches(member.page.locator("input[name=has_eprescription][value=no]"))
    member.goes_on("بعدی", "**/documents/")


def documents(member: Member, papers: dict[str, Path]) -> None:
    for paper, path in papers.items():
        member.photographs(paper, path)
    for paper in papers:
        slot = member.page.locator(f"#slot-{paper}")
        member.waits(lambda slot=slot: expect(slot).to_contain_text(READ, timeout=LONGEST_MS))
    member.goes_on("بعدی", "**/mobile/")
