"""A weak phone: when the main thing is there, how much jumps, how long a touch waits (LCP, CLS, INP).

Chromium at 390 px, 150 ms to the server and back, 1.6 Mbit/s, a processor four times slower, nothing cached.
"""

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, sync_playwright

from benchmarks import claims_table, people, web
from benchmarks.goals import Row, row
from benchmarks.weight import ARGUMENTS
from deploy.local import machine

ROUNDS = 5
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
SLOWER = 4
SEEN = """() => new Promise((done) => {
  const figures = { lcp: 0, cls: 0, inp: 0 };
  const note = (type, read, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(read)).observe({ type, buffered: true, ...more });
  note("largest-contentful-paint", (entry) => (figures.lcp = Math.max(figures.lcp, entry.startTime)));
  note("layout-shift", (entry) => (figures.cls += entry.hadRecentInput ? 0 : entry.value));
  note("event", (entry) => {
    if (entry.interactionId) figures.inp = Math.max(figures.inp, entry.duration);
  }, { durationThreshold: 16 });
  setTimeout(() => done(figures), 300);
})"""


def rows(**_) -> list[Row]:
    claims_table.household(10)
    client = people.signed_in(people.maryam())
    filling = people.Filling(people.maryam())
    pages = {
        "login": (None, reverse("members:login"), "#id_national_id"),
        "step 2": (cookie_of(client), details_of(client, filling), "#id_paid_amount"),
        "list": (cookie_of(client), reverse("claims:list"), "summary"),
    }
    found = {}
    with web.server() as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=machine.chromium(), args=ARGUMENTS)
        for name, (cookie, path, touched) in pages.items():
            found[name] = [measured(chromium, port, cookie, path, touched) for _ in range(ROUNDS + 1)][1:]
        chromium.close()
    return [line for name, figures in found.items() for line in lines(name, figures)]


def lines(name: str, figures: list[dict]) -> list[Row]:
    return [
        row("face", f"{name}: LCP, s", [one["lcp"] / 1000 for one in figures], must=1.8, best=1.2, unit="s"),
        row("face", f"{name}: CLS", [one["cls"] for one in figures], must=0.02, best=0.005),
        row("face", f"{name}: INP, ms", [one["inp"] for one in figures], must=100, best=50, unit="ms"),
    ]


def cookie_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def details_of(client: Client, filling: people.Filling) -> str:
    """The second step of a fresh draft."""
    return people.went_on(client.post(reverse("claims:new"), filling.basics()))


def measured(chromium, port: int, cookie: str | None, path: str, touched: str) -> dict:
    """One visit of a phone that has nothing of the portal yet; one field is touched and typed into."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    if cookie:
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": cookie, "domain": "127.0.0.1", "path": "/"}])
    page = context.new_page()
    slow_down(page, LINE)
    page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
    page.locator(touched).first.click()
    page.keyboard.type("18500000")
    figures = page.evaluate(SEEN)
    context.close()
    return figures


def slow_down(page: Page, line: dict) -> None:
    """A line of Chromium's own terms (ms, bytes a second) and a processor four times slower."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
