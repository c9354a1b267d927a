"""A photo on a slow line, and its member who goes on writing meanwhile: nothing of it may be lost."""

import pytest
from playwright.sync_api import expect

from tests import cast, people
from tests.browser import walk
from tests.browser.walk import field, press

pytestmark = pytest.mark.browser


@pytest.fixture
def member(real_servers):
    return people.people(real_servers)["member"]


@pytest.fixture
def at_documents(phone, real_servers, member):
    """At «تصاویر مدارک» of a fresh claim, as its member."""
    walk.log_in(phone, real_servers, member, cast.PASSWORD)
    phone.goto(f"{real_servers.url}/claims/new/")
    walk.fill_basics(phone, insured=member)
    press(phone, "بعدی")
    phone.wait_for_url("**/details/")
    walk.fill_details(phone)
    field(phone, "مرکز درمانی").press_sequentially(walk.CENTRE, delay=10)
    walk.choose_centre(phone)
    press(phone, "بعدی")
    phone.wait_for_url("**/documents/")
    wait_for_the_script(phone)
    return phone


def wait_for_the_script(page) -> None:
    """It comes after the page, and hides the button that it makes needless."""
    expect(page.locator("[data-no-script]")).to_be_hidden()


def hold_the_first(page) -> list:
    """Of the posts from now on the first waits in the list; what comes after it overtakes it."""
    held, seen = [], []

    def hold(route):
        (route.continue_ if seen else lambda: held.append(route))()
        seen.append(route)

    page.route("**/documents/", hold)
    return held


def test_a_file_chosen_before_the_script_has_come_is_sent(at_documents):
    page, late = at_documents, []
    page.route("**/js/uploads*.js", lambda route: late.append(route))
    with page.expect_request("**/js/uploads*.js"):
        page.reload(wait_until="commit")
    walk.file_input(page, "invoice").set_input_files([walk.photo("invoice")])
    late[0].continue_()

    expect(page.locator("#slot-invoice")).to_contain_text("بارگذاری شد")


def test_what_is_chosen_and_written_during_an_upload_outlives_its_end(at_documents):
    page = at_documents
    page.locator("input[name=images]").set_input_files([walk.photo("first")])
    title = page.get_by_label("عنوان تصویر")
    expect(title).to_have_value("")

    held = hold_the_first(page)
    with page.expect_request("**/documents/"):
        walk.file_input(page, "invoice").set_input_files([walk.photo("invoice")])
    title.select_option("other")
    page.locator("#slot-report summary").click()
    reason = page.locator("#slot-report textarea")
    reason.press_sequentially("مرکز نداد")
    reason.press("ArrowRight")
    caret = reason.evaluate("node => node.selectionStart")
    held.pop().continue_()

    expect(page.locator("#slot-invoice")).to_contain_text("بارگذاری شد")
    expect(page.locator("#slot-report textarea")).to_be_visible()
    expect(page.locator("#slot-report textarea")).to_have_value("مرکز نداد")
    expect(page.locator("#slot-report textarea")).to_be_focused()
    assert page.locator("#slot-report textarea").evaluate("node => node.selectionStart") == caret
    other = page.locator("li.slot", has=page.get_by_role("heading", name="سایر مدارک"))
    expect(other.get_by_label("عنوان تصویر")).to_have_value("other")


def card(page, number):
    return page.locator("li.slot[data-document]").nth(number)


def test_ones_own_uploads_never_look_like_another_window(at_documents):
    """Three at once, a title chosen and a picture turned between them: then «بعدی» leads on."""
    page = at_documents
    page.locator("input[name=images]").set_input_files([walk.photo(name) for name in ("one", "two", "three")])
    expect(page.get_by_label("عنوان تصویر")).to_have_count(3)
    with page.expect_response("**/documents/"):
        card(page, 0).get_by_label("عنوان تصویر").select_option("invoice")

    # The picture is being turned while its title is chosen: both arrive.
    turning = hold_the_first(page)
    with page.expect_request("**/documents/"):
        card(page, 1).get_by_role("button", name="چرخاندن").click()
    card(page, 1).get_by_label("عنوان تصویر").select_option("physician_order")
    turning.pop().continue_()
    titles = page.get_by_label("عنوان تصویر")
    expect(titles.nth(1)).to_have_value("physician_order")

    titles.last.select_option("report")
    press(page, "بعدی")
    page.wait_for_url("**/mobile/")
    assert not page.get_by_text("در پنجره یا دستگاه دیگری").count()


def test_another_window_is_told_of_and_what_was_typed_stays(at_documents):
    page = at_documents
    page.locator("input[name=images]").set_input_files([walk.photo("first")])
    expect(page.get_by_label("عنوان تصویر")).to_have_count(1)
    other = page.context.new_page()
    other.goto(page.url)
    wait_for_the_script(other)
    with other.expect_response("**/documents/"):
        other.get_by_label("عنوان تصویر").select_option("invoice")
    other.close()

    page.get_by_label("عنوان تصویر").select_option("report")
    told = page.get_by_role("alert").filter(has_text="در پنجره یا دستگاه دیگری تغییر کرده است")
    expect(told).to_contain_text("قبض (فاکتور)")
    expect(page.get_by_label("عنوان تصویر")).to_have_value("report")


def test_one_photo_is_used_for_two_papers(at_documents):
    page = at_documents
    walk.file_input(page, "invoice").set_input_files([walk.photo("both")])
    expect(page.locator("#slot-invoice")).to_contain_text("بارگذاری شد")

    page.get_by_role("button", name="برای مدرک دیگری هم").click()
    again = page.locator("li.slot", has=page.get_by_role("heading", name="تصویر بی‌عنوان"))
    expect(again.get_by_label("عنوان تصویر")).to_be_focused()
    with page.expect_response("**/documents/"):
        again.get_by_label("عنوان تصویر").select_option("report")
    page.reload()
    expect(page.locator("#slot-report").get_by_label("عنوان تصویر")).to_have_value("report")
