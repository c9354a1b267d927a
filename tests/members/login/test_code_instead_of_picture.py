"""«نمی‌توانم کد را بخوانم»: a code by SMS in the place of the picture, for accounts that exist or not alike."""

import pytest

from notifications.models import Message
from tests.cast import PASSWORD, synthetic_national_id

ASK, LOGIN = "/login/code/", "/login/?code=sms"
NUMBER = "09121234567"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _real_codes(settings):
    settings.CAPTCHA_TEST_MODE = False


def ask(client, member, national_id=None):
    return client.post(
        ASK,
        {
            "national_id": national_id or member.person.national_id,
            "membership_type": member.membership_type_id,
        },
    )


def enter(client, member, code, **given):
    return client.post(
        LOGIN,
        {
            "national_id": member.person.national_id,
            "password": PASSWORD,
            "membership_type": member.membership_type_id,
            "captcha": code,
            **given,
        },
    )


def is_in(client):
    return "_auth_user_id" in client.session


def test_the_login_page_leads_there(client, group_type):
    page = client.get("/login/").content.decode()
    assert "نمی‌توانم کد را بخوانم" in page
    assert f'href="{ASK}"' in page


def test_the_code_from_the_text_opens_the_door(client, member, texts):
    assert ask(client, member).url == LOGIN
    enter(client, member, texts(NUMBER))
    assert is_in(client)


def test_who_asked_finds_the_national_id_typed_already(client, member):
    ask(client, member)
    assert member.person.national_id in client.get(LOGIN).content.decode()


def test_a_wrong_code_is_told_at_the_field_of_the_code(client, member, texts):
    ask(client, member)
    wrong = f"{(int(texts(NUMBER)) + 1) % 1_000_000:06d}"
    response = enter(client, member, wrong)
    assert list(response.context["form"].errors) == ["captcha"]
    assert not is_in(client)


def test_a_slip_of_the_password_does_not_cost_another_code(client, member, texts):
    ask(client, member)
    response = enter(client, member, texts(NUMBER), password="Another-river-27")
    assert response.context["form"].non_field_errors()
    enter(client, member, "")
    assert is_in(client)


def test_the_proof_of_one_does_not_serve_another(client, member, stranger, texts):
    ask(client, member)
    enter(client, member, texts(NUMBER), password="Another-river-27")
    response = enter(client, stranger, "")
    assert "captcha" in response.context["form"].errors


def test_an_unknown_account_is_answered_alike_and_nothing_is_sent(client, member):
    known = ask(client, member)
    unknown = ask(client, member, national_id=synthetic_national_id(777_777))
    assert (known.status_code, known.url, known.content) == (
        unknown.status_code,
        unknown.url,
        unknown.content,
    )
    assert Message.objects.count() == 1


def test_asking_again_at_once_is_refused_alike(client, member):
    nobody = synthetic_national_id(777_777)
    for national_id in (member.person.national_id, nobody):
        ask(client, member, national_id=national_id)
    known = ask(client, member).context["form"].non_field_errors()
    unknown = ask(client, member, national_id=nobody).context["form"].non_field_errors()
    assert known == unknown
    assert "ثانیه" in known[0]


def test_a_wrong_code_for_an_unknown_account_is_told_alike(client, member, texts):
    ask(client, member)
    known = enter(client, member, "000000")
    unknown = enter(client, member, "000000", national_id=synthetic_national_id(777_777))
    assert known.context["form"].errors == unknown.context["form"].errors
    assert len(known.content) == len(unknown.content)


def test_the_answer_takes_as_long_for_an_unknown_account(client, member, settings, monkeypatch):
    slept = []
    settings.EVEN_ANSWER_SECONDS = 30
    monkeypatch.setattr("members.discreet.time.sleep", slept.append)
    ask(client, member)
    ask(client, member, national_id=synthetic_national_id(777_777))
    assert len(slept) == 2
    assert all(20 < seconds <= 30 for seconds in slept)


def test_a_crowded_address_is_asked_the_picture_here_too(client, member, settings):
    settings.CAPTCHA_TEST_MODE = True
    settings.LIMITS = settings.LIMITS | {"code-asked-captcha": (2, 3600)}
    for serial in range(2):
        assert ask(client, member, national_id=synthetic_national_id(777_000 + serial)).url == LOGIN
    assert "captcha" in ask(client, member).context["form"].errors
    assert "data-captcha-picture" in client.get(ASK).content.decode()
    given = {
        "national_id": member.person.national_id,
        "membership_type": member.membership_type_id,
        "captcha": "PASSED",
    }
    assert client.post(ASK, given).url == LOGIN
