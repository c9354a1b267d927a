"""What providers tell us by themselves: only with the secret, and harmless when late, repeated or unreadable."""

import json

import pytest
from django.utils import timezone

from notifications import reports
from notifications.causes import Cause
from notifications.models import Message

State = Message.State
PROVIDERS = ("kavenegar", "smsir", "melipayamak")
NUMBER_THERE = "85463238"


@pytest.fixture
def sent(notice, settings):
    settings.SMS_REPORT_SECRET = "a-long-secret"
    message = notice()
    Message.objects.update(
        state=State.SENT, provider="kavenegar", provider_message_id=NUMBER_THERE, settled_at=timezone.now()
    )
    return message


def door(provider="kavenegar", key=None):
    return f"/sms/report/{provider}/{reports.key_of(provider) if key is None else key}/"


@pytest.fixture
def tell(client, sent):
    def post(status="10", *, provider="kavenegar", key=None, **fields):
        fields = {"messageid": NUMBER_THERE, "status": status} | fields
        response = client.post(door(provider, key), fields)
        sent.refresh_from_db()
        return response

    return post


def test_a_report_marks_the_message_as_delivered(tell, sent):
    assert tell().status_code == 200
    assert sent.state == State.DELIVERED and sent.delivered_at


def test_a_repeated_report_changes_nothing(tell, sent):
    tell()
    first = sent.delivered_at
    assert tell().status_code == 200
    assert sent.delivered_at == first


@pytest.mark.parametrize("late", ["4", "5", "11", "14", "100"])
def test_a_late_report_does_not_put_an_old_state_over_a_newer_one(tell, sent, late):
    tell("10")
    assert tell(late).status_code == 200
    assert (sent.state, sent.cause) == (State.DELIVERED, "")


def test_having_arrived_is_stronger_than_an_earlier_failure(tell, sent):
    tell("11")
    assert (sent.state, sent.cause) == (State.FAILED, Cause.UNDELIVERED)
    tell("10")
    assert (sent.state, sent.cause) == (State.DELIVERED, "")


def test_a_blocked_line_is_told_with_what_to_do(tell, sent):
    tell("14")
    assert sent.cause == Cause.BLOCKED and "*800#" in sent.advice


def test_json_and_lists_of_reports_are_read(client, sent):
    Message.objects.update(provider="smsir")
    told = [{"messageId": 1, "deliveryState": 2}, {"messageId": int(NUMBER_THERE), "deliveryState": 1}]
    response = client.post(door("smsir"), json.dumps(told), content_type="application/json")
    sent.refresh_from_db()
    assert response.status_code == 200 and sent.state == State.DELIVERED


def test_a_report_in_the_address_is_read_too(client, sent):
    Message.objects.update(provider="melipayamak")
    response = client.get(door("melipayamak"), {"recId": NUMBER_THERE, "status": "1"})
    sent.refresh_from_db()
    assert response.status_code == 200 and sent.state == State.DELIVERED


@pytest.mark.parametrize(
    "wrong",
    [
        lambda key: "wrong",
        lambda key: key + "x",
        str.upper,
        lambda key: key[:-1],
        lambda key: "a-long-secret",
    ],
    ids=["another", "longer", "upper", "shorter", "the secret itself"],
)
def test_without_its_key_there_is_no_such_page(tell, sent, wrong):
    assert tell(key=wrong(reports.key_of("kavenegar"))).status_code == 404
    assert sent.state == State.SENT


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_key_of_one_provider_opens_no_other_door(tell, sent, provider):
    others = [name for name in PROVIDERS if name != provider]
    assert [tell(provider=provider, key=reports.key_of(name)).status_code for name in others] == [404, 404]
    assert sent.state == State.SENT


def test_a_key_tells_nothing_of_the_secret_and_goes_with_it(sent, settings):
    before = reports.key_of("kavenegar")
    assert "secret" not in before and len(before) == 64
    settings.SMS_REPORT_SECRET = "another-long-secret"
    assert reports.key_of("kavenegar") != before


@pytest.mark.parametrize("key", ["x", "93e1e1a7"])
def test_without_a_secret_set_nobody_gets_in(tell, sent, settings, key):
    settings.SMS_REPORT_SECRET = ""
    assert tell(key=key).status_code == 404
    assert reports.address_of("kavenegar") == ""


def test_another_provider_cannot_report_about_this_message(tell, sent):
    assert tell(provider="melipayamak", recId=NUMBER_THERE, status="1").status_code == 200
    assert sent.state == State.SENT


@pytest.mark.parametrize("provider", ["nobody", "ghasedak", "ippanel", "demo"])
def test_who_documents_no_reports_has_no_page(tell, provider):
    assert tell(provider=provider).status_code == 404


@pytest.mark.parametrize(
    "body",
    ["", "{", "[1]", "{}", '{"messageid": 1}', '{"messageid": null, "status": {}}', "\x00", "[" * 5000],
)
def test_an_unreadable_report_is_refused_and_breaks_nothing(client, sent, body):
    response = client.post(door(), body, content_type="application/json")
    assert response.status_code in (200, 400)
    sent.refresh_from_db()
    assert sent.state == State.SENT


def test_other_methods_are_refused(client, sent):
    assert client.put(door()).status_code == 405
