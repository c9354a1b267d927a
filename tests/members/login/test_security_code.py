"""«کد امنیتی»: judged first, once, to see and to hear; and where it is not asked at all."""

import io
import wave

import pytest
import time_machine
from captcha.models import CaptchaStore
from django.utils import timezone
from PIL import Image

from catalog.models import MembershipType
from members import browsers
from portal.lib.text import persian_digits
from tests.cast import PASSWORD

LOGIN = "/login/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _real_codes(settings):
    settings.CAPTCHA_TEST_MODE = False


@pytest.fixture
def typed(member):
    def typed(key="", answer="", **given):
        return {
            "national_id": member.person.national_id,
            "password": PASSWORD,
            "membership_type": member.membership_type_id,
            "captcha_key": key,
            "captcha": answer,
            **given,
        }

    return typed


def shown_by(response):
    """Key and right answer of the picture on the page."""
    key = response.context["form"].challenge
    return key, CaptchaStore.objects.get(hashkey=key).response


def is_in(client):
    return "_auth_user_id" in client.session


def asks(response):
    return "captcha" in response.context["form"].fields


def logged_in_once(client, typed):
    client.post(LOGIN, typed(*shown_by(client.get(LOGIN))))
    assert is_in(client)
    client.post("/logout/")


def test_the_right_digits_open_the_door_in_any_script(client, typed):
    key, answer = shown_by(client.get(LOGIN))
    client.post(LOGIN, typed(key, persian_digits(" ".join(answer))))
    assert is_in(client)


def test_five_digits_from_2_to_9(client, group_type):
    _, answer = shown_by(client.get(LOGIN))
    assert len(answer) == 5
    assert set(answer) <= set("23456789")


def test_a_wrong_code_is_told_at_its_own_field_before_anything_else(client, typed):
    key, _ = shown_by(client.get(LOGIN))
    response = client.post(LOGIN, typed(key, "00000", password="Another-river-27", national_id="12"))
    assert list(response.context["form"].errors) == ["captcha"]


def test_a_wrong_code_ends_the_challenge_and_a_new_picture_stands_there(client, typed):
    key, answer = shown_by(client.get(LOGIN))
    response = client.post(LOGIN, typed(key, "00000"))
    assert shown_by(response)[0] != key
    client.post(LOGIN, typed(key, answer))
    assert not is_in(client)


def test_a_code_is_good_for_one_login(client, typed):
    key, answer = shown_by(client.get(LOGIN))
    client.post(LOGIN, typed(key, answer))
    client.post("/logout/")
    client.cookies.clear()
    response = client.post(LOGIN, typed(key, answer))
    assert list(response.context["form"].errors) == ["captcha"]


def test_a_wrong_password_uses_the_code_up(client, typed):
    key, answer = shown_by(client.get(LOGIN))
    response = client.post(LOGIN, typed(key, answer, password="Another-river-27"))
    assert shown_by(response)[0] != key
    assert not CaptchaStore.objects.filter(hashkey=key).exists()


def test_a_slip_elsewhere_leaves_the_right_code_standing(client, typed):
    key, answer = shown_by(client.get(LOGIN))
    response = client.post(LOGIN, typed(key, answer, password=""))
    assert list(response.context["form"].errors) == ["password"]
    assert response.context["form"].challenge == key
    client.post(LOGIN, typed(key, answer))
    assert is_in(client)


def test_a_code_expires(client, typed):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        key, answer = shown_by(client.get(LOGIN))
        clock.shift(5 * 60 + 1)
        response = client.post(LOGIN, typed(key, answer))
    assert list(response.context["form"].errors) == ["captcha"]
    assert not is_in(client)


def test_the_test_word_opens_nothing_outside_of_tests(client, typed):
    key, _ = shown_by(client.get(LOGIN))
    client.post(LOGIN, typed(key, "PASSED"))
    assert not is_in(client)


def test_with_the_test_mode_the_word_opens(client, typed, settings):
    settings.CAPTCHA_TEST_MODE = True
    client.post(LOGIN, typed("", "PASSED"))
    assert is_in(client)


