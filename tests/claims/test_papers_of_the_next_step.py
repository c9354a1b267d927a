"""While the service is chosen the page tells which papers the next step will ask for."""

import pytest
from playwright.sync_api import expect

from tests.browser.walk import field, press
from tests.claims.test_steps_in_the_browser import opened  # noqa: F401

HEADING = "مدارکی که در مرحلهٔ بعد می‌خواهیم"


def asked(filling, **values) -> str:
    return filling.client.get(filling.url("papers"), values).content.decode()


def test_what_is_being_chosen_decides_and_nothing_is_saved(filling):
    filling.start()

    assert asked(filling).count("<li>") == 0
    imaging = asked(filling, service_type="imaging", has_eprescription="no")
    assert "قبض (فاکتور)</span>" in imaging and "دستور پزشک</span>" in imaging
    assert "دستور پزشک، اگر دارید" in asked(filling, service_type="imaging", has_eprescription="yes")
    assert "فاکتور دندان‌پزشکی" in asked(filling, service_type="dental", service="no such")
    filling.claim.refresh_from_db()
    assert filling.claim.service_type is None


@pytest.mark.parametrize("junk", ["x" * 5_000, "‮", "'; --", "<b>"])
def test_nonsense_asks_for_nothing(filling, junk):
    filling.start()

    assert asked(filling, service_type=junk, service=junk, has_eprescription=junk).count("<li>") == 0


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_desk_it_follows_the_service(opened, filling):  # noqa: F811
    filling.start()
    page = opened("/")
    page.set_viewport_size({"width": 1280, "height": 800})
    page = opened(filling.url("details"))
    papers = page.locator("[data-papers]")
    expect(papers).to_be_hidden()

    field(page, "نوع خدمت").select_option("imaging")
    expect(papers.get_by_role("heading", name=HEADING)).to_be_visible()
    expect(papers).to_contain_text("جواب (ریپورت)")
    field(page, "نوع خدمت").select_option("dental")
    expect(papers).to_contain_text("فاکتور دندان‌پزشکی")
    expect(papers).not_to_contain_text("جواب (ریپورت)")

    press(page, "بعدی")
    expect(page.locator("[data-error-summary]")).to_be_visible()
    expect(papers).to_contain_text("فاکتور دندان‌پزشکی")
