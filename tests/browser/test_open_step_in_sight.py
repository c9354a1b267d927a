"""On a phone the open step is in sight when its page opens, however many finished ones stand above it."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_typing_while_uploading import at_documents, member  # noqa: F401
from tests.browser.walk import press

pytestmark = pytest.mark.browser


def test_the_open_step_is_in_the_upper_half(at_documents):  # noqa: F811
    page = at_documents
    page.wait_for_function(
        "document.querySelector('.step--open').getBoundingClientRect().top < innerHeight / 2"
    )

    press(page, "بعدی")
    expect(page.locator("[data-error-summary]")).to_be_in_viewport()
