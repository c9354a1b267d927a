"""Who comes is read in one statement: the session, its account, the household, the unread messages."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.base import UpdateError

from members import access
from members.arrival import SessionStore
from members.context import unread_messages
from members.models import Session
from notifications import outbox

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.members.sessions.pages")]


def arrived(client):
    return client.get("/form/").wsgi_request.user


@pytest.fixture
def maryam(client, cast):
    client.force_login(cast.maryam)
    return cast.maryam


def test_all_of_it_is_one_statement(client, maryam, django_assert_num_queries):
    # The first request of a session notes when it was.
    arrived(client)
    with django_assert_num_queries(1):
        user = arrived(client)
        household = access.enrolments_of(user)
        assert len({one.person.full_name for one in household}) == 3
        assert all(one.contract.insurer.name for one in household)
        assert unread_messages(user) == 0


def test_the_household_is_the_one_the_account_itself_has(client, maryam):
    account = get_user_model().objects.get(pk=maryam.pk)
    assert access.enrolments_of(arrived(client)) == access.enrolments_of(account)


def test_unread_is_what_came_since_the_messages_were_opened(client, maryam, clock):
    def send(key):
        values = {"tracking_code": "1234567890"}
        outbox.enqueue(to="09121110001", recipient=maryam, kind="claim_submitted", values=values, key=key)

    send("first")
    assert unread_messages(arrived(client)) == 1
    client.get("/messages/")
    assert unread_messages(arrived(client)) == 0
    clock.shift(60)
    send("second")
    assert unread_messages(arrived(client)) == 1


def test_a_session_names_its_account_and_goes_with_it(client, maryam):
    assert Session.objects.get().user == maryam
    client.logout()
    assert not Session.objects.exists()


def test_an_account_put_out_of_use_is_nobodys_any_more(client, maryam):
    get_user_model().objects.filter(pk=maryam.pk).update(is_active=False)
    assert client.get("/form/").url.startswith("/login/")


def test_a_password_changed_elsewhere_ends_the_session(client, maryam):
    maryam.set_password("Quiet-river-28")
    maryam.save()
    assert client.get("/form/").url.startswith("/login/")
    assert not Session.objects.exists()


def test_a_session_signed_with_the_key_before_still_stands(client, maryam, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-of-the-server"
    assert arrived(client) == maryam
    assert arrived(client) == maryam


def test_a_session_row_of_somebody_else_is_worth_nothing(client, maryam, cast):
    """The account is believed only where the session's own signed values name it too."""
    Session.objects.update(user=cast.stranger)
    assert arrived(client) == maryam


def test_a_session_that_ended_meanwhile_is_not_written_back(django_assert_num_queries):
    begun = SessionStore()
    begun["begun"] = 1
    begun.save()
    begun["seen"] = 2
    with django_assert_num_queries(1):
        begun.save()
    assert SessionStore(begun.session_key)["seen"] == 2

    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        begun.save()
    assert not Session.objects.exists()
