"""Every page of members, by day and by night: nothing that axe finds, nothing that does not fit, nothing too small."""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests import cast, people
from tests.browser import pages, walk
from tests.browsers import PHONE

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1280)
VIOLATIONS = """async (options) => (await axe.run(options)).violations.flatMap(
    (one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 150)}`))"""
# Without `preload`: it would write stylesheets into the page, which the content policy refuses.
BY_DAY = {"resultTypes": ["violations"], "preload": False}
# What counts as a target of its own: buttons and links, but for links within a sentence (WCAG 2.5.8).
SMALL_TARGETS = """() => {
    const least = 44;
    const inSentence = (node) => {
        const block = node.closest("p, li, dd, td, summary");
        return node.matches("a.link, a:not([class])") && block
            && block.textContent.trim().length > node.textContent.trim().length + 3;
    };
    return [...document.querySelectorAll("main a[href], main button, main summary, main select, main input")]
        .filter((node) => node.checkVisibility({visibilityProperty: true}))
        .filter((node) => !node.closest(".visually-hidden") && !node.matches(".visually-hidden, .skip, [type=hidden]"))
        .filter((node) => !inSentence(node))
        .map((node) => {
            const target = node.matches("input") ? node.closest("label") || node : node;
            const box = target.getBoundingClientRect();
            return [Math.round(box.height), Math.round(box.width), target.textContent.trim().slice(0, 40)
                || target.getAttribute("name") || target.outerHTML.slice(0, 60)];
        })
        .filter(([height, width]) => height && (height < least || width < least));
}"""


@pytest.fixture(scope="module")
def member(_real_servers):
    return people.people(_real_servers)["member"]


@pytest.fixture(scope="module")
def claims(_real_servers, member):
    return people.claims(_real_servers, member, *pages.NEEDED)


@pytest.fixture(scope="module")
def reader(browser, _real_servers, member, claims):
    """One phone for all pages: signed in where a page wants it, and deaf to no complaint."""
    context = browser.new_context(**PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
    page.on("response", lambda one: page.complaints.append(one.url) if one.status >= 400 else None)
    yield page
    context.close()


@pytest.fixture(scope="module")
def addresses(reader, _real_servers, member, claims):
    """First those for everybody, then, signed in, the member's."""

    def walk_through():
        yield from pages.of_everybody().items()
        walk.log_in(reader, _real_servers, member, cast.PASSWORD)
        yield from pages.of_member(claims).items()

    def each():
        reader.context.clear_cookies()
        for name, path in walk_through():
            reader.complaints.clear()
            reader.set_viewport_size(PHONE["viewport"])
            answer = reader.goto(_real_servers.url + path, wait_until="load")
            assert answer.ok, (name, answer.status)
            assert "Page not found" not in reader.title(), name
            yield name

    return each


def test_nothing_stands_in_the_way_of_anybody(reader, addresses):
    """axe by day and by night, at three widths no sideways scroll, targets for thumbs, a silent console."""
    found = {}
    for name in addresses():
        wrong = complaints_of_axe(reader) + sideways(reader) + small_targets(reader) + reader.complaints
        if wrong:
            found[name] = wrong
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


def complaints_of_axe(page) -> list[str]:
    """Everything by day; by night the page is the same but for its colours."""
    page.evaluate(AXE_SCRIPT)
    wrong = page.evaluate(VIOLATIONS, BY_DAY)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    wrong += page.evaluate(VIOLATIONS, BY_DAY | {"runOnly": ["color-contrast"]})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return wrong


def sideways(page) -> list[str]:
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            wrong.append(f"{beyond} px wider than {width}")
    page.set_viewport_size(PHONE["viewport"])
    return wrong


def small_targets(page) -> list[str]:
    return [f"target {height} × {width}: {words}" for height, width, words in page.evaluate(SMALL_TARGETS)]
