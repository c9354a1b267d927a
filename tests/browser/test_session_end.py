"""The two minutes of warning run out while somebody is away from a half-written form."""

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk
from tests.browser.walk import field, press

pytestmark = pytest.mark.browser


def test_what_was_typed_stands_again_after_the_login(phone, real_servers):
    member = people.people(real_servers)["member"]
    code = people.claims(real_servers, member, "draft")["draft"]["code"]
    walk.log_in(phone, real_servers, member, cast.PASSWORD)
    phone.clock.install()
    phone.goto(f"{real_servers.url}/claims/{code}/details/")
    field(phone, "توضیحات").fill("نیمه‌کاره مانده بود")

    phone.clock.fast_forward("28:30")
    expect(phone.get_by_role("dialog", name="هنوز اینجا هستید؟")).to_be_visible()
    # The server's clock is not the browser's: there the session is ended by taking it away.
    phone.context.clear_cookies(name="session")
    phone.clock.fast_forward("02:00")

    phone.wait_for_url("**/login/**")
    expect(phone.get_by_text("آنچه نوشته‌اید نگه داشته شد")).to_be_visible()
    walk.fill_login(phone, member, cast.PASSWORD)
    press(phone, "ورود")
    phone.wait_for_url(f"**/claims/{code}/details/**")
    expect(field(phone, "توضیحات")).to_have_value("نیمه‌کاره مانده بود")
