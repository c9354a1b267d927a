"""The office at its desk in the browser: the queue, a decision, the payment, as officers do them."""

from playwright.sync_api import expect

from claims.management.commands.load_demo import PASSWORD


def enter(page, servers, username: str):
    """Signs one of the demo's staff in, whoever sat there before."""
    page.goto(f"{servers.url}/admin/")
    leave = page.get_by_role("button", name="خروج")
    if leave.count():
        leave.click()
    page.goto(f"{servers.url}/admin/login/")
    page.get_by_label("نام کاربری").fill(username)
    page.get_by_label("رمز عبور").fill(PASSWORD)
    page.get_by_role("button", name="ورود").click()
    page.wait_for_url(f"{servers.url}/admin/")


def find(page, servers, code: str):
    """The line of the queue with this tracking code."""
    page.goto(f"{servers.url}/admin/claims/claim/")
    page.get_by_label("کد رهگیری یا کد ملی").fill(code)
    page.keyboard.press("Enter")
    line = page.get_by_role("row").filter(has_text=code)
    expect(line).to_have_count(1)
    return line


def take(page, servers, code: str):
    find(page, servers, code).get_by_role("button", name=f"برداشتن ({code})").click()
    expect(page.get_by_text(f"کد رهگیری {code}")).to_be_visible()


def mark_deficient(page):
    """The invoice cannot be read, and the amount is not what stands on it."""
    page.get_by_text("اعلام نقص", exact=True).click()
    search = page.get_by_label("افزودن علت نقص")
    search.fill("DEF17")
    search.press("Enter")
    page.locator("[name=found-0-text]").fill("قبض خوانا نیست.")
    search.fill("DEF04")
    search.press("Enter")
    page.locator("[name=found-1-advice]").fill("مبلغ روی قبض را بنویسید.")
    page.get_by_role("button", name="اعلام ۲ نقص و ارسال پیامک").click()
    page.wait_for_url("**/admin/claims/claim/")


def approve(page):
    page.get_by_role("button", name="تأیید و ارسال پیامک").click()
    page.wait_for_url("**/admin/claims/claim/")


def pay(page, servers, code: str):
    find(page, servers, code).get_by_role("link", name=code).click()
    page.get_by_label("شمارهٔ پیگیری بانک").fill("14030000001")
    page.get_by_role("button", name="ثبت پرداخت و ارسال پیامک").click()
    expect(page.get_by_text("پرداخت شد").first).to_be_visible()
