"""Every page of the admin, Django's own and ours, by day and by night: nothing for axe, nothing too wide, no errors."""

import json
import re

import pytest

from tests import cast, people
from tests.browser import pages
from tests.browser.examined import complaints_of_axe, listen, pictures, sideways
from tests.browsers import DESK, PHONE
from tests.security.matrix import admin_addresses

pytestmark = pytest.mark.browser

SIZES = {"1280": DESK["viewport"], "390": PHONE["viewport"]}
WIDTHS = (390, 768, 1280)
# Not pages: answers for scripts, files, buttons, and addresses that lead on to another.
NO_PAGES = {
    "autocomplete", "jsi18n", "view_on_site", "logout",
    "claims_claim_act", "claims_claim_next",
    "claims_paymentbatch_file", "claims_paymentbatch_new",
    "members_rosterimport_commit", "members_rosterimport_discard", "members_rosterimport_download",
    "members_rosterimport_progress", "members_rosterimport_second",
    "members_rosterrow_refuse", "members_rosterrow_stand_alone",
}  # fmt: skip
# What nobody may do in the admin, whoever asks: the page says so.
CLOSED = re.compile(
    r"(auditlog_logentry|members_(discrepancy|enrolment)|notifications_\w+)_add"
    r"|(auditlog_logentry|members_(discrepancy|enrolment|person|user)|notifications_\w+)_delete"
)
TABS = ("approve", "deficient", "reject")


# One test each: together they would take longer than any test may.
PARTS = {
    "lists": "changelist",
    "forms": "add",
    "rows": "change",
    "histories": "history",
    "deletions": "delete",
    "desk": "desk",
    "the rest": "",
}


@pytest.fixture(scope="module")
def addresses(_real_servers):
    """{name: path} of all that can be opened: each model's pages with a row of it, the desk in every state."""
    rows = people.first_rows(_real_servers)
    found = {}
    for name, path in admin_addresses().items():
        model = name.rsplit("_", 1)[0]
        if (
            name in NO_PAGES
            or name.endswith("_find")
            or CLOSED.fullmatch(name)
            or not path.startswith("/admin/")
            or "?P" in path
        ):
            continue
        if name == path or name in ("login", "claims_claim_change", "auth_user_password_change"):
            continue
        if "/1/" in path:
            if model not in rows:
                continue
            path = path.replace("/1/", f"/{rows[model]}/")
        found[name] = path
    for app in {name.split("_")[0] for name in rows}:
        found[f"app {app}"] = f"/admin/{app}/"
    member = people.people(_real_servers)["member"]
    for status, claim in people.claims(_real_servers, member, *pages.NEEDED[1:]).items():
        found[f"desk {status}"] = f"/admin/claims/claim/{claim['code']}/change/"
    for tab in TABS:
        found[f"desk {tab}"] = f"{found['desk under_review']}?tab={tab}"
    return found


@pytest.fixture
def officer(browser, _real_servers):
    """One desk for all pages, deaf to no complaint; whoever sits there may see them all."""
    context = browser.new_context(**DESK, reduced_motion="reduce")
    page = context.new_page()
    who = people.superuser(_real_servers)
    page.goto(f"{_real_servers.url}/admin/login/")
    assert complaints_of_axe(page) == []
    page.get_by_label("نام کاربری").fill(who["username"])
    page.get_by_label("رمز عبور").fill(cast.PASSWORD)
    page.get_by_role("button", name="ورود").click()
    page.wait_for_url(f"{_real_servers.url}/admin/")
    listen(page)
    yield page
    context.close()


@pytest.mark.parametrize("part", PARTS)
def test_nothing_stands_in_the_way_of_an_officer(part, officer, addresses, _real_servers, screenshot):
    found = {}
    chosen = {name: path for name, path in addresses.items() if part_of(name) == part}
    for name, path in chosen.items():
        officer.complaints.clear()
        answer = officer.goto(_real_servers.url + path, wait_until="networkidle")
        wrong = [] if answer.ok else [f"answers {answer.status}"]
        wrong += complaints_of_axe(officer) + officer.complaints
        wrong += sideways(officer, WIDTHS, then=DESK["viewport"])
        if wrong:
            found[name] = wrong
        pictures(officer, screenshot, f"staff {name}", SIZES)
    assert len(chosen) > 5
    # Not compared: showing how thousands of lines differ would take longer than finding them.
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)[:20_000]


def part_of(name: str) -> str:
    words = re.split("[_ ]", name)
    return next((part for part, word in PARTS.items() if word in words), "the rest")


def test_a_form_with_errors_stands_in_nobodys_way(officer, _real_servers):
    for path in ("catalog/contract/add/", "members/user/add/", "catalog/medicalcentre/import/"):
        officer.goto(f"{_real_servers.url}/admin/{path}")
        with officer.expect_navigation():
            officer.locator("main form").last.evaluate("form => form.requestSubmit()")
        assert officer.locator(".errorlist, .field-error, [role=alert], .notice--wrong").count(), path
        assert complaints_of_axe(officer) == [], path
