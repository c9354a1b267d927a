"""The picker in the wizard: typed, walked through with the keyboard, chosen; the page does without it as well."""

import pytest
from playwright.sync_api import expect

from catalog.models import MedicalCentre
from claims.models import Claim
from portal.lib.dates import today

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(live_server, cast, shipped, client):
    """Opens the second step of a draft of Maryam's in a given page."""
    claim = Claim.objects.create(
        contract=cast.contract, insured=cast.maryam.person, service_date=today(), filed_by=cast.maryam
    )
    client.force_login(cast.maryam)

    def opens(page):
        session = client.cookies["session"].value
        page.context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        page.goto(f"{live_server.url}/claims/{claim.code}/details/")
        return page.get_by_label("مرکز درمانی", exact=False).and_(page.locator("input[type=text]")).first

    return opens


def found(page):
    return page.locator("[data-picker-list]")


def test_a_centre_is_found_and_chosen_with_the_keyboard(phone, opened):
    field = opened(phone)
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("پرتونگار تصویر برداری")
    expect(found(phone).get_by_role("option")).to_have_count(1)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(phone.get_by_text("۱ مرکز پیدا شد.")).to_be_visible()
    field.press("ArrowDown")
    option = found(phone).get_by_role("option", selected=True)
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    field.press("Enter")
    expect(field).to_have_value("مرکز تصویربرداری پرتونگار مهر، تهران")
    expect(found(phone)).to_be_hidden()
    chosen = MedicalCentre.objects.get(name="مرکز تصویربرداری پرتونگار مهر")
    expect(phone.locator("#id_centre")).to_have_value(str(chosen.pk))


def test_escape_closes_the_list_and_typing_on_unchooses(phone, opened):
    field = opened(phone)
    field.press_sequentially("پرتونگار")
    found(phone).get_by_role("option").first.click()
    field.press_sequentially(" م")
    expect(phone.locator("#id_centre")).to_have_value("")
    field.fill("پرتونگار")
    expect(found(phone).get_by_role("option")).to_have_count(1)
    field.press("Escape")
    expect(found(phone)).to_be_hidden()
    expect(field).to_have_value("پرتونگار")


def test_nothing_found_is_said(phone, opened):
    field = opened(phone)
    field.press_sequentially("ناکجاآباد")
    expect(phone.get_by_role("status").get_by_text("مرکزی با این نام پیدا نشد.")).to_be_visible()
    expect(found(phone)).to_be_hidden()


def test_a_lost_line_is_said_and_the_next_letter_tries_again(phone, opened):
    field = opened(phone)
    phone.route("**/centres/**", lambda route: route.abort())
    field.press_sequentially("پرتونگ")
    expect(phone.get_by_text("جست‌وجو انجام نشد")).to_be_visible()
    phone.unroute("**/centres/**")
    field.press_sequentially("ار")
    expect(found(phone).get_by_role("option")).to_have_count(1)
