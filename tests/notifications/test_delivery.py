"""One message from its row to a provider: once, through whichever takes it, and never a repeat in doubt."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from notifications import delivery
from notifications.causes import Cause
from notifications.gateways import base
from notifications.gateways.kavenegar import Kavenegar
from notifications.models import DemoText, Message, MessageTemplate
from tests import deadlines
from tests.notifications.conftest import NUMBER, TEMPLATES
from tests.sms_double import Answer

State = Message.State


def delivered(message):
    delivery.deliver(message.pk)
    message.refresh_from_db()
    return message


def test_a_notice_leaves_as_text_with_the_footer(notice, through):
    double = through("kavenegar")
    message = delivered(notice())
    [sent] = double.accepted
    assert sent.text == "درخواست 4817203956 ثبت شد.\nلغو۱۱"
    assert (message.state, message.provider, message.attempts) == (State.SENT, "kavenegar", 1)
    assert message.provider_message_id and message.sent_at and message.text


def test_a_code_leaves_with_its_last_line_and_is_blank_afterwards(code, through):
    double = through("kavenegar")
    message = delivered(code())
    assert double.accepted[0].text.splitlines() == ["کد تأیید: 482913", "@localhost #482913"]
    assert message.state == State.SENT
    assert message.content() == ("", {})


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_kind_with_a_template_goes_by_it(name, notice, through):
    double = through(name)
    MessageTemplate.objects.filter(kind="test_notice").update(provider_templates=TEMPLATES)
    delivered(notice())
    [sent] = double.accepted
    assert sent.template == TEMPLATES[name]["template"]
    assert list(sent.parameters.values()) == ["4817203956"]


def test_values_the_template_cannot_carry_go_as_text(notice, through):
    double = through("kavenegar")
    MessageTemplate.objects.filter(kind="test_notice").update(provider_templates=TEMPLATES)
    delivered(notice(values={"number": "دو کلمه"}))
    assert "دو کلمه" in double.accepted[0].text


def test_delivering_twice_sends_once(notice, through):
    double = through("kavenegar")
    message = notice()
    delivery.deliver(message.pk)
    delivery.deliver(message.pk)
    assert len(double.accepted) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_workers_with_one_message_send_once(notice, through):
    double = through("kavenegar")
    message, start = notice(), threading.Barrier(8, timeout=deadlines.PATIENCE)

    def work():
        start.wait(deadlines.PATIENCE)
        delivery.deliver(message.pk)
        connection.close()

    workers = [threading.Thread(target=work, daemon=True) for _ in range(8)]
    [worker.start() for worker in workers]
    [worker.join(deadlines.PATIENCE) for worker in workers]
    assert len(double.accepted) == 1


@pytest.mark.parametrize(
    "answer", [Answer("code", 418), Answer("code", 409), Answer("code", 424), Answer("status", 503)], ids=repr
)
def test_what_one_provider_does_not_take_leaves_through_the_next_at_once(code, through, answer):
    double = through("kavenegar", "smsir")
    double.will("kavenegar", answer)
    message = delivered(code())
    assert [sent.provider for sent in double.accepted] == ["smsir"]
    assert (message.state, message.provider) == (State.SENT, "smsir")


def test_an_unreachable_provider_is_passed_by(code, through, settings):
    double = through("kavenegar", "smsir")
    settings.SMS_PROVIDERS["kavenegar"]["url"] = "http://127.0.0.1:1"
    assert delivered(code()).provider == "smsir"
    assert len(double.accepted) == 1


@pytest.mark.parametrize(
    ("provider", "number", "cause"),
    [("kavenegar", 411, Cause.NUMBER), ("smsir", 115, Cause.BLOCKED), ("melipayamak", 35, Cause.BLOCKED)],
)
def test_a_number_that_can_get_nothing_is_never_tried_again(notice, through, provider, number, cause):
    double = through(provider, "ippanel")
    double.will(provider, Answer("code", number))
    message = delivered(notice())
    assert (message.state, message.cause, message.provider_code) == (State.FAILED, cause, str(number))
    assert double.accepted == [] and message.advice
    delivered(message)
    assert len(double.seen) == 1


@pytest.mark.parametrize("kind", ["hang", "drop", "garbage", "drip"])
@pytest.mark.parametrize("accepts", [False, True], ids=["not-taken", "taken"])
def test_doubt_is_told_and_never_repeated(code, through, kind, accepts, impatient, eventually):
    double = through("smsir", "kavenegar")
    double.will("smsir", Answer(kind, accepts=accepts))
    with impatient():
        message = delivered(code())
    assert message.state == State.UNKNOWN and message.sealed == ""
    eventually(lambda: double.seen)
    delivered(message)
    assert len(double.seen) == 1


def test_a_members_own_resend_goes_through_another_provider(code, through, impatient, eventually):
    double = through("smsir", "kavenegar")
    double.will("smsir", Answer("hang"))
    with impatient():
        delivered(code("first"))
    eventually(lambda: double.seen)
    assert delivered(code("second")).provider == "kavenegar"


def test_what_nobody_can_take_now_comes_again_later_and_later(notice, through):
    double = through("kavenegar")
    double.always["kavenegar"] = Answer("code", 409)
    with time_machine.travel(timezone.now(), tick=False):
        message, delays = notice(), []
        for _ in range(4):
            delivered(message)
            assert message.state == State.PENDING and message.cause == Cause.BUSY
            delays.append((message.due_at - timezone.now()).total_seconds())
            Message.objects.update(due_at=timezone.now())
    assert [1.5 <= delays[0] <= 2.5, 3 <= delays[1] <= 5, 6 <= delays[2] <= 10, delays[3] >= 12] == [True] * 4


def test_a_message_is_not_sent_before_its_next_turn(notice, through):
    double = through("kavenegar")
    double.will("kavenegar", Answer("code", 409))
    with time_machine.travel(timezone.now(), tick=False):
        message = delivered(notice())
        delivered(message)
    assert len(double.seen) == 1 and message.attempts == 1


def test_what_no_provider_will_ever_take_fails(notice, through):
    double = through("kavenegar", "smsir")
    double.will("kavenegar", Answer("code", 422))
    double.will("smsir", Answer("code", 117))
    message = delivered(notice())
    assert (message.state, message.cause, message.provider) == (State.FAILED, Cause.TEXT, "smsir")


def test_a_code_older_than_its_validity_is_never_sent(code, through):
    double = through("kavenegar")
    message = delivered(code(not_after=timezone.now() - timedelta(seconds=1)))
    assert double.accepted == []
    assert (message.state, message.cause, message.content()) == (State.EXPIRED, Cause.LATE, ("", {}))


def test_a_code_that_grew_old_while_it_waited_for_its_turn_calls_nobody(code, through):
    double = through("kavenegar")
    message = code()
    [taken] = delivery.take(Message.objects.filter(pk=message.pk), limit=1)
    with time_machine.travel(taken.not_after):
        delivery.record(taken, delivery.send(taken, {}))
    message.refresh_from_db()
    assert double.seen == []
    assert (message.state, message.cause, message.content()) == (State.EXPIRED, Cause.LATE, ("", {}))


def test_a_code_that_grew_old_at_one_provider_is_not_taken_to_the_next(code, through, monkeypatch):
    double = through("kavenegar", "smsir")
    message = code()
    with time_machine.travel(timezone.now()) as clock:

        def dawdles_and_refuses(provider, outgoing):
            clock.move_to(message.not_after)
            raise base.Unavailable(Cause.BUSY, "409")

        monkeypatch.setattr(Kavenegar, "send", dawdles_and_refuses)
        delivered(message)
    assert double.seen == []
    assert (message.state, message.provider, message.cause) == (State.EXPIRED, "kavenegar", Cause.BUSY)
    assert message.content() == ("", {})


def test_without_any_provider_a_message_waits_and_says_why(notice, settings):
    settings.SMS_GATEWAYS = []
    message = delivered(notice())
    assert (message.state, message.cause) == (State.PENDING, Cause.NO_PROVIDER)


def test_the_demo_gateway_keeps_what_would_have_been_sent(code, settings):
    settings.SMS_GATEWAYS = ["demo"]
    assert delivered(code()).state == State.SENT
    shown = DemoText.objects.get()
    assert (shown.to, shown.text) == (NUMBER, "کد تأیید: 482913\n@localhost #482913")


def test_the_console_and_the_file_take_messages_too(notice, settings, tmp_path, capsys):
    settings.SMS_FILE = str(tmp_path / "sms.jsonl")
    settings.SMS_GATEWAYS = ["file"]
    delivered(notice("one"))
    settings.SMS_GATEWAYS = ["console"]
    delivered(notice("two"))
    assert "4817203956" in (tmp_path / "sms.jsonl").read_text(encoding="utf-8")
    assert "4817203956" in capsys.readouterr().out


def test_logs_hold_neither_number_nor_text_nor_key(code, through, caplog, settings):
    caplog.set_level("DEBUG")
    double = through("kavenegar", "smsir")
    double.will("kavenegar", Answer("code", 418))
    delivered(code("secret-event-key"))
    settings.SMS_PROVIDERS["kavenegar"]["url"] = "http://127.0.0.1:1"
    delivered(code("secret-event-key-2"))
    for secret in (NUMBER, "482913", "secret-key", "secret-event-key"):
        assert secret not in caplog.text


class TestQuietHours:
    def at(self, hour):
        return time_machine.travel(
            datetime(2026, 11, 22, hour, 30, tzinfo=ZoneInfo("Asia/Tehran")), tick=False
        )

    def test_a_reminder_written_at_night_waits_for_the_morning(self, notice):
        with self.at(23):
            due = timezone.localtime(notice(kind="test_reminder").due_at)
        assert (due.day, due.hour, due.minute) == (23, 8, 0)

    def test_a_reminder_that_was_due_in_the_evening_does_not_leave_at_night(self, notice, through):
        double = through("kavenegar")
        with self.at(21):
            message = notice(kind="test_reminder")
        with self.at(22):
            assert delivered(message).state == State.PENDING
        with self.at(21):
            assert delivered(message).state == State.SENT
        assert len(double.accepted) == 1

    def test_notices_and_codes_leave_at_night_too(self, notice, code, through):
        through("kavenegar")
        with self.at(2):
            assert delivered(notice()).state == State.SENT
            assert delivered(code()).state == State.SENT
