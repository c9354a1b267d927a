"""Several photos chosen together go up three at a time, and stand as they were chosen however they arrive."""

from playwright.sync_api import expect

from tests.browser import walk
from tests.browser.test_typing_while_uploading import at_documents, member, pytestmark  # noqa: F401

IMAGES = "input[name=images]"


def hold(page) -> list:
    held = []
    page.route("**/documents/", lambda route: held.append(route))
    return held


def let_go(page, route) -> None:
    """Answered before the next one is."""
    with page.expect_response("**/documents/"):
        route.continue_()


def test_three_are_on_their_way_and_the_last_to_arrive_keeps_its_place(at_documents):  # noqa: F811
    page, posts = at_documents, []
    held = hold(page)

    def is_the_third(request) -> bool:
        posts.append(request)
        return len(posts) == 3

    with page.expect_request(is_the_third):
        page.locator(IMAGES).set_input_files(
            [walk.photo("first", lines=40), walk.photo("second", lines=20), walk.photo("third", lines=5)]
        )
    expect(page.locator(".slot--uploading")).to_have_count(3)
    assert len(held) == 3
    for route in reversed(held):
        let_go(page, route)
    pictures = page.locator("li.slot[data-document]")
    expect(pictures).to_have_count(3)
    sizes = pictures.locator(".slot-state").all_inner_texts()
    assert len(set(sizes)) == 3, sizes
    assert sizes == sorted(sizes, key=kilobytes, reverse=True)


def kilobytes(state: str) -> int:
    words = state.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹٫", "0123456789.")).split()
    return float(words[-2]) * (1024 if words[-1] == "مگابایت" else 1)


def test_the_focus_stays_with_the_picture_whose_button_is_pressed(at_documents):  # noqa: F811
    page = at_documents
    page.locator(IMAGES).set_input_files([walk.photo(name) for name in ("one", "two", "three")])
    pictures = page.locator("li.slot[data-document]")
    expect(pictures).to_have_count(3)
    last = pictures.nth(2).get_attribute("data-document")

    pictures.nth(2).get_by_role("button", name="جلوتر").focus()
    page.keyboard.press("Enter")
    expect(pictures.nth(1)).to_have_attribute("data-document", last)
    expect(pictures.nth(1).get_by_role("button", name="جلوتر")).to_be_focused()
    page.keyboard.press("Enter")
    expect(pictures.nth(0)).to_have_attribute("data-document", last)
    # The first has nothing before it.
    turn = pictures.nth(0).get_by_role("button", name="چرخاندن")
    expect(turn).to_be_focused()
    page.keyboard.press("Enter")
    expect(pictures.nth(0)).not_to_have_attribute("data-document", last)
    expect(turn).to_be_focused()
