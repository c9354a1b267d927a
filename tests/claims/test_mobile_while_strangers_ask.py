"""Strangers who ask for codes in a member's name do not keep the member from confirming the number of a claim."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from notifications.models import Message


@pytest.fixture
def at_the_mobile(filling):
    """The clock stops when the codes of Maryam's number are spent and she has come to the mobile step."""
    with time_machine.travel(datetime.now(UTC).replace(hour=5), tick=False) as clock:
        for hour in range(3):
            for turn in range(6):
                ask(filling.cast.maryam, f"198.51.100.{hour * 10 + turn}")
                clock.shift(timedelta(seconds=61))
            clock.shift(timedelta(hours=1))
        filling.client.force_login(filling.cast.maryam)
        filling.start()
        filling.post("details", filling.details())
        filling.add_documents()
        yield filling


def ask(member, address):
    typed = {"national_id": member.person.national_id, "membership_type": member.membership_type_id}
    Client().post("/login/code/", typed | {"captcha": "PASSED"}, REMOTE_ADDR=address)


def sent(filling) -> int:
    return Message.objects.filter(to=filling.cast.maryam.mobile, kind="code").count()


def test_a_signed_in_member_gets_a_code(at_the_mobile):
    assert sent(at_the_mobile) == 10
    at_the_mobile.post("mobile", {"mobile": at_the_mobile.cast.maryam.mobile, "send": "1"})
    assert sent(at_the_mobile) == 11


def test_a_number_never_proved_is_no_way_to_its_owners_codes(at_the_mobile):
    """A member who writes somebody else's number is a stranger to it."""
    hers = at_the_mobile.cast.maryam.mobile
    at_the_mobile.client.force_login(at_the_mobile.cast.husband)
    at_the_mobile.start(insured=at_the_mobile.cast.husband.person_id)
    at_the_mobile.post("details", at_the_mobile.details())
    at_the_mobile.add_documents()

    page = at_the_mobile.post("mobile", {"mobile": hers, "send": "1"}).content.decode()

    assert "کدهای زیادی فرستاده شده است" in page
    assert sent(at_the_mobile) == 10
