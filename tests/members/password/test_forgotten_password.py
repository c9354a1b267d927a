"""A forgotten password: a code by SMS, then a new one, and every other session ends."""

import pytest
from django.test import Client

from members.models import AccountSession
from notifications.models import Message
from tests.cast import PASSWORD, make_member, make_person, synthetic_national_id

FORGOT, NEW = "/password/forgot/", "/password/new/"
NUMBER, NEW_PASSWORD = "09121234567", "Bright-meadow-81"

pytestmark = pytest.mark.django_db


def ask(client, member, **given):
    return client.post(
        FORGOT,
        {
            "national_id": member.person.national_id,
            "membership_type": member.membership_type_id,
            "captcha": "PASSED",
            **given,
        },
    )


def renew(client, code, password=NEW_PASSWORD, again=None):
    return client.post(NEW, {"code": code, "password": password, "password_again": again or password})


def come_in(client, member, password):
    client.post(
        "/login/",
        {
            "national_id": member.person.national_id,
            "password": password,
            "membership_type": member.membership_type_id,
            "captcha": "PASSED",
        },
    )
    return "_auth_user_id" in client.session


def test_the_code_from_the_text_lets_a_new_password_in(client, member, texts):
    assert ask(client, member).url == NEW
    response = renew(client, texts(NUMBER))
    assert response.url == "/login/"
    assert "رمز عبور شما عوض شد" in client.get("/login/").content.decode()
    assert not come_in(client, member, PASSWORD)
    assert come_in(client, member, NEW_PASSWORD)


def test_all_sessions_end_and_the_member_is_told(client, member, texts):
    elsewhere = Client()
    come_in(elsewhere, member, PASSWORD)
    ask(client, member)
    renew(client, texts(NUMBER))
    assert not AccountSession.objects.exists()
    assert elsewhere.get("/messages/").url.startswith("/login/")
    assert Message.objects.get(kind="password_changed").to == NUMBER


def test_a_wrong_code_changes_nothing(client, member, texts):
    ask(client, member)
    wrong = f"{(int(texts(NUMBER)) + 1) % 1_000_000:06d}"
    response = renew(client, wrong)
    assert list(response.context["form"].errors) == ["code"]
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_a_bad_password_does_not_cost_the_code(client, member, texts):
    ask(client, member)
    code = texts(NUMBER)
    response = renew(client, code, password="short")
    assert "password" in response.context["form"].errors
    assert renew(client, code).url == "/login/"


def test_ones_own_mobile_is_refused_and_the_code_not_asked_again(client, member, texts):
    ask(client, member)
    response = renew(client, texts(NUMBER), password="+989121234567")
    assert "موبایل" in response.context["form"].errors["password"][0]
    assert "کد تأیید شد" in response.content.decode()
    assert "code" not in client.get(NEW).context["form"].fields
    assert renew(client, "").url == "/login/"


def test_nothing_about_a_mobile_is_told_before_the_code(client, member, texts):
    ask(client, member)
    texts(NUMBER)
    response = renew(client, "000000", password="09121234567")
    assert list(response.context["form"].errors) == ["code"]


def test_unknown_and_sleeping_accounts_are_answered_like_known_ones(client, member):
    asleep = make_member(make_person(), is_active=False, mobile="09120000009")
    known = ask(client, member)
    for national_id in (synthetic_national_id(777_777), asleep.person.national_id):
        answer = ask(Client(), member, national_id=national_id)
        assert (answer.status_code, answer.url, answer.content) == (
            known.status_code,
            known.url,
            known.content,
        )
    assert Message.objects.count() == 1


def test_the_second_page_is_the_same_for_an_unknown_account(client, member):
    stranger = Client()
    ask(client, member)
    ask(stranger, member, national_id=synthetic_national_id(777_777))
    known, unknown = renew(client, "000000"), renew(stranger, "000000")
    assert known.context["form"].errors == unknown.context["form"].errors
    assert len(known.content) == len(unknown.content)


def test_the_second_page_without_the_first_leads_back(client, db):
    assert client.get(NEW).url == FORGOT
    assert renew(client, "123456").url == FORGOT


def test_the_code_of_one_person_serves_no_other(client, member, stranger, texts):
    ask(client, member)
    theirs = Client()
    ask(theirs, stranger)
    response = renew(theirs, texts(NUMBER))
    assert list(response.context["form"].errors) == ["code"]


def test_asking_again_at_once_says_how_long_to_wait(client, member):
    ask(client, member)
    client.post(NEW, {"resend": "1"})
    assert "ثانیه" in client.get(NEW).content.decode()
    assert Message.objects.count() == 1


def test_a_new_password_opens_an_account_that_was_closed_by_failures(client, member, texts):
    for _ in range(6):
        come_in(client, member, "Another-river-27")
    ask(client, member)
    renew(client, texts(NUMBER))
    assert come_in(client, member, NEW_PASSWORD)


def test_a_new_number_is_reported(client, group_type):
    page = client.get(FORGOT).content.decode()
    assert "شماره‌ام عوض شده" in page
    assert 'href="/activate/report/?about=mobile"' in page


def test_the_security_code_is_judged_first(client, member, settings):
    settings.CAPTCHA_TEST_MODE = False
    response = ask(client, member, captcha="00000")
    assert list(response.context["form"].errors) == ["captcha"]
    assert not Message.objects.exists()
