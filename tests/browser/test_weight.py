"""What a visit weighs on the line, as production serves it: compressed, with the headers, counted by the browser."""

import os
import subprocess
from collections import Counter

import pytest

from deploy.local.checkout import PYTHON, ROOT
from deploy.local.processes import Process
from deploy.local.running import wait_for_web
from deploy.local.servers import free_port
from tests import cast, deadlines, people
from tests.browser import pages, walk
from tests.browsers import PHONE
from tests.security.test_unsafe_settings import PRODUCTION

pytestmark = pytest.mark.browser

FIRST_VISIT, FIRST_REQUESTS, LATER_PAGE = 50_000, 8, 8_000
# Styles and scripts of the pages inside come once each, with the first page that wants them.
INSIDE = 24_000
PICTURES = ("/files/", "/captcha/")


@pytest.fixture(scope="module")
def production(_real_servers, tmp_path_factory):
    """Another web on the same database, set as in production but for TLS, which a proxy would bring."""
    folder = tmp_path_factory.mktemp("production")
    env = _real_servers.env | PRODUCTION | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.production",
        "STATICFILES_STORAGE": "portal.staticfiles.PortalStaticStorage",
        "STATIC_FOLDER": str(folder / "static"),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
    }  # fmt: skip
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    collect = [PYTHON, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=env, check=True, timeout=deadlines.PATIENCE)
    port = free_port()
    command = [PYTHON, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    web = Process(
        "production", [*command, "--no-control-socket"], env=os.environ | env, log=folder / "web.log"
    )
    web.start()
    try:
        wait_for_web(web, port, lambda: False)
        yield f"http://127.0.0.1:{port}"
    finally:
        web.kill()


class Line:
    """Listens to one page: how many bytes came for how many requests."""

    def __init__(self, page):
        self.page = page
        self.urls, self.sizes = {}, Counter()
        wire = page.context.new_cdp_session(page)
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.loadingFinished", self._came)
        wire.send("Network.enable")

    def _asked(self, told):
        self.urls[told["requestId"]] = told["request"]["url"]

    def _came(self, told):
        self.sizes[told["requestId"]] += told["encodedDataLength"]

    def visit(self, url) -> dict[str, int]:
        """Bytes by address, of all that this page asked the server for; what was kept costs nothing."""
        self.urls, self.sizes = {}, Counter()
        answer = self.page.goto(url, wait_until="networkidle")
        assert answer.ok, url
        return {
            address: self.sizes[number]
            for number, address in self.urls.items()
            if address.startswith("http") and self.sizes[number]
        }


@pytest.fixture
def line(browser):
    context = browser.new_context(**PHONE)
    yield Line(context.new_page())
    context.close()


def test_a_first_visit_and_the_pages_after_it_are_light(line, production, _real_servers):
    first = line.visit(f"{production}/login/")
    assert sum(first.values()) <= FIRST_VISIT, first
    assert 5 <= len(first) <= FIRST_REQUESTS, first

    member = people.people(_real_servers)["member"]
    claims = people.claims(_real_servers, member, *pages.NEEDED)
    walk.fill_login(line.page, member, cast.PASSWORD)
    walk.press(line.page, "ورود")
    line.page.wait_for_url(f"{production}/")
    heavy, inside = {}, {}
    for name, path in pages.of_member(claims).items():
        came = line.visit(production + path)
        # The address as the browser writes it, for one that holds Persian.
        page = came.pop(line.page.url)
        if page > LATER_PAGE:
            heavy[name] = page
        inside |= {url: size for url, size in came.items() if not any(part in url for part in PICTURES)}
    assert heavy == {}
    assert sum(inside.values()) <= INSIDE, inside


def test_cookies_of_production_are_guarded(browser, production, _real_servers):
    member = people.people(_real_servers)["member"]
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{production}/login/")
    walk.fill_login(page, member, cast.PASSWORD)
    walk.press(page, "ورود")
    page.wait_for_url(f"{production}/")
    cookies = {one["name"]: one for one in context.cookies()}
    assert {"__Host-session", "__Host-csrf"} <= set(cookies)
    for cookie in cookies.values():
        assert cookie["httpOnly"] and cookie["secure"] and cookie["sameSite"] == "Lax", cookie["name"]
    context.close()
