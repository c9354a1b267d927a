"""Every component in every state: readable by all, at every width, in light and in dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browsers import PHONE
from tests.lib.vectors import VECTORS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server):
    return f"{live_server.url}/demo/components/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(browser, address, scheme):
    # The checker writes inline styles while it looks, which our content policy refuses.
    context = browser.new_context(**PHONE, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    violations = Axe().run(page).response["violations"]
    context.close()
    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_scrolls_sideways(desktop, address, width):
    desktop.set_viewport_size({"width": width, "height": 800})
    desktop.goto(address)
    assert desktop.evaluate("document.documentElement.scrollWidth") <= width


def test_what_a_finger_touches_is_tall_enough(phone, address):
    phone.goto(address)
    small = phone.evaluate(
        """() => [...document.querySelectorAll("main a, main button, main summary, main select, header a")]
            .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 2)
            .filter((one) => one.getBoundingClientRect().height < 44)
            .map((one) => one.outerHTML)"""
    )
    assert small == []


def test_everything_can_be_read_without_javascript(phone_without_javascript, address):
    page = phone_without_javascript
    page.goto(address)
    assert page.get_by_role("heading", name="اجزای پرتال").is_visible()
    assert page.get_by_role("button", name="نمایش رمز").count() == 0
    assert page.get_by_role("button", name="کپی", exact=True).count() == 0


def opened(page, address) -> None:
    """With its scripts: they come one after another, and a page is loaded before the last of them."""
    page.goto(address, wait_until="networkidle")


def test_the_amount_says_itself_in_toman_while_it_is_typed(phone, address):
    opened(phone, address)
    field = phone.get_by_label("مبلغ پرداخت‌شده").first
    words = phone.locator("[data-rial-words]").first
    for vector in VECTORS["money"]:
        field.fill("")
        field.press_sequentially(str(vector["rial"]))
        expect(words).to_have_text(vector["toman_words"])
        expect(field).to_have_value(vector["grouped"])


def test_a_digit_typed_in_the_middle_of_an_amount_leaves_the_caret_there(phone, address):
    opened(phone, address)
    field = phone.get_by_label("مبلغ پرداخت‌شده").first
    field.fill("1234567")
    field.evaluate("one => one.setSelectionRange(1, 1)")
    field.press("9")
    expect(field).to_have_value("۱۹٬۲۳۴٬۵۶۷")
    field.press("8")
    expect(field).to_have_value("۱۹۸٬۲۳۴٬۵۶۷")


def test_a_password_is_shown_and_hidden_again(phone, address):
    opened(phone, address)
    field = phone.get_by_label("رمز عبور").first
    button = phone.get_by_role("button", name="نمایش رمز").first
    button.click()
    expect(field).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(field).to_have_attribute("type", "password")


def test_the_calendar_opens_on_its_button_and_writes_the_day(phone, address):
    opened(phone, address)
    field = phone.get_by_role("textbox", name="تاریخ مراجعه", exact=True).first
    phone.get_by_role("button", name="باز کردن تقویم برای تاریخ مراجعه").first.click()
    phone.locator(".jdp-day:not(.not-in-month)", has_text="۱۵").click()
    expect(field).to_have_value("۱۴۰۳/۰۹/۱۵")


def test_a_dialog_opens_takes_the_focus_and_closes_with_escape(phone, address):
    opened(phone, address)
    phone.get_by_role("link", name="حذف پیش‌نویس").click()
    dialog = phone.get_by_role("dialog")
    expect(dialog).to_be_visible()
    phone.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_tracking_code_is_copied_and_the_page_says_so(phone, address):
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(phone, address)
    phone.get_by_role("button", name="کپی", exact=True).first.click()
    phone.locator(".toast:not(.toast--still)").wait_for()
    assert phone.evaluate("navigator.clipboard.readText()") == "4071928356"
