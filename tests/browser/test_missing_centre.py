"""«مرکز درمانی را پیدا نکردم»: a box to tick, with and without a script, which then asks name and city."""

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk
from tests.browser.walk import field, press

pytestmark = pytest.mark.browser

MISSING = "مرکز درمانی را پیدا نکردم"


@pytest.fixture
def at_details(real_servers):
    """`at_details(page)` logs a fresh member in and opens the details of their draft."""

    def go(page):
        member = people.people(real_servers)["member"]
        code = people.claims(real_servers, member, "draft")["draft"]["code"]
        walk.log_in(page, real_servers, member, cast.PASSWORD)
        page.goto(f"{real_servers.url}/claims/{code}/details/")

    return go


def name_the_centre(page):
    expect(field(page, "نام مرکز درمانی")).to_be_hidden()
    page.get_by_label(MISSING).check()
    field(page, "نام مرکز درمانی").fill("درمانگاه امید نو")
    field(page, "شهر مرکز درمانی").fill("ری")


def test_without_a_script_the_tick_opens_name_and_city(phone_without_javascript, at_details):
    page = phone_without_javascript
    at_details(page)
    name_the_centre(page)
    press(page, "بعدی")
    expect(page.get_by_text("درمانگاه امید نو").first).to_be_visible()


def test_with_a_script_it_becomes_the_value_shown_until_another_is_chosen(phone, at_details):
    at_details(phone)
    name_the_centre(phone)
    centre = field(phone, "مرکز درمانی")
    expect(centre).to_have_value(MISSING)

    centre.focus()
    phone.keyboard.type(walk.CENTRE)
    chosen = walk.choose_centre(phone)

    assert chosen in centre.input_value()
    expect(phone.get_by_label(MISSING)).not_to_be_checked()
    expect(field(phone, "نام مرکز درمانی")).to_be_hidden()
