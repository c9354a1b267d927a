"""The phone's browser hands over the code of a text: it fills the field, and the person presses the button."""

import pytest
from playwright.sync_api import expect

from tests.cast import make_member, make_person, synthetic_national_id

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a phone would do: `arrive(code)` is the text coming in.
PHONE_THAT_READS_TEXTS = """
  window.OTPCredential = function () {};
  window.asked = [];
  navigator.credentials.get = (wish) => new Promise((resolve, reject) => {
    asked.push(wish.otp.transport.join());
    window.arrive = (code) => resolve({ code });
    wish.signal.addEventListener("abort", () => {
      sessionStorage.setItem("given up", "yes");
      reject(wish.signal.reason);
    });
  });
"""
PHONE_THAT_DOES_NOT = "delete window.OTPCredential;"


@pytest.fixture
def page_with_code(phone, live_server, group_type):
    def open_page(script=PHONE_THAT_READS_TEXTS, path="/login/code/"):
        phone.add_init_script(script)
        phone.goto(f"{live_server.url}{path}", wait_until="networkidle")
        if path == "/login/code/":
            phone.get_by_label("کد ملی").fill(synthetic_national_id(777_777))
            phone.get_by_role("button", name="دریافت کد").click()
            phone.wait_for_url("**/login/?code=sms", wait_until="networkidle")
        return phone

    return open_page


def test_the_code_of_the_text_fills_the_field_and_sends_nothing(page_with_code):
    page = page_with_code()
    page.wait_for_function("() => asked.length")
    assert page.evaluate("asked") == ["sms"]
    page.evaluate("arrive('482913')")
    expect(page.get_by_label("کد امنیتی")).to_have_value("482913")
    assert page.url.endswith("/login/?code=sms")
    assert page.evaluate("sessionStorage.length") == 0


def test_who_types_and_sends_ends_the_waiting(page_with_code):
    page = page_with_code()
    page.wait_for_function("() => asked.length")
    page.get_by_label("کد امنیتی").fill("111111")
    with page.expect_navigation():
        page.get_by_role("button", name="ورود", exact=True).click()
    assert page.evaluate("sessionStorage.getItem('given up')") == "yes"


def test_a_browser_without_it_is_left_alone(page_with_code):
    page = page_with_code(PHONE_THAT_DOES_NOT)
    page.get_by_label("کد امنیتی").fill("111111")
    expect(page.get_by_label("کد امنیتی")).to_have_value("111111")


def test_of_two_codes_for_two_numbers_none_is_guessed(page_with_code, phone, client, live_server, group_type):
    client.force_login(make_member(make_person(), mobile="09121234567"))
    client.post("/account/mobile/", {"mobile": "09351112233"})
    session = client.cookies["session"].value
    phone.context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
    page = page_with_code(path="/account/mobile/code/")
    expect(page.locator("[autocomplete=one-time-code]")).to_have_count(2)
    assert page.evaluate("asked") == []
