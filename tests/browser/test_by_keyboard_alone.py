"""All of the journey without a mouse: from the login to the tracking code, then the list and the claim."""

import re

import pytest
from playwright.sync_api import expect

from portal.lib import dates
from tests import cast, people
from tests.browser import walk
from tests.browser.keys import Keys
from tests.browser.walk import field, heading

pytestmark = pytest.mark.browser


@pytest.fixture
def member(real_servers):
    return people.people(real_servers)["member"]


@pytest.fixture
def keys(desktop):
    return Keys(desktop)


def test_a_claim_is_filed_and_followed_by_keyboard_alone(keys, real_servers, member, eventually):
    page = keys.page
    page.goto(f"{real_servers.url}/login/")
    wrong_then_right_login(keys, member)
    past_the_menu(keys)
    errors_lead_to_their_fields(keys)
    basics(keys, member)
    details(keys)
    documents(keys)
    mobile(keys, member, real_servers, eventually)
    code = submit(keys)
    follow(keys, code)


def wrong_then_right_login(keys, member):
    page = keys.page
    keys.to(field(page, "کد ملی"))
    page.keyboard.press("Enter")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    keys.to(summary.get_by_role("link").first)
    page.keyboard.press("Enter")
    expect(field(page, "کد ملی")).to_be_focused()
    page.keyboard.type(member["national_id"])
    keys.write(field(page, "رمز عبور"), cast.PASSWORD)
    keys.write(field(page, "کد امنیتی"), "PASSED")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(member["first_name"])


def past_the_menu(keys):
    """The first Tab of a page offers to leave out the menu."""
    page = keys.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="رفتن به محتوا")).to_be_focused()
    page.keyboard.press("Enter")
    # The address changes first, the focus after it.
    expect(page.locator("main")).to_be_focused()
    keys.press("درخواست هزینهٔ خسارت", role="link")
    page.wait_for_url(re.compile("/claims/new/"))


def errors_lead_to_their_fields(keys):
    page = keys.page
    keys.press("بعدی")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    assert page.title().startswith("خطا: ")
    keys.to(summary.get_by_role("link").first)
    page.keyboard.press("Enter")
    expect(field(page, "تاریخ مراجعه")).to_be_focused()
    expect(field(page, "تاریخ مراجعه")).to_have_attribute("aria-invalid", "true")


def basics(keys, member):
    page = keys.page
    page.keyboard.type(dates.short(dates.today()))
    # The contract is chosen beforehand; of the household the arrows choose the next.
    insured = field(page, "بیمه‌شده")
    keys.to(insured)
    page.keyboard.press("ArrowDown")
    expect(insured).not_to_have_value(str(member["person"]))
    keys.choose(insured, f"{member['first_name']} {member['last_name']}")
    keys.press("بعدی")
    # A fragment from the link to a field may still stand behind it.
    page.wait_for_url(re.compile("/details/"))


def details(keys):
    page = keys.page
    keys.choose(field(page, "استان محل سکونت"), "استان تهران")
    centre(keys)
    keys.write(field(page, "مبلغ پرداخت‌شده"), "۱۵۱۰۰۰۰")
    expect(page.get_by_text("صد و پنجاه و یک هزار تومان")).to_be_visible()
    keys.choose(field(page, "نوع خدمت"), walk.IMAGING)
    keys.choose(field(page, "خدمت"), walk.MRI)
    keys.choose(field(page, "بیمهٔ پایه"), "تأمین اجتماعی")
    yes, no = (page.get_by_role("radio", name=name, exact=True) for name in ("دارم", "ندارم"))
    keys.to(yes, no)
    page.keyboard.press("Space")
    expect(yes).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(no).to_be_checked()
    page.keyboard.press("ArrowUp")
    keys.write(field(page, "شناسهٔ نسخهٔ الکترونیک"), "1405123456")
    keys.press("بعدی")
    page.wait_for_url(re.compile("/documents/"))


def centre(keys):
    page = keys.page
    box = field(page, "مرکز درمانی")
    keys.write(box, walk.CENTRE)
    expect(page.get_by_role("listbox", name="مرکزهای پیداشده")).to_be_visible()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator(".picker-option[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox", name="مرکزهای پیداشده")).to_be_hidden()
    expect(box).to_have_value(re.compile(walk.CENTRE))


def documents(keys):
    """The report by its own slot; the invoice by «افزودن تصاویر», so that its title has to be chosen."""
    page = keys.page
    keys.files(walk.file_input(page, "report"), walk.photo("report"))
    expect(page.locator("#slot-report")).to_contain_text("بارگذاری شد")
    keys.files(page.locator("#id_images"), walk.photo("invoice"))
    expect(page.locator("[data-count]")).to_have_text("۲")
    keys.choose(field(page, "عنوان تصویر").last, "قبض (فاکتور)", back=True)
    keys.press("بعدی")
    page.wait_for_url(re.compile("/mobile/"))


def mobile(keys, member, servers, eventually):
    page = keys.page
    other = member["mobile"].replace("0912", "0936", 1)
    keys.write(field(page, "شمارهٔ موبایل"), other)
    keys.press("دریافت کد تأیید")
    # The page's script brings the focus there; a Tab before that would lead past it.
    expect(field(page, "کد تأیید")).to_be_focused()
    keys.write(field(page, "کد تأیید"), walk.on_the_phone(page, servers, other, r"#(\d{6})", eventually))
    keys.press("بعدی")
    page.wait_for_url(re.compile("/review/"))


def submit(keys) -> str:
    page = keys.page
    expect(page.get_by_text("پیش از تأیید نهایی، لطفاً اطلاعات واردشده را بررسی کنید.")).to_be_visible()
    keys.press("ثبت درخواست")
    heading(page, "درخواست شما ثبت شد")
    return re.sub(r"\D", "", page.locator(".code--page").inner_text())


def follow(keys, code):
    page = keys.page
    keys.press("درخواست‌های هزینهٔ خسارت", role="link", within="header")
    heading(page, "درخواست‌های هزینهٔ خسارت")
    keys.press("جزئیات درخواست", role="link")
    expect(page.locator(".page-head")).to_contain_text(code)
