"""Comforts of the first and the fourth step: the contract follows the date, the code's field is in sight."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from portal.lib import dates
from tests.browser.walk import field, press
from tests.cast import enrol, make_contract
from tests.claims.test_mobile_step import OTHER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def last_year(cast):
    """A contract that ended the day before the cast's began, and still takes what was paid then."""
    end = cast.contract.start_date - timedelta(days=1)
    contract = make_contract(
        "LAST-YEAR", title="قرارداد پارسال", start_date=end - timedelta(days=364), end_date=end
    )
    enrol(cast.maryam.person, contract)
    return contract


@pytest.fixture
def opened(phone, live_server, client, cast, catalogue):
    def opens(path):
        client.force_login(cast.maryam)
        session = client.cookies["session"].value
        phone.context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        phone.goto(f"{live_server.url}{path}", wait_until="networkidle")
        return phone

    return opens


def type_day(page, day):
    field(page, "تاریخ مراجعه").fill(dates.short(day))
    field(page, "تاریخ مراجعه").press("Tab")


def test_the_contract_follows_the_date(opened, cast, last_year):
    page = opened("/claims/new/")
    contract = field(page, "بیمه‌نامه")
    expect(contract).to_have_value(str(cast.contract.pk))
    expect(field(page, "بیمه‌شده").locator("option")).to_have_count(4)

    type_day(page, last_year.end_date)
    expect(contract).to_have_value(str(last_year.pk))
    expect(page.get_by_role("status").get_by_text("از روی تاریخ مراجعه انتخاب شد.")).to_be_visible()
    expect(field(page, "بیمه‌شده").locator("option")).to_have_count(2)
    expect(field(page, "بیمه‌شده")).to_have_value(str(cast.maryam.person_id))
    type_day(page, cast.contract.start_date)
    expect(contract).to_have_value(str(cast.contract.pk))


def test_the_calendar_offers_no_day_to_come_and_what_it_writes_chooses_the_contract(opened, cast, last_year):
    page = opened("/claims/new/")
    field(page, "بیمه‌نامه").evaluate("select => { select.value = ''; }")
    page.locator("[data-calendar]").click()
    today = page.locator(".jdp-day.today")
    expect(today).not_to_have_class(re.compile("disabled-day"))
    for later in page.locator(".jdp-day.today ~ .jdp-day").all():
        expect(later).to_have_class(re.compile("disabled-day"))
    today.click()

    expect(field(page, "تاریخ مراجعه")).to_have_value(dates.short(dates.today()))
    expect(field(page, "بیمه‌نامه")).to_have_value(str(cast.contract.pk))


def test_who_closes_the_calendar_with_a_key_is_back_in_the_field(opened):
    page = opened("/claims/new/")
    page.locator("[data-calendar]").click()
    expect(page.locator(".jdp-day.today")).to_be_visible()
    # Asked again until it is closed: while it is opening, the calendar listens to no key.
    page.wait_for_function("""() => {
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}));
        return document.querySelector("jdp-container").style.visibility === "hidden";
    }""")

    expect(field(page, "تاریخ مراجعه")).to_be_focused()


def test_a_contract_chosen_by_hand_stays(opened, cast, last_year):
    page = opened("/claims/new/")
    contract = field(page, "بیمه‌نامه")
    contract.select_option(str(cast.contract.pk))
    type_day(page, last_year.end_date)

    expect(contract).to_have_value(str(cast.contract.pk))
    press(page, "بعدی")
    expect(page.locator("[data-error-summary]")).to_contain_text(
        "این تاریخ در بیمه‌نامهٔ «قرارداد پارسال» است؛ آن را برگزینید."
    )


def test_where_two_contracts_hold_the_day_none_is_chosen_for_the_member(opened, cast, last_year):
    last_year.end_date = dates.today()
    last_year.save()
    page = opened("/claims/new/")
    type_day(page, cast.contract.start_date)
    expect(field(page, "بیمه‌نامه")).to_have_value(str(cast.contract.pk))


def test_the_field_of_a_code_that_was_sent_is_in_sight_and_has_the_focus(opened, filling):
    filling.start()
    filling.post("details", filling.details())
    filling.add_documents()
    page = opened(filling.url("mobile"))
    field(page, "شمارهٔ موبایل").fill(OTHER)
    press(page, "دریافت کد تأیید")

    expect(field(page, "کد تأیید")).to_be_focused()
    expect(field(page, "کد تأیید")).to_be_in_viewport()
    expect(page.get_by_text("کد تأیید پیامک شد")).to_be_in_viewport()
