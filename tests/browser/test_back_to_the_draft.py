"""Back from the second step leads to the draft, never to an empty first step that would make another."""

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk
from tests.browser.walk import field, press

pytestmark = pytest.mark.browser


def begin_a_draft(page, servers, member) -> str:
    """The first step filled in, and on to the second; answers its address."""
    walk.log_in(page, servers, member, cast.PASSWORD)
    page.goto(f"{servers.url}/claims/new/")
    return go_on(page, member)


def go_on(page, member) -> str:
    walk.fill_basics(page, insured=member)
    press(page, "بعدی")
    page.wait_for_url("**/details/")
    return page.url


def test_back_from_the_second_step_leads_to_the_same_draft(phone, real_servers):
    draft = begin_a_draft(phone, real_servers, people.people(real_servers)["member"])

    phone.go_back()
    expect(field(phone, "تاریخ مراجعه")).not_to_have_value("")
    press(phone, "بعدی")
    phone.wait_for_url("**/details/")

    assert phone.url == draft


def test_without_a_script_too(phone_without_javascript, real_servers):
    page, member = phone_without_javascript, people.people(real_servers)["member"]
    draft = begin_a_draft(page, real_servers, member)

    page.go_back()
    # Playwright reads no text inside of <noscript>.
    expect(page.locator("noscript .notice")).to_be_visible()

    assert go_on(page, member) == draft
