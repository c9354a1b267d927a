"""A centre's name typed before the picker's script has come: it is searched for once the script is there."""

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk
from tests.browser.walk import field

pytestmark = pytest.mark.browser


SCRIPT = "**/js/centre_picker*.js"


@pytest.fixture
def script_comes(phone):
    """The picker's script is on its way until this is called."""
    late = []
    phone.route(SCRIPT, lambda route: late.append(route))
    return lambda: late[0].continue_()


@pytest.fixture
def before_the_script(phone, real_servers, script_comes):
    """At the details of a draft."""
    member = people.people(real_servers)["member"]
    code = people.claims(real_servers, member, "draft")["draft"]["code"]
    walk.log_in(phone, real_servers, member, cast.PASSWORD)
    with phone.expect_request(SCRIPT):
        phone.goto(f"{real_servers.url}/claims/{code}/details/", wait_until="commit")
    return phone


def typed_over(page):
    """Another name instead of the centre that was chosen last time."""
    centre = field(page, "مرکز درمانی")
    expect(centre).not_to_have_value("")
    centre.fill("")
    centre.press_sequentially(walk.CENTRE)
    return centre


def test_what_was_typed_meanwhile_is_searched_for(before_the_script, script_comes):
    page = before_the_script
    typed_over(page)

    script_comes()

    chosen = walk.choose_centre(page)
    assert chosen in field(page, "مرکز درمانی").input_value()


def test_a_member_who_went_on_is_not_called_back_until_they_return(before_the_script, script_comes):
    page = before_the_script
    centre = typed_over(page)
    field(page, "مبلغ پرداخت‌شده").focus()

    script_comes()

    expect(page.locator("[role=combobox]")).to_be_visible()
    expect(page.get_by_role("listbox", name="مرکزهای پیداشده")).to_be_hidden()
    centre.focus()
    walk.choose_centre(page)
    centre.blur()
    centre.focus()
    expect(page.get_by_role("listbox", name="مرکزهای پیداشده")).to_be_hidden()
