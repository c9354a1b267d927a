"""One browser, two doors: a member's and the staff's, as on a clerk's own computer."""

import pytest

from members.models import KeptForm
from tests.cast import PASSWORD, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_member(client, member):
    def come_in():
        given = {
            "national_id": member.person.national_id,
            "password": PASSWORD,
            "membership_type": member.membership_type_id,
            "captcha": "PASSED",
        }
        return client.post("/login/", given)

    return come_in


@pytest.fixture
def as_staff(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    boss = make_staff("boss", "مدیر", is_superuser=True)
    return lambda: client.post("/admin/login/", {"username": boss.username, "password": PASSWORD})


def test_staff_come_in_where_a_member_was_before(client, as_member, as_staff):
    assert as_member().url == "/"
    client.post("/logout/")
    assert as_staff().url == "/admin/"
    assert client.get("/admin/").status_code == 200
    client.post("/admin/logout/")
    assert as_member().url == "/"


def test_the_form_of_a_member_waits_for_the_member(client, as_member, as_staff):
    as_member()
    client.post("/logout/")
    client.post("/discrepancies/new/", {"text": "پایان پوشش نادرست است."})
    as_staff()
    assert "kept_form" not in client.session
    client.post("/admin/logout/")
    as_member()
    assert client.get("/discrepancies/new/").context["form"]["text"].value() == "پایان پوشش نادرست است."


def test_what_staff_post_without_a_session_is_not_kept_for_the_member(client, as_member):
    as_member()
    client.post("/logout/")
    answer = client.post("/admin/members/person/1/change/", {"first_name": "مریم"})
    assert answer.url.startswith("/admin/login/")
    assert not KeptForm.objects.exists()
