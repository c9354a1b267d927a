"""One member from the roster to the money, on a phone, with the officers at the desk of the admin in between."""

import re

import pytest
from playwright.sync_api import expect

from tests import people
from tests.browser import officer, walk
from tests.browser.walk import field, heading, press

pytestmark = pytest.mark.browser


@pytest.fixture
def household(real_servers):
    return people.people(real_servers)


def test_from_the_roster_to_the_payment(phone, desktop, real_servers, household, eventually, screenshot):
    newcomer = household["newcomer"]

    other = newcomer["mobile"].replace("0912", "0935", 1)

    def text(pattern, to=other):
        return walk.on_the_phone(phone, real_servers, to, pattern, eventually)

    activate(phone, real_servers, newcomer, text)
    walk.fill_login(phone, newcomer, walk.PASSWORD)
    press(phone, "ورود")
    expect(phone.get_by_role("heading", level=1)).to_contain_text(newcomer["first_name"])
    screenshot(phone, "02-home-390")

    basics(phone, household["newcomer"] | {"first_name": "حسن"})
    details(phone, screenshot)
    documents(phone, screenshot)
    mobile(phone, newcomer, other, text)
    code = submit(phone, screenshot)
    assert text(rf"کد رهگیری ({code})") == code

    officer.enter(desktop, real_servers, "officer")
    officer.take(desktop, real_servers, code)
    screenshot(desktop, "10-officer-review-1280")
    officer.mark_deficient(desktop)
    mend(phone, real_servers, code, screenshot)
    assert text(rf"درخواست ({code}) دریافت شد") == code

    officer.take(desktop, real_servers, code)
    expect(desktop.get_by_text("۱٬۶۱۰٬۰۰۰").first).to_be_visible()
    screenshot(desktop, "10-officer-second-round-1280")
    officer.approve(desktop)
    officer.enter(desktop, real_servers, "finance")
    officer.pay(desktop, real_servers, code)
    assert text(rf"مبلغ 1,610,000 ریال بابت درخواست ({code}) پرداخت شد") == code
    phone.reload()
    expect(phone.locator(".page-head")).to_contain_text("پرداخت شد")
    log_knows_nobody(real_servers, newcomer, other)


def activate(page, servers, newcomer, text):
    page.goto(servers.url)
    heading(page, "آیا عضویت خود را فعال کرده‌اید؟")
    press(page, "خیر", role="link")
    heading(page, "فعال‌سازی عضویت")
    field(page, "کد ملی").fill(newcomer["national_id"])
    field(page, "نام").fill(newcomer["first_name"])
    field(page, "نام خانوادگی").fill(newcomer["last_name"])
    field(page, "کد امنیتی").fill("PASSED")
    press(page, "مرحلهٔ بعد")
    heading(page, "کد تأیید")
    field(page, "کد تأیید").fill(text(r"#(\d{6})", newcomer["mobile"]))
    press(page, "مرحلهٔ بعد")
    heading(page, "تأیید حساب")
    expect(field(page, "کد ملی")).to_have_value(newcomer["national_id"])
    field(page, "رمز عبور").fill(walk.PASSWORD)
    field(page, "تکرار رمز عبور").fill(walk.PASSWORD)
    field(page, "موبایل").fill(newcomer["mobile"])
    press(page, "مرحلهٔ بعد")
    heading(page, "ورود به پرتال اعضا")
    expect(page.get_by_text("عضویت شما با موفقیت فعال شد. اکنون می‌توانید وارد شوید.")).to_be_visible()


def basics(page, insured):
    press(page, "درخواست هزینهٔ خسارت", role="link")
    walk.fill_basics(page, insured=insured)
    press(page, "بعدی")
    page.wait_for_url("**/details/")


def details(page, screenshot):
    walk.fill_details(page)
    expect(page.get_by_text("صد و پنجاه و یک هزار تومان")).to_be_visible()
    centre = field(page, "مرکز درمانی")
    centre.press_sequentially(walk.CENTRE, delay=10)
    chosen = walk.choose_centre(page)
    expect(centre).to_have_value(re.compile(re.escape(chosen)))
    screenshot(page, "03-wizard-details-390")
    press(page, "بعدی")
    page.wait_for_url("**/documents/")


