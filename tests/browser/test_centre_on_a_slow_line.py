"""A centre's name typed before the picker's script has come: it is searched for once the script is there."""

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk
from tests.browser.walk import field

pytestmark = pytest.mark.browser


@pytest.fixture
def before_the_script(phone, real_servers):
    """At the details of a draft, whose picker is on its way still; `comes()` lets it arrive."""
    member = people.people(real_servers)["member"]
    code = people.claims(real_servers, member, "draft")["draft"]["code"]
    walk.log_in(phone, real_servers, member, cast.PASSWORD)
    late = []
    phone.route("**/js/centre_picker*.js", lambda route: late.append(route))
    with phone.expect_request("**/js/centre_picker*.js"):
        phone.goto(f"{real_servers.url}/claims/{code}/details/", wait_until="commit")
    phone.comes = lambda: late[0].continue_()
    return phone


def typed_over(page):
    """Another name instead of the centre that was chosen last time."""
    centre = field(page, "مرکز درمانی")
    expect(centre).not_to_have_value("")
    centre.fill("")
    centre.press_sequentially(walk.CENTRE)
    return centre


def test_what_was_typed_meanwhile_is_searched_for(before_the_script):
    page = before_the_script
    typed_over(page)

    page.comes()

    chosen = walk.choose_centre(page)
    assert chosen in field(page, "مرکز درمانی").input_value()


def test_a_member_who_went_on_is_not_called_back_until_they_return(before_the_script):
    page = before_the_script
    centre = typed_over(page)
    field(page, "مبلغ پرداخت‌شده").focus()

    page.comes()

    expect(page.locator("[role=combobox]")).to_be_visible()
    expect(page.get_by_role("listbox", name="مرکزهای پیداشده")).to_be_hidden()
    centre.focus()
    walk.choose_centre(page)
    centre.blur()
    centre.focus()
    expect(page.get_by_role("listbox", name="مرکزهای پیداشده")).to_be_hidden()
