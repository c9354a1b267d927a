"""The queue and the desk in Chromium: nothing for axe to complain of, the content policy kept, keys that work."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from claims.models import Claim
from claims.models.claim import new_code
from claims.tracking import new_tracking_code
from tests.browsers import DESK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"1280": (1280, 800), "390": (390, 844)}
OTHERS = [
    "index",
    "colleagues",
    "claims_paymentbatch_changelist",
    "claims_paymentbatch_result",
    "claims_paymentbatch_paper",
    "auditlog_logentry_changelist",
    "catalog_reason_changelist",
]


def entered(page, live_server, user):
    """Opens pages of the staff in the browser of `user`."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["session"]
    page.context.add_cookies([{"name": "session", "value": cookie.value, "url": live_server.url}])

    def open_page(name, *args, query=""):
        page.goto(f"{live_server.url}{reverse(name, args=args)}{query}", wait_until="networkidle")
        return page

    return open_page


@pytest.fixture
def signed_in(desktop, live_server, cast):
    """The reviewer at a desk; the test fails when the content policy refuses anything."""
    return entered(desktop, live_server, cast.reviewer)


@pytest.fixture(params=["light", "dark"])
def examined(request, browser, live_server, cast):
    """The same without that check: axe itself tries styles that the policy refuses."""
    context = browser.new_context(**DESK, color_scheme=request.param)
    yield entered(context.new_page(), live_server, cast.reviewer)
    context.close()


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found]


def neighbours(claim):
    rows = []
    for age, amount in enumerate(
        (42_000_000, 12_600_000, 7_850_000, 9_300_000, 1_510_000, 237_400_000), start=1
    ):
        row = Claim.objects.get(pk=claim.pk)
        row.pk, row.code, row.tracking_code = None, new_code(), new_tracking_code()
        row.officer, row.status, row.paid_amount = None, "submitted", amount
        row.queued_at = timezone.now() - timedelta(days=6 - age if age < 6 else 6)
        rows.append(row)
    return Claim.objects.bulk_create(rows)


def examine(page, screenshot, name):
    """On a phone and at a desk: nothing for axe, nothing that scrolls sideways."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        screenshot(page, f"staff-{name}-{size}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_queue_has_no_violations_and_no_sideways_scroll(examined, desk, screenshot):
    neighbours(desk.claim)

    examine(examined("admin:claims_claim_changelist"), screenshot, "queue")


def test_the_desk_has_no_violations_and_no_sideways_scroll(examined, desk, screenshot):
    neighbours(desk.claim)
    for tab in ("approve", "deficient", "reject"):
        page = examined("admin:claims_claim_change", desk.claim.code, query=f"?tab={tab}")
        examine(page, screenshot, f"desk-{tab}")


def test_the_other_pages_have_no_violations_either(examined, desk, cast, screenshot):
    neighbours(desk.claim)
    cast.reviewer.is_superuser = True
    cast.reviewer.save(update_fields=["is_superuser"])
    for name in OTHERS:
        examine(examined(f"admin:{name}"), screenshot, name.replace("_", "-"))


def test_reasons_are_found_by_words_and_told_in_the_text_before_they_leave(signed_in, desk):
    page = signed_in("admin:claims_claim_change", desk.claim.code)
    page.get_by_text("اعلام نقص", exact=True).click()
    search = page.get_by_label("افزودن علت نقص")

    search.fill("مهر قبض")
    page.get_by_role("button", name="DEF18").click()
    search.fill("def04")
    search.press("Enter")
    page.locator("textarea[name=found-1-advice]").fill("مبلغ سهم بیمار را بنویسید.")

    expect(page.locator("[data-deficient] [data-sms-text]")).to_contain_text("(2 مورد)")
    page.get_by_role("button", name="اعلام ۲ نقص و ارسال پیامک").click()
    page.wait_for_url("**/admin/claims/claim/")
    codes = list(desk.claim.deficiencies.values_list("reason__code", "advice"))
    assert [code for code, _ in codes] == ["DEF18", "DEF04"]
    assert codes[1][1] == "مبلغ سهم بیمار را بنویسید."


def test_what_is_left_to_pay_is_reckoned_while_cuts_are_typed(signed_in, desk):
    page = signed_in("admin:claims_claim_change", desk.claim.code)

    page.get_by_label("علت کسر").select_option("DED02")
    page.get_by_label("مبلغ کسر").fill("۱۰۰۰۰")
    page.get_by_role("button", name="کسر دیگر").click()
    page.get_by_label("علت کسر").nth(1).select_option("DED11")
    page.get_by_label("مبلغ کسر").nth(1).fill("500000")

    expect(page.locator("[data-payable]")).to_have_text("۱٬۰۰۰٬۰۰۰ ریال")
    expect(page.locator("[data-approval] [data-sms-text]")).to_contain_text("1,000,000")
    page.get_by_role("button", name="تأیید و ارسال پیامک").click()
    page.wait_for_url("**/admin/claims/claim/")
    desk.claim.refresh_from_db()
    assert desk.claim.payable_amount == 1_000_000


def test_images_follow_one_another_by_keys_and_are_turned_for_reading_only(signed_in, desk):
    page = signed_in("admin:claims_claim_change", desk.claim.code)
    image, number = page.locator("[data-paper-image]"), page.locator("[data-paper-number]")
    first = image.get_attribute("src")

    page.keyboard.press("ArrowLeft")
    expect(number).to_have_text("۲")
    expect(image).not_to_have_attribute("src", first)
    page.keyboard.press("r")
    page.keyboard.press("+")
    expect(page.locator("[data-paper-zoom]")).to_have_text("۱۲۵٪")
    page.keyboard.press("ArrowRight")

    expect(number).to_have_text("۱")
    expect(image).to_have_attribute("src", first)


def test_the_next_claim_is_one_key_away_but_not_while_typing(signed_in, desk):
    neighbours(desk.claim)
    page = signed_in("admin:claims_claim_change", desk.claim.code)
    page.get_by_label("توضیح برای عضو").first.press("n")
    assert desk.claim.code in page.url

    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_url(lambda url: desk.claim.code not in url)

    assert desk.user.claims_in_hand.count() == 2


def test_the_desk_decides_without_javascript(browser, live_server, cast, desk):
    context = browser.new_context(**DESK, java_script_enabled=False)
    page = entered(context.new_page(), live_server, cast.reviewer)(
        "admin:claims_claim_change", desk.claim.code
    )
    page.get_by_text("اعلام نقص", exact=True).click()
    page.get_by_text("همهٔ علت‌ها").click()
    page.get_by_role("button", name="DEF18").click()

    page.locator("textarea[name=found-0-advice]").fill("مهر کنید.")
    page.get_by_role("button", name="اعلام ۱ نقص و ارسال پیامک").click()
    page.wait_for_url("**/admin/claims/claim/")
    desk.claim.refresh_from_db()
    assert desk.claim.status == "deficient"
    context.close()
