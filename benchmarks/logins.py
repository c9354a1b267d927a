"""G14: fifty wrong logins a second beside four members in the wizard; refused ones cost next to nothing."""

import threading
import time

from django.urls import reverse

from benchmarks import cost, people, web
from benchmarks.goals import Row, row
from benchmarks.journey import picture
from benchmarks.rounds import ROUNDS, interleaved
from benchmarks.statements import WIZARD
from catalog.models import MembershipType
from members.login import Refused, enter

MEMBERS, SECONDS = 4, 3.0
ATTACKERS, PER_SECOND = 10, 50


class Attack:
    """Wrong passwords for one account, as many a second as asked, from threads of their own."""

    def __init__(self, port: int) -> None:
        self._port, self._over = port, threading.Event()
        self._kind = MembershipType.objects.get(code="group").pk

    def __enter__(self):
        self._threads = [threading.Thread(target=self._go_on) for _ in range(ATTACKERS)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self) -> None:
        browser, pause = web.Browser(self._port), ATTACKERS / PER_SECOND
        values = {
            "membership_type": self._kind,
            "national_id": people.maryam().person.national_id,
            "password": "Wrong-river-27",
            "captcha_0": "x",
            "captcha_1": "PASSED",
        }
        due = time.monotonic()
        while not self._over.is_set():
            browser.post(reverse("members:login"), values)
            due += pause
            self._over.wait(max(due - time.monotonic(), 0))


def members(port: int, urls: list[str]):
    browsers = [web.Browser(port, people.maryam()) for _ in range(MEMBERS)]

    def walk(number: int) -> list[float]:
        times, until = [], time.monotonic() + SECONDS
        while time.monotonic() < until:
            browsers[number].get(urls[len(times) % len(urls)])
            times.append(browsers[number].first_byte_ms)
            # A person reads, too.
            time.sleep(0.1)
        return times

    return lambda: {"ms": web.p95(web.at_once(MEMBERS, walk))}


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    client, filling = people.signed_in(people.maryam()), people.Filling(people.maryam())
    draft = people.draft(client, filling, picture)
    urls = [reverse(f"claims:{name}", args=[draft]) for name in WIZARD]
    # The picture of the security code is no obstacle here: the attack is at the password.
    with web.server(CAPTCHA_TEST_MODE="1", DEBUG="1") as port:
        quiet = members(port, urls)

        def beside() -> dict[str, float]:
            with Attack(port):
                return quiet()

        found = interleaved({"quiet": quiet, "attacked": beside}, rounds=rounds)
    return [
        row(
            "G14",
            "wizard beside 50 wrong logins/s, p95",
            found.ratios("attacked", "quiet", "ms"),
            must=1.5,
            best=1.2,
            unit="ms",
            floor=found.median("quiet", "ms"),
            ours=found.median("attacked", "ms"),
            voided=found.voided,
        ),
        row("G14", "a refused login, CPU ms", refused(), must=1.0, best=1.0, unit="ms"),
    ]


def refused() -> list[float]:
    """Once the limit is reached: no hash, one counter; the database's part included."""
    kind = MembershipType.objects.get(code="group")
    pair = {"membership_type": kind, "national_id": "0990000099", "password": "Wrong-river-27"}
    spent = []
    for _ in range(ROUNDS + 1):
        meter, tries = cost.Meter(), 100
        for _ in range(tries):
            try:
                enter(**pair, address="127.0.0.1")
            except Refused:
                continue
        spent.append(meter.read()["cpu_ms"] / tries)
    # The first hundred begin below the limit.
    return spent[1:]
