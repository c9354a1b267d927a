"""The queue and the desk in Chromium: nothing for axe to complain of, the content policy kept, keys that work."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim
from claims.models.claim import new_code
from claims.tracking import new_tracking_code
from tests.browsers import DESK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = {"1280": (1280, 800), "390": (390, 844)}


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


@pytest.mark.parametrize("size", SIZES)
def test_the_queue_has_no_violations_and_no_sideways_scroll(examined, desk, screenshot, size):
    neighbours(desk.claim)
    page = examined("admin:claims_claim_changelist")
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))

    screenshot(page, f"staff-queue-{size}")

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tab", ["approve", "deficient", "reject"])
def test_the_desk_has_no_violations_and_no_sideways_scroll(examined, desk, screenshot, size, tab):
    neighbours(desk.claim)
    page = examined("admin:claims_claim_change", desk.claim.code, query=f"?tab={tab}")
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    page.locator("[data-paper-image]").wait_for()

    screenshot(page, f"staff-desk-{tab}-{size}")

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
