"""A picture goes with one touch only where no script can ask."""

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk

pytestmark = pytest.mark.browser


def test_an_image_is_removed_only_after_the_answer(phone, real_servers):
    member = people.people(real_servers)["member"]
    code = people.claims(real_servers, member, "draft")["draft"]["code"]
    walk.log_in(phone, real_servers, member, cast.PASSWORD)
    phone.goto(f"{real_servers.url}/claims/{code}/documents/")
    invoice = phone.locator("#slot-invoice")
    remove = invoice.get_by_role("button", name="حذف")
    remove.click()
    question = phone.get_by_role("dialog", name="تصویر «قبض (فاکتور)» حذف شود؟")
    question.get_by_role("button", name="نه، برگرد").click()
    expect(question).to_have_count(0)
    expect(invoice).to_contain_text("بارگذاری شد")

    remove.click()
    question.get_by_role("button", name="حذف").click()
    expect(invoice).not_to_contain_text("بارگذاری شد")
