"""The same wizard with plain posts: a browser whose scripts never load, and a person who has no mouse."""

import re

import pytest
from playwright.sync_api import expect

from portal.lib import dates
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
    press(page, "بارگذاری فایل‌های انتخاب‌شده")
    expect(page.locator("#slot-invoice")).to_contain_text("بارگذاری شد")
    expect(page.locator("#slot-report")).to_contain_text("بارگذاری شد")
    expect(page.get_by_text("«letter.jpg»: این فایل عکس یا PDF نیست")).to_be_visible()


def test_the_way_in_and_two_steps_need_no_mouse(desktop, real_servers, member):
    page = desktop
    page.goto(f"{real_servers.url}/login/")
    wrong_then_right_login(page, member)
    page.goto(f"{real_servers.url}/claims/new/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="رفتن به محتوا")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    errors_lead_to_their_fields(page)
    first_step(page, member)
    second_step(page)


def wrong_then_right_login(page, member):
    tab_to(page, field(page, "کد ملی"))
    page.keyboard.press("Enter")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    tab_to(page, summary.get_by_role("link").first)
    page.keyboard.press("Enter")
    expect(field(page, "کد ملی")).to_be_focused()
    page.keyboard.type(member["national_id"])
    tab_to(page, field(page, "رمز عبور"))
    page.keyboard.type(cast.PASSWORD)
    tab_to(page, field(page, "کد امنیتی"))
    page.keyboard.type("PASSED")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(member["first_name"])


def errors_lead_to_their_fields(page):
    tab_to(page, page.get_by_role("button", name="بعدی"))
    page.keyboard.press("Enter")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    assert page.title().startswith("خطا: ")
    tab_to(page, summary.get_by_role("link").first)
    page.keyboard.press("Enter")
    expect(field(page, "تاریخ مراجعه")).to_be_focused()
    expect(field(page, "تاریخ مراجعه")).to_have_attribute("aria-invalid", "true")


def first_step(page, member):
    page.keyboard.type(dates.short(dates.today()))
    # The contract is chosen beforehand; of the household the arrows choose the next.
    insured = field(page, "بیمه‌شده")
    tab_to(page, insured)
    page.keyboard.press("ArrowDown")
    expect(insured).not_to_have_value(str(member["person"]))
    tab_to(page, page.get_by_role("button", name="بعدی"))
    page.keyboard.press("Enter")
    # A fragment from the link to a field may still stand behind it.
    page.wait_for_url(re.compile("/details/"))


def second_step(page):
    tab_to(page, field(page, "استان محل سکونت"))
    page.keyboard.press("ArrowDown")
    centre = field(page, "مرکز درمانی")
    tab_to(page, centre)
    page.keyboard.type(walk.CENTRE)
    expect(page.get_by_role("listbox", name="مرکزهای پیداشده")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".picker-option[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(centre).to_have_value(re.compile(walk.CENTRE))
    tab_to(page, field(page, "مبلغ پرداخت‌شده"))
    page.keyboard.type("1510000")
    tab_to(page, field(page, "نوع خدمت"))
    page.keyboard.press("ArrowDown")
    tab_to(page, field(page, "بیمهٔ پایه"))
    page.keyboard.press("ArrowDown")
    yes, no = (page.get_by_role("radio", name=name, exact=True) for name in ("دارم", "ندارم"))
    tab_to(page, yes, no)
    page.keyboard.press("ArrowDown")
    expect(no).to_be_checked()
    tab_to(page, page.get_by_role("button", name="بعدی"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/documents/"))


def tab_to(page, *targets, most=45):
    """Forward with Tab until one of these has the focus; wherever it stops on the way, the focus can be seen."""
    for _ in range(most):
        if any(target.evaluate("node => node === document.activeElement") for target in targets):
            assert is_seen(page), "nothing shows where the focus is"
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never came there")


def is_seen(page) -> bool:
    return page.evaluate(
        """() => {
            const node = document.activeElement;
            const drawn = (one) => {
                const style = getComputedStyle(one);
                return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
                    || style.boxShadow !== "none";
            };
            return drawn(node) || drawn(node.parentElement);
        }"""
    )
