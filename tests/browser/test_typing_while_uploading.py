"""A photo on a slow line, and its member who goes on writing meanwhile: nothing of it may be lost."""

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk
from tests.browser.walk import field, press

pytestmark = pytest.mark.browser


@pytest.fixture
def at_documents(phone, real_servers):
    """At «تصاویر مدارک» of a fresh claim, as its member."""
    member = people.people(real_servers)["member"]
    walk.log_in(phone, real_servers, member, cast.PASSWORD)
    phone.goto(f"{real_servers.url}/claims/new/")
    walk.fill_basics(phone, insured=member)
    press(phone, "بعدی")
    phone.wait_for_url("**/details/")
    walk.fill_details(phone)
    field(phone, "مرکز درمانی").press_sequentially(walk.CENTRE, delay=10)
    walk.choose_centre(phone)
    press(phone, "بعدی")
    phone.wait_for_url("**/documents/")
    return phone


def test_what_is_chosen_and_written_during_an_upload_outlives_its_end(at_documents):
    page = at_documents
    page.locator("input[name=images]").set_input_files([walk.photo("first")])
    title = page.get_by_label("عنوان تصویر")
    expect(title).to_have_value("")

    held = []
    page.route("**/documents/", lambda route: held.append(route))
    with page.expect_request("**/documents/"):
        walk.file_input(page, "invoice").set_input_files([walk.photo("invoice")])
    title.select_option("other")
    page.locator("#slot-report summary").click()
    reason = page.locator("#slot-report textarea")
    reason.press_sequentially("مرکز نداد")
    reason.press("ArrowRight")
    caret = reason.evaluate("node => node.selectionStart")
    held.pop().continue_()

    expect(page.locator("#slot-invoice")).to_contain_text("بارگذاری شد")
    expect(page.locator("#slot-report textarea")).to_be_visible()
    expect(page.locator("#slot-report textarea")).to_have_value("مرکز نداد")
    expect(page.locator("#slot-report textarea")).to_be_focused()
    assert page.locator("#slot-report textarea").evaluate("node => node.selectionStart") == caret
    untitled = page.locator("li.slot", has=page.get_by_role("heading", name="تصویر بی‌عنوان"))
    expect(untitled.get_by_label("عنوان تصویر")).to_have_value("other")
