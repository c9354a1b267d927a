"""The demo phone: what would have been sent, newest first, and only on a developer's machine."""

import pytest

from notifications import delivery

PAGE = "/demo/phone/"


@pytest.fixture
def two_texts(notice, code, settings):
    settings.SMS_GATEWAYS = ["demo"]
    for message in (notice(), code()):
        delivery.deliver(message.pk)


def test_it_shows_the_newest_text_first_and_codes_too(client, two_texts):
    page = client.get(PAGE).content.decode()
    assert page.index("482913") < page.index("4817203956")


def test_it_is_not_there_when_this_is_no_demo(client, two_texts, settings):
    settings.DEMO = False
    assert client.get(PAGE).status_code == 404


def test_it_takes_no_posts(client, db):
    assert client.post(PAGE).status_code == 405
