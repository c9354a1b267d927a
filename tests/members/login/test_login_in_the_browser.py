"""The comfort that scripts add at the door: a fresh picture, the sound, the password in sight, the warning."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def login_page(phone, live_server, member):
    phone.goto(f"{live_server.url}/login/", wait_until="networkidle")
    return phone


def come_in(page, member):
    page.get_by_label("کد ملی").fill(member.person.national_id)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_label("کد امنیتی").fill("PASSED")
    home = page.url.removesuffix("login/")
    page.get_by_role("button", name="ورود", exact=True).click()
    page.wait_for_url(home)


def test_a_fresh_picture_keeps_what_was_typed(login_page):
    picture = login_page.locator("[data-captcha-picture]")
    before = picture.get_attribute("src")
    login_page.get_by_label("کد ملی").fill("0942183657")
    login_page.get_by_role("link", name="کد امنیتی تازه").click()
    expect(picture).not_to_have_attribute("src", before)
    expect(login_page.get_by_label("کد ملی")).to_have_value("0942183657")
    expect(login_page.get_by_label("کد امنیتی")).to_be_focused()


def test_the_code_is_heard_without_leaving_the_page(login_page):
    with login_page.expect_response("**/captcha/*.wav") as heard:
        login_page.get_by_role("link", name="شنیدن کد").click()
    assert heard.value.ok
    assert login_page.url.endswith("/login/")


def test_the_password_can_be_seen(login_page):
    login_page.locator("[name=password]").fill(PASSWORD)
    login_page.get_by_role("button", name="نمایش رمز").click()
    expect(login_page.locator("[name=password]")).to_have_attribute("type", "text")


def test_two_minutes_before_the_end_the_page_offers_to_go_on(login_page, member, settings):
    settings.SESSION_IDLE = timedelta(seconds=119)
    come_in(login_page, member)
    offer = login_page.get_by_role("dialog")
    expect(offer).to_be_visible()
    settings.SESSION_IDLE = timedelta(minutes=30)
    offer.get_by_role("button", name="ادامه می‌دهم").click()
    expect(offer).to_be_hidden()


def test_the_door_opens_without_scripts(phone_without_javascript, live_server, member):
    phone_without_javascript.goto(f"{live_server.url}/login/")
    come_in(phone_without_javascript, member)
    expect(phone_without_javascript.get_by_role("heading", level=1)).to_contain_text("مریم")
