"""An amount is shown as the server will read it: what is pasted with «ریال» is grouped and said in words."""

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk
from tests.browser.walk import field

pytestmark = pytest.mark.browser

SHOWN = {
    "1510000": "۱٬۵۱۰٬۰۰۰",
    "١٬٥١٠٬٠٠٠ ریال": "۱٬۵۱۰٬۰۰۰",
    "۱۵۱۰۰۰۰ريال": "۱٬۵۱۰٬۰۰۰",
    "ریال 1,510,000": "۱٬۵۱۰٬۰۰۰",
    "\u200f1 510 000/-": "۱٬۵۱۰٬۰۰۰",
}
LEFT_AS_TYPED = ["۱۵۱٬۰۰۰ تومان", "12.5", "-1510000", "حدود ۱۵۱۰۰۰۰"]


def test_an_amount_is_grouped_and_said_as_the_server_reads_it(desktop, real_servers):
    page, member = desktop, people.people(real_servers)["member"]
    code = people.claims(real_servers, member, "draft")["draft"]["code"]
    walk.log_in(page, real_servers, member, cast.PASSWORD)
    page.goto(f"{real_servers.url}/claims/{code}/details/")
    amount, words = field(page, "مبلغ پرداخت‌شده"), page.locator("[data-rial-words]")

    for typed, shown in SHOWN.items():
        amount.fill("")
        amount.fill(typed)
        expect(amount).to_have_value(shown)
        expect(words).to_have_text("صد و پنجاه و یک هزار تومان")
    for typed in LEFT_AS_TYPED:
        amount.fill(typed)
        expect(amount).to_have_value(typed)
        expect(words).to_have_text("")
