"""The staff's door: a password, a second factor that is set up at the first login, backup codes, limits."""

import time

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims.models import Claim
from members import staff
from tests.cast import PASSWORD

LOGIN, SECOND, HOME = "admin:login", "admin:second_factor", "admin:index"


@pytest.fixture
def mandatory(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.fixture
def app(cast) -> TOTPDevice:
    """The reviewer's app on the phone."""
    return TOTPDevice.objects.create(user=cast.reviewer, name="app", confirmed=True)


def code_of(device, later=0) -> str:
    return f"{totp(device.bin_key, drift=later):06}"


def enter(client, username="reviewer", password=PASSWORD, **more):
    return client.post(reverse(LOGIN), {"username": username, "password": password} | more)


def test_a_password_opens_the_door_in_development(client, cast):
    answer = enter(client, next=reverse("admin:claims_claim_changelist"))

    assert answer.url == reverse("admin:claims_claim_changelist")
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("username", "password"),
    [("reviewer", "wrong"), ("nobody", PASSWORD), ("maryam", PASSWORD), ("", PASSWORD)],
)
def test_every_wrong_pair_gets_the_same_answer(client, cast, username, password):
    username = cast.maryam.username if username == "maryam" else username

    answer = enter(client, username, password)

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    if username:
        assert staff.WRONG in answer.content.decode()


def test_staff_do_not_enter_at_the_members_login(client, cast):
    answer = client.post(
        reverse("members:login"), {"username": "reviewer", "password": PASSWORD, "national_id": "reviewer"}
    )

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_door_tried_too_often_waits_even_for_the_right_password(client, cast):
    for _ in range(5):
        enter(client, password="wrong")

    answer = enter(client)

    assert "دیگر دوباره امتحان کنید" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_page_of_strangers_is_no_way_on(client, cast):
    assert enter(client, next="https://elsewhere.example/").url == reverse(HOME)


def test_without_the_second_factor_nothing_of_the_inside_is_shown(client, cast, mandatory, submitted):
    answer = enter(client)

    assert answer.url == reverse(SECOND)
    assert client.get(reverse(HOME)).status_code == 302
    assert client.get(reverse("admin:claims_claim_changelist")).url.startswith(reverse(LOGIN))
    picture = submitted.documents.first()
    assert client.get(reverse("claims:file", args=[picture.code])).status_code == 404


def test_the_first_login_sets_the_app_up(client, cast, mandatory):
    enter(client)
    page = client.get(reverse(SECOND)).content.decode()
    device = TOTPDevice.objects.get(user=cast.reviewer)

    assert "<svg" in page
    assert not device.confirmed
    wrong = client.post(reverse(SECOND), {"code": "000000"})
    assert staff.WRONG_CODE in wrong.content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0)
    client.post(reverse(SECOND), {"code": code_of(device)})

    assert client.get(reverse(HOME)).status_code == 200
    device.refresh_from_db()
    assert device.confirmed


def test_the_key_is_shown_only_until_it_is_confirmed(client, cast, mandatory, app):
    enter(client)

    page = client.get(reverse(SECOND)).content.decode()

    assert '<svg class="qr' not in page
    assert not TOTPDevice.objects.filter(confirmed=False).exists()


def test_a_code_is_accepted_once(client, cast, mandatory, app):
    enter(client)
    code = code_of(app)
    client.post(reverse(SECOND), {"code": code})
    assert client.get(reverse(HOME)).status_code == 200

    other = Client()
    enter(other)
    answer = other.post(reverse(SECOND), {"code": code})

    assert staff.WRONG_CODE in answer.content.decode()


def test_persian_digits_are_a_code_too(client, cast, mandatory, app):
    enter(client)

    client.post(reverse(SECOND), {"code": code_of(app).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))})

    assert client.get(reverse(HOME)).status_code == 200


def test_guessing_codes_ends(client, cast, mandatory, app, settings):
    settings.LIMITS = settings.LIMITS | {"code-tries-day": (3, 86400)}
    enter(client)
    for _ in range(3):
        client.post(reverse(SECOND), {"code": "000000"})
    TOTPDevice.objects.update(throttling_failure_count=0)

    answer = client.post(reverse(SECOND), {"code": code_of(app)})

    assert "بیش از حد" in answer.content.decode()
    assert client.get(reverse(HOME)).status_code == 302


def test_a_supervisor_makes_backup_codes_and_each_opens_once(client, cast, mandatory, app, chief, settings):
    settings.STAFF_SECOND_FACTOR = False
    page = chief.client.post(reverse("admin:colleagues"), {"colleague": cast.reviewer.pk}).content.decode()
    settings.STAFF_SECOND_FACTOR = True
    code = StaticToken.objects.filter(device__user=cast.reviewer).first().token

    assert code in page
    assert LogEntry.objects.get(changes__has_key="second_factor").actor == cast.supervisor
    enter(client)
    client.post(reverse(SECOND), {"code": code})
    assert client.get(reverse(HOME)).status_code == 200
    assert not StaticToken.objects.filter(token=code).exists()


def test_after_a_lost_phone_a_backup_code_leads_to_a_new_app(client, cast, mandatory, app, chief, settings):
    settings.STAFF_SECOND_FACTOR = False
    chief.client.post(reverse("admin:colleagues"), {"colleague": cast.reviewer.pk, "lost": "1"})
    settings.STAFF_SECOND_FACTOR = True
    code = StaticToken.objects.filter(device__user=cast.reviewer).first().token

    enter(client)
    client.post(reverse(SECOND), {"code": code})

    assert "<svg" in client.get(reverse(SECOND)).content.decode()
    device = TOTPDevice.objects.get(user=cast.reviewer)
    client.post(reverse(SECOND), {"code": code_of(device)})
    assert client.get(reverse(HOME)).status_code == 200


def test_colleagues_help_no_administrator_and_not_themselves(cast, chief, desk):
    boss = type(cast.reviewer).objects.create_superuser("boss", PASSWORD, staff_name="رئیس")

    assert desk.client.get(reverse("admin:colleagues")).status_code == 403
    for user in (boss, cast.supervisor, cast.maryam):
        answer = chief.client.post(reverse("admin:colleagues"), {"colleague": user.pk})
        assert answer.status_code == 404
    assert not StaticToken.objects.exists()


def test_fifteen_idle_minutes_end_the_session(client, cast, submitted):
    enter(client)
    session = client.session
    session["seen"] = session["begun"] = int(time.time()) - 15 * 60 - 1
    session.save()

    answer = client.get(reverse("admin:claims_claim_changelist"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse(LOGIN))


def test_leaving_ends_the_session_and_only_by_a_post(client, cast):
    enter(client)
    assert client.get(reverse("admin:logout")).status_code == 405
    assert client.get(reverse(HOME)).status_code == 200

    client.post(reverse("admin:logout"))

    assert client.get(reverse(HOME)).status_code == 302


def test_claims_are_read_only_in_the_admin(chief, submitted):
    for path in ("add/", f"{submitted.pk}/delete/", f"{submitted.pk}/history/"):
        answer = chief.client.post(f"/admin/claims/claim/{path}")
        assert answer.status_code in (404, 405)
    assert Claim.objects.filter(pk=submitted.pk).exists()
