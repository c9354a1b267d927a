"""Every page of members, by day and by night: nothing that axe finds, nothing that does not fit, nothing too small."""

import json

import pytest

from tests import cast, people
from tests.browser import pages, walk
from tests.browser.examined import complaints_of_axe, listen, pictures, sideways
from tests.browsers import DESK, PHONE

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 390, 600, 768, 900, 960, 970, 984, 1024, 1280)
SIZES = {"390": PHONE["viewport"], "1280": DESK["viewport"]}
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
    listen(page)
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


def test_nothing_stands_in_the_way_of_anybody(reader, addresses, screenshot):
    """axe by day and by night, no sideways scroll (nor with twice the text), targets for thumbs, a silent console."""
    found = {}
    for name in addresses():
        wrong = complaints_of_axe(reader) + small_targets(reader) + reader.complaints
        wrong += sideways(reader, WIDTHS, then=PHONE["viewport"])
        wrong += sideways(reader, (390,), then=PHONE["viewport"], text="200%")
        if wrong:
            found[name] = wrong
        pictures(reader, screenshot, name, SIZES)
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


def small_targets(page) -> list[str]:
    return [f"target {height} × {width}: {words}" for height, width, words in page.evaluate(SMALL_TARGETS)]
