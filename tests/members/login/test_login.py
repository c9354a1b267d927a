"""«ورود به پرتال اعضا»: who comes in, and the one answer for everybody else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import MembershipType
from catalog.tables import catalogue
from members.models import AccountSession
from tests.cast import PASSWORD, make_member, make_person, make_staff, synthetic_national_id

LOGIN = "/login/"

pytestmark = pytest.mark.django_db


def typed(user, **given):
    return {
        "national_id": user.person.national_id,
        "password": PASSWORD,
        "membership_type": user.membership_type_id,
        "captcha": "PASSED",
        **given,
    }


def is_in(client):
    return "_auth_user_id" in client.session


def test_a_member_comes_in_and_lands_at_home(client, member):
    response = client.post(LOGIN, typed(member))
    assert response.status_code == 302
    assert response.url == "/"
    assert is_in(client)


def test_the_national_id_may_be_typed_in_persian_digits_with_dashes(client, member):
    from portal.lib.text import persian_digits

    digits = persian_digits(member.person.national_id)
    client.post(LOGIN, typed(member, national_id=f"{digits[:3]}-{digits[3:9]}-{digits[9:]}"))
    assert is_in(client)


def test_the_session_key_is_new_after_the_login(client, member):
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.post(LOGIN, typed(member))
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "wrong",
    [{"password": "Another-river-27"}, {"national_id": synthetic_national_id(777_777)}],
    ids=["password", "unknown account"],
)
def test_a_wrong_pair_gets_one_sentence_that_tells_nothing(client, member, wrong):
    response = client.post(LOGIN, typed(member, **wrong))
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        "کد ملی، رمز عبور یا نوع عضویت درست نیست؛ آن‌ها را بررسی کنید و دوباره وارد کنید."
    ]
    assert not is_in(client)


def test_known_and_unknown_accounts_get_pages_of_one_size_with_the_same_statements(client, member):
    sizes, statements = [], []
    # What a process reads once, for both.
    catalogue()
    for national_id in (member.person.national_id, synthetic_national_id(777_777)):
        with CaptureQueriesContext(connection) as queries:
            response = client.post(LOGIN, typed(member, password="Another-river-27", national_id=national_id))
        sizes.append(len(response.content))
        statements.append([re.sub(r"'[^']*'|\d+", "", query["sql"]) for query in queries])
    assert sizes[0] == sizes[1]
    assert statements[0] == statements[1]


def test_an_unknown_account_costs_a_hash_too(client, member, monkeypatch):
    from django.contrib.auth.hashers import get_hasher

    hashed = []
    kind = type(get_hasher())
    encode = kind.encode
    monkeypatch.setattr(kind, "encode", lambda *given: hashed.append(1) or encode(*given))
    client.post(LOGIN, typed(member, password="Another-river-27"))
    of_a_known = len(hashed)
    client.post(LOGIN, typed(member, national_id=synthetic_national_id(777_777)))
    assert of_a_known == len(hashed) - of_a_known == 1


def test_an_account_that_is_not_activated_is_answered_like_an_unknown_one(client, group_type):
    waiting = make_member(make_person(), is_active=False)
    response = client.post(LOGIN, typed(waiting))
    assert "درست نیست" in response.context["form"].non_field_errors()[0]


def test_staff_do_not_come_in_here(client, group_type):
    officer = make_staff(f"{group_type.code}:{synthetic_national_id(5)}", "نگار سهرابی")
    client.post(
        LOGIN,
        {
            "national_id": officer.username.partition(":")[2],
            "password": PASSWORD,
            "membership_type": group_type.pk,
            "captcha": "PASSED",
        },
    )
    assert not is_in(client)


def test_members_do_not_come_in_at_the_admin(client, member):
    client.post("/admin/login/", {"username": member.username, "password": PASSWORD})
    assert not is_in(client)


def test_what_is_missing_is_said_and_what_was_typed_stays(client, member):
    response = client.post(LOGIN, typed(member, password=""))
    assert response.context["form"].errors == {"password": ["«رمز عبور» را وارد کنید."]}
    assert member.person.national_id in response.content.decode()


@pytest.mark.parametrize("nonsense", ["12", "abcdefghij", "x" * 10_000, "\x00", "%%_\\'\"", "١٢٣"])
def test_nonsense_in_the_national_id_gets_a_sentence(client, member, nonsense):
    response = client.post(LOGIN, typed(member, national_id=nonsense))
    assert response.status_code == 200
    assert response.context["form"].errors["national_id"]


@pytest.mark.parametrize("nonsense", ["", "x", "999999999999999999999", "\x00", "0"])
def test_nonsense_in_the_membership_type_gets_a_sentence(client, member, nonsense):
    response = client.post(LOGIN, typed(member, membership_type=nonsense))
    assert response.context["form"].errors["membership_type"]


def test_the_password_is_never_sent_back(client, member):
    response = client.post(LOGIN, typed(member, password="Another-river-27"))
    assert "Another-river-27" not in response.content.decode()


def test_the_only_membership_type_is_preselected(client, group_type):
    assert client.get(LOGIN).context["form"]["membership_type"].value() == group_type.pk


def test_of_several_types_the_one_used_here_last_is_preselected(client, member):
    MembershipType.objects.create(code="other", title="اعضای انفرادی", is_enabled=True, sort=2)
    assert client.get(LOGIN).context["form"]["membership_type"].value() is None
    client.post(LOGIN, typed(member))
    client.post("/logout/")
    assert client.get(LOGIN).context["form"]["membership_type"].value() == member.membership_type_id


def test_a_disabled_type_is_not_offered(client, member):
    MembershipType.objects.create(code="other", title="اعضای انفرادی", is_enabled=False, sort=2)
    assert "اعضای انفرادی" not in client.get(LOGIN).content.decode()


def test_somebody_who_is_in_is_led_home(client, member):
    client.post(LOGIN, typed(member))
    assert client.get(LOGIN).url == "/"


@pytest.mark.parametrize("foreign", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_a_foreign_page(client, member, foreign):
    assert client.post(LOGIN, typed(member, next=foreign)).url == "/"


def test_somebody_on_the_way_to_a_page_gets_there(client, member):
    assert client.post(LOGIN, typed(member, next="/account/?from=login")).url == "/account/?from=login"


def test_the_page_needs_no_session_and_is_not_cached(client, group_type):
    response = client.get(LOGIN)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies.get("session")


def test_leaving_is_a_post(client, member):
    client.post(LOGIN, typed(member))
    assert client.get("/logout/").status_code == 405
    assert is_in(client)
    assert client.post("/logout/").url == reverse("members:login")
    assert not is_in(client)
    assert not AccountSession.objects.exists()


def test_a_browser_that_was_never_in_is_asked_whether_it_is_activated(client, member):
    page = client.get("/").content.decode()
    assert "آیا عضویت خود را فعال کرده‌اید؟" in page
    client.post(LOGIN, typed(member))
    client.post("/logout/")
    assert client.get("/").url == "/login/"
