"""Back from the second step leads to the draft, never to an empty first step that would make another."""

import re

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk
from tests.browser.walk import field, press

pytestmark = pytest.mark.browser


def test_back_from_the_second_step_leads_to_the_same_draft(phone, real_servers):
    page, member = phone, people.people(real_servers)["member"]
    walk.log_in(page, real_servers, member, cast.PASSWORD)
    page.goto(f"{real_servers.url}/claims/new/")
    walk.fill_basics(page, insured=member)
    press(page, "بعدی")
    page.wait_for_url("**/details/")
    draft = page.url

    page.go_back()
    expect(field(page, "تاریخ مراجعه")).not_to_have_value("")
    press(page, "بعدی")
    page.wait_for_url(re.compile("/details/"))

    assert page.url == draft


def test_without_a_script_too(phone_without_javascript, real_servers):
    page, member = phone_without_javascript, people.people(real_servers)["member"]
    walk.log_in(page, real_servers, member, cast.PASSWORD)
    page.goto(f"{real_servers.url}/claims/new/")
    walk.fill_basics(page, insured=member)
    press(page, "بعدی")
    page.wait_for_url("**/details/")
    draft = page.url

    page.go_back()
    # Playwright reads no text inside of <noscript>.
    expect(page.locator("noscript .notice")).to_be_visible()
    walk.fill_basics(page, insured=member)
    press(page, "بعدی")
    page.wait_for_url(re.compile("/details/"))

    assert page.url == draft
