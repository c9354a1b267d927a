"""The operators' pages in Chromium: nothing for axe to complain of, progress without a reload, no script needed."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from members import roster_work
from members.models import RosterImport, RosterRow
from tests.browsers import DESK
from tests.cast import synthetic_national_id
from tests.members.roster.sheets import DIRTY, A, person, table, workbook
from tests.members.roster_admin.conftest import LIST, ROWS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def entered(page, live_server, operator):
    """Opens pages in the operator's browser."""
    cookie = operator.client.cookies["session"]
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": live_server.url}])

    def open_page(path):
        page.goto(live_server.url + path, wait_until="networkidle")
        return page

    return open_page


@pytest.fixture
def at(desktop, live_server, operator):
    """The test fails when the content policy refuses anything."""
    return entered(desktop, live_server, operator)


@pytest.fixture(params=["light", "dark"])
def examined(request, browser, live_server, operator):
    """The same without that check: axe itself tries styles that the policy refuses."""
    context = browser.new_context(**DESK, color_scheme=request.param)
    yield entered(context.new_page(), live_server, operator)
    context.close()


@pytest.fixture
def held(operator) -> RosterRow:
    upload = operator.bring_in(DIRTY.read_bytes())
    return upload.rows.filter(codes__contains=["PRIMARY_NOT_FOUND"]).first()


def test_the_page_of_a_working_upload_turns_into_its_report(at, operator, screenshot):
    operator.post_file(workbook(table([person(A)])))
    upload = RosterImport.objects.get()
    RosterImport.objects.update(progress=40)
    page = at(f"{LIST}{upload.pk}/change/")
    assert page.get_by_role("progressbar").get_attribute("value") == "40"
    screenshot(page, "staff-roster-working-1280")
    roster_work.examine(upload.pk)
    page.get_by_role("button", name="ثبت نهایی").wait_for()


def test_pages_of_rosters_have_nothing_for_axe(examined, operator, held, screenshot):
    everybody = [person(synthetic_national_id(serial)) for serial in range(700_000, 700_012)]
    upload = operator.send(everybody)
    pages = {
        "list": LIST,
        "add": f"{LIST}add/",
        "report": f"{LIST}{held.roster_import_id}/change/?show=reject",
        "leaving": f"{LIST}{upload.pk}/change/?show=leaving",
        "rows": ROWS,
        "row": f"{ROWS}{held.pk}/change/",
    }
    for name, path in pages.items():
        page = examined(path)
        screenshot(page, f"staff-roster-{name}-1280")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == [], name
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
