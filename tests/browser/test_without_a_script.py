"""The same wizard with plain posts: a browser whose scripts never load."""

import re

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk
from tests.browser.walk import field, heading, press

pytestmark = pytest.mark.browser


@pytest.fixture
def member(real_servers):
    return people.people(real_servers)["member"]


def test_the_wizard_works_without_a_script(phone_without_javascript, real_servers, member):
    page = phone_without_javascript
    walk.log_in(page, real_servers, member, cast.PASSWORD)
    page.goto(f"{real_servers.url}/claims/new/")
    walk.fill_basics(page, insured=member)
    press(page, "بعدی")
    find_centre_on_its_page(page)
    walk.fill_details(page)
    press(page, "بعدی")
    page.wait_for_url("**/documents/")
    upload_in_one_post(page)
    press(page, "بعدی")
    page.wait_for_url("**/mobile/")
    press(page, "بعدی")
    page.wait_for_url("**/review/")
    expect(page.get_by_text("۱٬۵۱۰٬۰۰۰").first).to_be_visible()
    press(page, "ثبت درخواست")
    heading(page, "درخواست شما ثبت شد")


def find_centre_on_its_page(page):
    """What was typed before the search stands there after it."""
    field(page, "توضیحات").fill("پیش از جست‌وجو نوشته شد")
    field(page, "مرکز درمانی").fill(walk.CENTRE)
    press(page, "جست‌وجو")
    heading(page, "انتخاب مرکز درمانی")
    choose = page.locator("main").get_by_role("link", name=re.compile("^انتخاب ")).first
    name = choose.locator("span").inner_text().strip()
    choose.click()
    page.wait_for_url("**/details/?centre=*")
    expect(field(page, "مرکز درمانی")).to_have_value(re.compile(re.escape(name)))
    expect(field(page, "توضیحات")).to_have_value("پیش از جست‌وجو نوشته شد")


def upload_in_one_post(page):
    walk.file_input(page, "invoice").set_input_files([walk.photo("invoice"), walk.not_a_photo()])
    walk.file_input(page, "report").set_input_files([walk.photo("report")])
    # Nothing else would say which file was chosen.
    expect(walk.file_input(page, "report")).to_have_css("opacity", "1")
    press(page, "بارگذاری فایل‌های انتخاب‌شده")
    expect(page.locator("#slot-invoice")).to_contain_text("بارگذاری شد")
    expect(page.locator("#slot-report")).to_contain_text("بارگذاری شد")
    expect(page.get_by_text("«letter.jpg»: این فایل عکس یا PDF نیست")).to_be_visible()
