"""Whoever reads the logs learns nobody's number, name, code or password: the whole way in, and all of its errors."""

import logging
import re

import pytest
from django.urls import reverse

from notifications import tasks
from notifications.models import DemoText, Message
from tests.claims.conftest import Filling, catalogue  # noqa: F401  (the fixture of the wizard)

pytestmark = pytest.mark.django_db

PASSWORD = "Unheard-of-rain-41"


@pytest.fixture
def heard(caplog):
    """Everything that is logged, before the filter of last resort masks what slipped through."""
    caplog.set_level(logging.INFO)
    return caplog


def deliver_all():
    for message in Message.objects.filter(state="pending"):
        tasks.deliver(message.pk)


def newest_code(mobile) -> str:
    deliver_all()
    return re.search(r"#(\d{6})", DemoText.objects.filter(to=mobile).first().text)[1]


def test_activation_login_and_wizard_name_nobody(client, cast, catalogue, heard, settings):  # noqa: F811
    newcomer, mobile = cast.newcomer, "09121110004"
    code = activate(client, newcomer, mobile)
    client.post(reverse("members:login"), login(newcomer, "wrong-password"))
    assert client.post(reverse("members:login"), login(newcomer, PASSWORD)).status_code == 302
    filling = Filling(client, cast)
    filling.start(insured=newcomer.pk)
    filling.post("details", filling.details(paid_amount="نه عدد"))
    filling.post("details", filling.details())
    filling.add_documents()
    other = "09351110004"
    filling.post("mobile", {"mobile": other, "send": "1"})
    code_of_claim = newest_code(other)
    filling.post("mobile", {"mobile": other, "code": "000000"})
    filling.post("mobile", {"mobile": other, "code": code_of_claim})
    filling.post("review", {"submit": "1"})
    deliver_all()
    client.get("/claims/nowhere-at-all/")

    assert filling.claim.status == "submitted"
    assert heard.records
    for secret in (
        newcomer.national_id, newcomer.first_name, newcomer.last_name, mobile, other, code, code_of_claim,
        PASSWORD, "wrong-password", filling.claim.tracking_code,
    ):  # fmt: skip
        assert secret not in heard.text


def activate(client, person, mobile) -> str:
    client.post(
        reverse("members:activate"),
        {
            "membership_type": kind(),
            "national_id": person.national_id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "captcha": "PASSED",
            "captcha_key": "",
        },
    )
    client.get(reverse("members:activate_code"))
    code = newest_code(mobile)
    client.post(reverse("members:activate_code"), {"code": "111111"})
    client.post(reverse("members:activate_code"), {"code": code})
    filled_in = {"password": PASSWORD, "password_again": PASSWORD, "mobile": mobile}
    answer = client.post(reverse("members:activate_account"), filled_in)
    assert answer.status_code == 302, answer.content.decode()
    return code


def login(person, password) -> dict:
    return {
        "membership_type": kind(),
        "national_id": person.national_id,
        "password": password,
        "captcha": "PASSED",
        "captcha_key": "",
    }


def kind():
    from catalog.models import MembershipType

    return MembershipType.objects.get(code="group").pk


def test_what_slips_through_is_masked_in_the_line_itself(settings):
    from portal.logs import WithoutPersonalNumbers

    said = "کد ملی %s، موبایل %s، کد %s"
    record = logging.LogRecord(
        "portal", logging.ERROR, __file__, 1, said, ("0990004325", "09121110004", "482913"), None
    )
    assert WithoutPersonalNumbers().filter(record)
    assert not re.search(r"\d{6}", record.getMessage())
    assert "personal" in settings.LOGGING["handlers"]["console"]["filters"]
