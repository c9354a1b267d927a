"""«پیام‌ها»: the texts of one's own account, never codes, and what to do about those that did not arrive."""

import pytest

from members import codes
from members.context import unread_messages
from notifications.models import Message
from notifications.outbox import enqueue


@pytest.fixture
def told(cast):
    """One text for Maryam, one for the stranger — who now has the number that was Maryam's."""

    def tell(user, key, **fields):
        message = enqueue(to=cast.maryam.mobile, recipient=user, kind="activated", values={}, key=key)
        Message.objects.filter(pk=message.pk).update(**fields)
        return message

    return tell


@pytest.fixture
def maryam(client, cast):
    client.force_login(cast.maryam)
    return cast.maryam


def test_ones_own_are_listed_newest_first_with_their_state(client, maryam, told):
    told(maryam, "first", state="sent")
    told(maryam, "second", state="delivered")
    page = client.get("/messages/")
    assert [row["message"].key for row in page.context["rows"]] == ["second", "first"]
    assert "۰۹•••••••۰۱" in page.content.decode()


def test_by_account_and_never_by_number(client, maryam, cast, told):
    told(cast.stranger, "of-the-stranger")
    assert client.get("/messages/").context["rows"] == []


def test_codes_are_never_shown(client, maryam):
    codes.send(maryam, number=maryam.mobile, purpose=codes.CLAIM, address="")
    assert client.get("/messages/").context["rows"] == []


def test_one_that_failed_says_what_to_do(client, maryam, told):
    told(maryam, "failed", state="failed", cause="blocked")
    page = client.get("/messages/").content.decode()
    assert "دریافت پیامک روی خط شما بسته است" in page


def test_new_ones_are_counted_until_they_are_read(client, maryam, told):
    told(maryam, "one")
    told(maryam, "two")
    assert "خوانده‌نشده" in client.get("/account/").content.decode()
    assert [row["is_new"] for row in client.get("/messages/").context["rows"]] == [True, True]
    maryam.refresh_from_db()
    assert unread_messages(maryam) == 0
    assert "خوانده‌نشده" not in client.get("/account/").content.decode()


def test_an_empty_inbox_says_so(client, maryam):
    assert "هنوز پیامی نیست" in client.get("/messages/").content.decode()


def test_twenty_a_page_and_a_nonsense_page_is_the_first(client, maryam, told):
    for number in range(25):
        told(maryam, f"many-{number}")
    assert len(client.get("/messages/").context["rows"]) == 20
    assert len(client.get("/messages/?page=2").context["rows"]) == 5
    assert client.get("/messages/?page=x%00").status_code == 200


def test_pages_before_the_login_count_nothing(client, cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "unread_messages" not in (client.get("/activate/report/sent/").context or {})