def documents(page, screenshot):
    """With an e-prescription the invoice and the report are asked for; one file is no picture at all."""
    page.get_by_text("تصویر مدارک زیر را بارگذاری کنید:").wait_for()
    walk.file_input(page, "invoice").set_input_files([walk.photo("invoice"), walk.not_a_photo()])
    expect(page.locator("#slot-invoice")).to_contain_text("بارگذاری شد")
    expect(page.locator(".slot--failed")).to_contain_text("این فایل عکس یا PDF نیست")
    walk.file_input(page, "report").set_input_files([walk.photo("report", blur=8)])
    expect(page.locator("#slot-report")).to_contain_text("عکس کمی تار است")
    expect(page.locator("#slot-invoice")).to_contain_text("بارگذاری شد")
    screenshot(page, "04-wizard-documents-390")
    press(page, "همین را نگه می‌دارم")
    expect(page.locator("#slot-report")).to_contain_text("بارگذاری شد")
    press(page, "بعدی")
    page.wait_for_url("**/mobile/")


def mobile(page, newcomer, other, text):
    """The account's number was confirmed minutes ago and needs no code; another one does."""
    expect(page.get_by_text("کد تازه لازم نیست")).to_be_visible()
    field(page, "شمارهٔ موبایل").fill(other)
    press(page, "دریافت کد تأیید")
    field(page, "کد تأیید").fill("000000")
    press(page, "تأیید کد")
    expect(page.get_by_role("link", name=re.compile("کد درست نیست"))).to_be_visible()
    field(page, "کد تأیید").fill(text(r"#(\d{6})", other))
    press(page, "بعدی")
    page.wait_for_url("**/review/")


def submit(page, screenshot):
    expect(page.get_by_text("پیش از تأیید نهایی، لطفاً اطلاعات واردشده را بررسی کنید.")).to_be_visible()
    expect(page.get_by_text("حسن کاظمی‌نیا").first).to_be_visible()
    screenshot(page, "05-review-390")
    press(page, "ثبت درخواست")
    heading(page, "درخواست شما ثبت شد")
    screenshot(page, "06-submitted-390")
    return re.sub(r"\D", "", page.locator(".code--page").inner_text())


def mend(page, servers, code, screenshot):
    press(page, "جزئیات درخواست", role="link")
    panel = page.get_by_role("region", name="نقص‌های اعلام‌شده از سوی کارشناس")
    expect(panel).to_contain_text("قبض خوانا نیست.")
    expect(page.get_by_text("تغییرات شما هنوز ارسال نشده است")).to_be_visible()
    screenshot(page, "07-deficient-390")
    panel.get_by_role("link", name=re.compile("^اصلاح تصویر")).click()
    replacement = page.locator("#slot-invoice input[type=file][name^=replace_]").first
    before = replacement.get_attribute("name")
    replacement.set_input_files([walk.photo("clear invoice")])
    expect(page.locator("#slot-invoice input[type=file][name^=replace_]").first).not_to_have_attribute(
        "name", before
    )
    press(page, "بعدی")
    # Its answer must be there before anything on the page is touched again.
    page.wait_for_url(lambda url: "/documents/" not in url)
    panel.get_by_role("link", name=re.compile(r"^اصلاح \(")).click()
    page.wait_for_url("**/details/**")
    field(page, "مبلغ پرداخت‌شده").fill("1610000")
    press(page, "بعدی")
    page.wait_for_url(lambda url: "/details/" not in url)
    expect(panel.get_by_text("اصلاح شد", exact=True)).to_have_count(2)
    press(page, "ثبت تغییرات و ارسال مجدد")
    heading(page, "اصلاحات شما ارسال شد")
    expect(page.locator(".code--page")).to_contain_text(re.compile(code[:3]))
    press(page, "جزئیات درخواست", role="link")


def log_knows_nobody(servers, newcomer, other):
    logs = "".join(part.last_words(100_000) for part in (servers.web, servers.worker, servers.sweeper))
    assert len(logs) > 1000
    for secret in (newcomer["national_id"], newcomer["mobile"], other, walk.PASSWORD, newcomer["last_name"]):
        assert secret not in logs
