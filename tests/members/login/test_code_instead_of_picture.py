"""«نمی‌توانم کد را بخوانم»: a code by SMS in the place of the picture, for accounts that exist or not alike."""

import re

import pytest
import time_machine
from django.contrib.auth.hashers import get_hasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members import codes
from members.models import Limit, OneTimeCode
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
    # How many seconds are left to wait is told as well.
    with time_machine.travel(timezone.now(), tick=False):
        for national_id in (member.person.national_id, nobody):
            ask(client, member, national_id=national_id)
        known = ask(client, member).context["form"].non_field_errors()
        unknown = ask(client, member, national_id=nobody).context["form"].non_field_errors()
    assert known == unknown
    assert "ثانیه" in known[0]


@pytest.fixture
def alike(member, monkeypatch):
    """Asks for a code and enters a wrong one, for an account and for nobody: each try as it looks from outside."""
    hashed = []
    kind = type(get_hasher())
    encode = kind.encode
    monkeypatch.setattr(kind, "encode", lambda *given: hashed.append(1) or encode(*given))

    def tries(times):
        found = []
        for national_id in (member.person.national_id, synthetic_national_id(777_777)):
            client, seen = Client(), []
            ask(client, member, national_id=national_id)
            for _ in range(times):
                hashed.clear()
                with CaptureQueriesContext(connection) as queries:
                    response = enter(client, member, "000000", national_id=national_id)
                statements = [re.sub(r"'[^']*'|\d+|NULL", "", query["sql"]) for query in queries]
                errors, size = response.context["form"].errors, len(response.content)
                seen.append((errors, size, statements, len(hashed)))
            found.append(seen)
        return found

    return tries


def test_a_wrong_code_for_an_unknown_account_is_answered_alike_with_the_same_statements(alike):
    known, unknown = alike(3)
    assert known == unknown
    assert "درست نیست" in str(known[0][0])


def test_an_entered_code_is_answered_no_sooner_for_an_unknown_account(client, member, settings, monkeypatch):
    slept = []
    ask(client, member)
    settings.EVEN_ANSWER_SECONDS = 30
    monkeypatch.setattr("members.discreet.time.sleep", slept.append)
    enter(client, member, "000000")
    enter(client, member, "000000", national_id=synthetic_national_id(777_777))
    assert [20 < seconds <= 30 for seconds in slept] == [True, True]


def test_without_having_asked_for_a_code_none_is_looked_at(client, member):
    assert client.get(LOGIN).url == ASK
    before = set(Limit.objects.values_list("pk", flat=True))
    for _ in range(21):
        assert enter(client, member, "000000").url == ASK
    assert set(Limit.objects.values_list("pk", flat=True)) == before


def test_who_asked_for_their_own_code_cannot_try_somebody_elses(client, member, stranger, texts):
    ask(client, member)
    ask(Client(), stranger)
    response = enter(client, stranger, texts(stranger.mobile))
    assert "captcha" in response.context["form"].errors
    assert OneTimeCode.objects.get(user=stranger).wrong_tries == 0


def test_after_five_wrong_codes_a_new_one_must_be_asked_for(client, member):
    ask(client, member)
    for _ in range(5):
        assert "captcha" in enter(client, member, "000000").context["form"].errors
    assert enter(client, member, "000000").url == ASK
    assert "کد تازه بگیرید" in client.get(ASK).content.decode()


def test_wrong_codes_at_the_login_shut_no_other_door(client, member, texts, settings):
    settings.LIMITS = settings.LIMITS | {"code-tries-day": (5, 86400)}
    ask(client, member)
    for _ in range(5):
        enter(client, member, "000000")
    for purpose in (codes.CLAIM, codes.PASSWORD, codes.MOBILE, codes.ACTIVATION):
        OneTimeCode.objects.update(last_sent_at=None)
        codes.send(member, number=NUMBER, purpose=purpose, address="192.0.2.7")
        assert codes.verify(member, number=NUMBER, purpose=purpose, code=texts(NUMBER))


def wrong_codes(settings, member, *, captcha=30, refusal=600):
    settings.LIMITS = settings.LIMITS | {
        "code-tries-captcha": (captcha, 900),
        "code-tries-address": (refusal, 900),
    }
    for serial in range(3):
        national_id = synthetic_national_id(777_000 + serial)
        client = Client()
        ask(client, member, national_id=national_id)
        yield enter(client, member, "000000", national_id=national_id)


def test_many_wrong_codes_behind_one_address_bring_the_picture(client, member, settings, texts):
    settings.CAPTCHA_TEST_MODE = True
    ask(client, member)
    answers = list(wrong_codes(settings, member, captcha=2))
    # The third asked without a picture already refuses to send; it has no code to try.
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert enter(client, member, texts(NUMBER)).url == ASK
    assert "data-captcha-picture" in client.get(ASK).content.decode()
    settings.LIMITS = settings.LIMITS | {"code-asked": (9, 60)}
    given = {
        "national_id": member.person.national_id,
        "membership_type": member.membership_type_id,
        "captcha": "PASSED",
    }
    assert client.post(ASK, given).url == LOGIN
    enter(client, member, texts(NUMBER))
    assert is_in(client)


def test_very_many_wrong_codes_behind_one_address_are_refused(member, settings):
    *_, last = wrong_codes(settings, member, refusal=2)
    assert "بیش از حد" in last.context["form"].errors["captcha"][0]


def test_right_codes_are_not_counted_against_the_address(member, stranger, texts, settings):
    settings.LIMITS = settings.LIMITS | {"code-tries-address": (1, 900)}
    for member_in_turn in (member, stranger):
        client = Client()
        ask(client, member_in_turn)
        enter(client, member_in_turn, texts(member_in_turn.mobile))
        assert is_in(client)


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
