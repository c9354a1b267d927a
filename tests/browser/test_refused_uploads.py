"""An upload that the portal could not answer: its own row says what to do, the others and the words stay."""

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.browser import walk
from tests.browser.test_typing_while_uploading import at_documents, member  # noqa: F401
from tests.browser.walk import press

pytestmark = pytest.mark.browser

SENTENCES = {
    403: "این صفحه قدیمی شده بود",
    413: "کوچک‌تر از ۱۵ مگابایت",
    500: "مشکلی از سوی ما پیش آمد",
    502: "برای چند لحظه در دسترس نیست",
}


def answer_the_first(page, status) -> None:
    """Of the posts from now on the first is answered by whoever stands before the portal."""
    answer = {"status": status, "content_type": "text/html", "body": "<h1>Error</h1>"}
    page.route(
        "**/documents/",
        lambda route: route.fulfill(**answer) if route.request.method == "POST" else route.continue_(),
        times=1,
    )


def test_each_failed_row_says_what_to_do_and_goes_up_again(at_documents):  # noqa: F811
    page = at_documents
    page.locator("#slot-report summary").click()
    reason = page.locator("#slot-report textarea")
    reason.fill("مرکز نداد")
    failed = page.locator(".slot--failed")

    for number, (status, sentence) in enumerate(SENTENCES.items()):
        answer_the_first(page, status)
        page.locator("input[name=images]").set_input_files(
            [walk.photo(f"{number} {name}") for name in ("one", "two", "three")]
        )
        expect(page.get_by_label("عنوان تصویر")).to_have_count(3 * number + 2)
        expect(failed).to_have_count(1)
        expect(failed).to_contain_text(sentence)

        failed.get_by_role("button", name="دوباره می‌فرستم").click()
        expect(page.get_by_label("عنوان تصویر")).to_have_count(3 * number + 3)
        expect(failed).to_have_count(0)
    expect(reason).to_have_value("مرکز نداد")

    answer_the_first(page, 413)
    page.locator("input[name=images]").set_input_files([walk.photo("given up")])
    failed.get_by_role("button", name="حذف").click()
    expect(failed).to_have_count(0)


def test_a_lost_session_keeps_what_was_typed(at_documents, member):  # noqa: F811
    page, address = at_documents, at_documents.url
    page.locator("#slot-report summary").click()
    page.locator("#slot-report textarea").press_sequentially("مرکز نداد")
    page.context.clear_cookies(name="session")
    page.locator("input[name=images]").set_input_files([walk.photo("late")])

    page.wait_for_url("**/login/**")
    walk.fill_login(page, member, cast.PASSWORD)
    press(page, "ورود")
    page.wait_for_url(address)
    expect(page.locator("#slot-report textarea")).to_have_value("مرکز نداد")


def test_a_button_that_was_not_answered_says_so(at_documents):  # noqa: F811
    page = at_documents
    page.locator("input[name=images]").set_input_files([walk.photo("first")])
    expect(page.get_by_label("عنوان تصویر")).to_have_count(1)
    answer_the_first(page, 502)

    page.get_by_role("button", name="چرخاندن").click()
    expect(page.locator(".toast")).to_contain_text("برای چند لحظه در دسترس نیست")
    expect(page.get_by_label("عنوان تصویر")).to_have_count(1)
