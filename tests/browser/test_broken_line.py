"""Photos on a line that breaks: only what has not arrived goes up once more, and nothing arrives twice."""

import re

from playwright.sync_api import expect

from tests import cast
from tests.browser import walk
from tests.browser.test_typing_while_uploading import (  # noqa: F401
    at_documents,
    hold_the_first,
    member,
    pytestmark,
)
from tests.browser.walk import field, press

IMAGES = "input[name=images]"


def lose_the_first_answer(page) -> None:
    """The photo arrives, and the line breaks before its answer does."""

    def lose(route):
        route.fetch()
        route.abort("connectionreset")

    page.route("**/documents/", lose, times=1)


def no_longer_online(page) -> None:
    page.route("**/documents/", lambda route: route.abort("internetdisconnected"))


def pictures(page):
    return page.locator("li.slot[data-document]")


def test_a_photo_whose_answer_was_lost_is_not_kept_twice(at_documents):  # noqa: F811
    page = at_documents
    lose_the_first_answer(page)
    walk.file_input(page, "invoice").set_input_files([walk.photo("invoice")])
    failed = page.locator(".slot--failed")
    expect(failed).to_contain_text("نرسید")

    failed.get_by_role("button", name="دوباره می‌فرستم").click()
    expect(page.locator("#slot-invoice")).to_contain_text("بارگذاری شد")
    expect(failed).to_have_count(0)
    page.reload()
    expect(pictures(page)).to_have_count(1)


def test_what_did_not_arrive_goes_up_by_itself_when_the_line_is_back(at_documents):  # noqa: F811
    page = at_documents
    no_longer_online(page)
    page.locator(IMAGES).set_input_files([walk.photo("one"), walk.photo("two")])
    expect(page.locator(".slot--failed")).to_have_count(2)

    page.unroute("**/documents/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(pictures(page)).to_have_count(2)
    expect(page.locator(".slot--failed")).to_have_count(0)


def test_going_on_waits_for_what_is_on_its_way_and_sends_again_what_was_lost(at_documents):  # noqa: F811
    page = at_documents
    walk.file_input(page, "report").set_input_files([walk.photo("report")])
    expect(page.locator("#slot-report")).to_contain_text("بارگذاری شد")
    no_longer_online(page)
    walk.file_input(page, "invoice").set_input_files([walk.photo("invoice")])
    expect(page.locator(".slot--failed")).to_have_count(1)

    page.unroute("**/documents/")
    held = hold_the_first(page)
    with page.expect_request("**/documents/"):
        press(page, "بعدی")
    expect(page.locator(".toast")).to_contain_text("بارگذاری هنوز تمام نشده است")
    held.pop().continue_()
    page.wait_for_url("**/mobile/")
    page.go_back()
    expect(page.locator("#slot-invoice")).to_contain_text("بارگذاری شد")


def test_what_was_refused_holds_the_page_where_it_is(at_documents):  # noqa: F811
    page = at_documents
    held = hold_the_first(page)
    with page.expect_request("**/documents/"):
        walk.file_input(page, "invoice").set_input_files([walk.not_a_photo()])
    press(page, "بعدی")
    held.pop().continue_()
    expect(page.locator(".slot--failed")).to_contain_text("این فایل عکس یا PDF نیست")
    expect(page.locator(".slot--failed")).to_be_in_viewport()
    assert page.url.endswith("/documents/")


def test_what_is_stopped_while_it_is_made_smaller_never_goes_up(at_documents):  # noqa: F811
    page, sent = at_documents, []
    page.evaluate(
        "() => { const make = createImageBitmap;"
        " window.createImageBitmap = async (...given) => { await new Promise((go) => (window.goOn = go));"
        " return make(...given); }; }"
    )
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    large = walk.photo("large", noise=True)
    page.locator(IMAGES).set_input_files([large])
    page.locator(".slot--uploading").get_by_role("button", name="توقف").click()
    page.wait_for_function("() => Boolean(window.goOn)")
    page.evaluate("goOn()")
    page.locator(IMAGES).set_input_files([walk.photo("small")])

    expect(pictures(page)).to_have_count(1)
    assert len(sent) == 1


def test_more_than_twenty_are_told_of_before_they_are_sent(at_documents):  # noqa: F811
    page = at_documents
    page.locator(IMAGES).set_input_files([walk.photo(f"page {number}") for number in range(20)])
    expect(pictures(page)).to_have_count(20)
    expect(page.locator("[data-count]")).to_have_text("۲۰")

    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.locator(IMAGES).set_input_files([walk.photo("one more")])
    expect(page.locator(".slot--failed")).to_contain_text("حداکثر ۲۰ تصویر")
    assert sent == []
    removed = pictures(page).first
    removed.get_by_role("button", name=re.compile("^حذف")).click()
    page.get_by_role("dialog").get_by_role("button", name="حذف").click()
    expect(pictures(page)).to_have_count(19)
    page.locator(".slot--failed").get_by_role("button", name="دوباره می‌فرستم").click()
    expect(pictures(page)).to_have_count(20)


def test_nothing_typed_is_lost_to_a_step_sent_without_a_line(at_documents):  # noqa: F811
    page = at_documents
    page.goto(page.url.replace("/documents/", "/details/"))
    field(page, "توضیحات").fill("در آسانسور نوشته شد")
    page.context.set_offline(True)
    press(page, "بعدی")
    expect(page.locator(".toast")).to_contain_text("اینترنت قطع است")

    page.context.set_offline(False)
    press(page, "بعدی")
    page.wait_for_url("**/documents/")
    page.go_back()
    expect(field(page, "توضیحات")).to_have_value("در آسانسور نوشته شد")


def test_a_browser_that_wrongly_believes_to_be_without_a_line_sends_all_the_same(at_documents):  # noqa: F811
    page = at_documents
    page.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    page.goto(page.url.replace("/documents/", "/details/"))
    press(page, "بعدی")
    page.wait_for_url("**/documents/")


def test_logging_in_anew_elsewhere_loses_nothing_typed_here(at_documents, member, real_servers):  # noqa: F811
    page = at_documents
    page.goto(page.url.replace("/documents/", "/details/"))
    field(page, "توضیحات").fill("پیش از ورود دوباره")
    page.context.clear_cookies(name="session")
    other = page.context.new_page()
    walk.log_in(other, real_servers, member, cast.PASSWORD)
    other.close()

    press(page, "بعدی")
    expect(page.get_by_text("این صفحه قدیمی شده بود و فرم فرستاده نشد.")).to_be_visible()
    expect(field(page, "توضیحات")).to_have_value("پیش از ورود دوباره")
    press(page, "بعدی")
    page.wait_for_url("**/documents/")