def test_the_picture_is_a_png_and_stays_the_same(client, group_type):
    key, _ = shown_by(client.get(LOGIN))
    first, second = (client.get(f"/captcha/{key}.png") for _ in range(2))
    assert first["Content-Type"] == "image/png"
    assert first.content == second.content
    assert Image.open(io.BytesIO(first.content)).size == (320, 104)
    assert "no-store" in first["Cache-Control"]


def test_the_digits_can_be_heard(client, group_type):
    key, _ = shown_by(client.get(LOGIN))
    response = client.get(f"/captcha/{key}.wav")
    assert response["Content-Type"] == "audio/wav"
    with wave.open(io.BytesIO(response.content)) as heard:
        assert 4 < heard.getnframes() / heard.getframerate() < 8


def test_a_challenge_that_is_over_is_neither_seen_nor_heard(client, group_type):
    key, _ = shown_by(client.get(LOGIN))
    CaptchaStore.objects.all().delete()
    assert client.get(f"/captcha/{key}.png").status_code == 404
    assert client.get(f"/captcha/{key}.wav").status_code == 404


def test_a_fresh_code_comes_without_a_new_page(client, group_type):
    fresh = client.get("/captcha/new/").json()
    assert CaptchaStore.objects.filter(hashkey=fresh["key"]).exists()
    assert fresh["image"] == f"/captcha/{fresh['key']}.png"
    assert client.post("/captcha/new/").status_code == 405


def test_a_browser_that_came_in_before_is_not_asked(client, typed):
    logged_in_once(client, typed)
    response = client.get(LOGIN)
    assert not asks(response)
    client.post(LOGIN, typed())
    assert is_in(client)


def test_after_a_failure_it_is_asked_again_until_the_next_success(client, typed):
    logged_in_once(client, typed)
    response = client.post(LOGIN, typed(password="Another-river-27"))
    assert not is_in(client)
    assert asks(client.get(LOGIN))
    logged_in_once(client, typed)
    assert not asks(client.get(LOGIN))
    assert response.status_code == 200


def test_the_page_that_tells_of_the_failure_asks_already(client, typed):
    logged_in_once(client, typed)
    response = client.post(LOGIN, typed(password="Another-river-27"))
    assert "data-captcha-picture" in response.content.decode()
    assert "captcha" not in response.context["form"].errors
    client.post(LOGIN, typed(*shown_by(response)))
    assert is_in(client)


def test_an_old_copy_of_the_cookie_does_not_undo_a_failure(client, typed):
    logged_in_once(client, typed)
    copy = client.cookies["browser"].value
    client.post(LOGIN, typed(password="Another-river-27"))
    client.cookies["browser"] = copy
    assert asks(client.get(LOGIN))


def test_a_forged_cookie_is_not_believed(client, group_type):
    client.cookies["browser"] = "eyJuYW1lIjoieCJ9:1:forged"
    assert asks(client.get(LOGIN))


def test_the_cookie_holds_nothing_personal(client, typed, member):
    logged_in_once(client, typed)
    request = client.get(LOGIN).wsgi_request
    told = browsers.of(request)
    assert member.person.national_id not in str(told)
    cookie = client.cookies["browser"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_type_of_membership_may_ask_always(client, typed, group_type):
    group_type.captcha = MembershipType.Captcha.ALWAYS
    group_type.save()
    logged_in_once(client, typed)
    assert asks(client.get(LOGIN))
    response = client.post(LOGIN, typed())
    assert list(response.context["form"].errors) == ["captcha"]


def test_an_address_with_many_failures_is_asked_even_in_a_known_browser(client, typed, settings):
    logged_in_once(client, typed)
    settings.LIMITS = settings.LIMITS | {"login-captcha": (1, 900)}
    client.post(LOGIN, typed(password="Another-river-27"))
    browsers.limits.forget("login-browser", browsers.of(client.get(LOGIN).wsgi_request).name)
    assert asks(client.get(LOGIN))


def test_outside_of_development_the_cookie_is_bound_to_host_and_https(client, member, settings, typed):
    settings.SESSION_COOKIE_SECURE = True
    client.post(LOGIN, typed(*shown_by(client.get(LOGIN))))
    cookie = client.cookies["__Host-browser"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]
