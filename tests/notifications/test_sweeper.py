"""What a crash, an emptied broker or a dead worker left behind: found, sent, or called unknown; never sent twice."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from notifications import delivery, doubt, sweep
from notifications.causes import Cause
from notifications.models import Message, MessageTemplate
from tests import deadlines
from tests.notifications.conftest import TEMPLATES, aged
from tests.sms_double import Answer

State = Message.State
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("told")]


@pytest.fixture
def sweeper():
    made = []

    def one_round(**options):
        sweeper = sweep.Sweeper(**options)
        made.append(sweeper)
        moved = sweeper.once()
        sweeper.close()
        return moved

    return one_round


@pytest.fixture
def at_once():
    """However long the machine takes, no second goes by."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def test_a_worker_has_a_new_message_for_itself_first(at_once, notice, sweeper, told, through):
    through("kavenegar")
    notice()
    assert sweeper() == 0
    assert told == []


def test_a_message_nobody_took_is_handed_over_once(at_once, notice, sweeper, told, through):
    double = through("kavenegar")
    message = notice()
    aged(message, 2)
    assert sweeper() == 1
    assert sweeper() == 0
    assert told == [message.pk] and double.accepted == []


def test_with_the_broker_dead_the_sweeper_sends_it_itself(notice, sweeper, told, through):
    double = through("kavenegar")
    told.answers = False
    messages = [notice(f"n-{number}") for number in range(20)]
    for message in messages:
        aged(message, 2)
    sweeper(threads=20)
    assert len(double.accepted) == 20
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


def test_when_no_worker_listens_the_sweeper_sends_it_itself(code, sweeper, told, through):
    double = through("kavenegar")
    aged(code(), 6)
    sweeper()
    assert len(double.accepted) == 1 and told == []


def test_a_slow_provider_full_of_reminders_does_not_hold_up_a_code(
    notice, code, through, impatient, eventually
):
    double = through("kavenegar")
    double.always["kavenegar"] = Answer("hang")
    slow = sweep.Sweeper(threads=2)
    for number in range(4):
        aged(notice(f"n-{number}"), 10)
    with impatient():
        slow.once()
        eventually(lambda: len(double.seen) == 2)
    double.always.clear()
    message = code()
    aged(message, 10)
    slow.once()
    slow.close()
    message.refresh_from_db()
    assert message.state == State.SENT


def test_two_sweepers_send_nothing_twice(notice, through):
    double = through("kavenegar")
    for number in range(40):
        aged(notice(f"n-{number}"), 10)

    def work():
        sweeper = sweep.Sweeper(threads=20)
        for _ in range(3):
            sweeper.once()
        sweeper.close()
        connection.close()

    both = [threading.Thread(target=work, daemon=True) for _ in range(2)]
    [thread.start() for thread in both]
    [thread.join(deadlines.PATIENCE) for thread in both]
    assert len(double.accepted) == len({request.reference for request in double.accepted}) == 40


def test_running_it_keeps_all_threads_busy_until_nothing_waits(notice, told, through, eventually):
    double = through("kavenegar")
    told.answers = False
    for number in range(60):
        aged(notice(f"n-{number}"), 2)
    # One round alone fills four threads; the rest must not wait for the next round, an hour later.
    sweeper = sweep.Sweeper(threads=4)
    runner = threading.Thread(target=_run_and_close, args=(sweeper,), daemon=True)
    runner.start()
    eventually(lambda: len(double.accepted) == 60)
    sweeper.stop()
    runner.join(deadlines.PATIENCE)
    assert len(double.accepted) == 60
    assert set(Message.objects.values_list("state", flat=True)) == {State.SENT}


def test_results_outlive_a_database_that_went_away(notice, told, through, monkeypatch):
    double = through("smsir")
    message = notice()
    aged(message, 10)
    sweeper = sweep.Sweeper(threads=2)
    whole = delivery.record_all

    def goes_away(results):
        if results:
            monkeypatch.setattr(delivery, "record_all", whole)
            raise OperationalError

    monkeypatch.setattr(delivery, "record_all", goes_away)
    sweeper.once()
    with pytest.raises(OperationalError):
        sweeper.close()
    sweeper.close()
    message.refresh_from_db()
    assert message.state == State.SENT and len(double.accepted) == 1


def test_a_code_past_its_validity_is_expired_and_blank(code, sweeper, through):
    double = through("kavenegar")
    message = code()
    Message.objects.update(not_after=timezone.now() - timedelta(seconds=1))
    sweeper()
    message.refresh_from_db()
    assert (message.state, message.sealed) == (State.EXPIRED, "") and double.accepted == []


def test_the_command_makes_one_round(notice, told, through, capsys):
    through("kavenegar")
    aged(notice(), 2)
    call_command("sweep_messages", "--once")
    assert capsys.readouterr().out.strip() == "1"


class TestASenderThatDied:
    """Its row is still marked as being sent after its lease."""

    @pytest.fixture
    def stuck(self, notice):
        def leave(*, accepted_by=None, **changes):
            message = notice(**changes)
            [message] = delivery.take(Message.objects.filter(pk=message.pk), limit=1)
            if accepted_by:
                delivery.send(message, _templates(message))
            Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
            return message

        return leave

    def settle(self, message):
        doubt.settle_stuck(now=timezone.now())
        message.refresh_from_db()
        return message

    def test_leaves_an_unknown_where_the_provider_cannot_be_asked(self, stuck, through):
        double = through("smsir")
        message = self.settle(stuck(accepted_by="smsir"))
        assert (message.state, message.cause) == (State.UNKNOWN, Cause.SENDER_DIED)
        delivery.deliver(message.pk)
        assert len(double.accepted) == 1

    def test_is_made_good_where_the_provider_knows_our_reference(self, stuck, through):
        double = through("kavenegar")
        message = self.settle(stuck(accepted_by="kavenegar"))
        assert message.state == State.SENT and message.provider_message_id
        assert len(double.accepted) == 1

    def test_is_sent_after_all_when_the_provider_never_got_it(self, stuck, through):
        double = through("kavenegar")
        message = self.settle(stuck())
        assert message.state == State.PENDING
        delivery.deliver(message.pk)
        assert len(double.accepted) == 1

    def test_leaves_an_unknown_where_a_template_carried_no_reference(self, stuck, through):
        through("kavenegar")
        MessageTemplate.objects.filter(kind="test_notice").update(provider_templates=TEMPLATES)
        assert self.settle(stuck(accepted_by="kavenegar")).state == State.UNKNOWN

    def test_waits_while_the_provider_cannot_answer(self, stuck, through, settings):
        through("kavenegar")
        message = stuck(accepted_by="kavenegar")
        url = settings.SMS_PROVIDERS["kavenegar"]["url"]
        settings.SMS_PROVIDERS["kavenegar"]["url"] = "http://127.0.0.1:1"
        assert self.settle(message).state == State.SENDING
        settings.SMS_PROVIDERS["kavenegar"]["url"] = url
        Message.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
        assert self.settle(message).state == State.SENT

    def test_who_comes_back_to_life_may_still_write_what_it_learned(self, stuck, through):
        through("smsir")
        message = stuck()
        outcome = delivery.send(message, _templates(message))
        self.settle(message)
        delivery.record(message, outcome)
        message.refresh_from_db()
        assert message.state == State.SENT

    def test_who_comes_back_before_calling_the_next_provider_calls_nobody(self, stuck, through):
        double = through("smsir", "kavenegar")
        message = stuck()
        self.settle(Message.objects.get(pk=message.pk))
        double.will("smsir", Answer("status", 503))
        assert delivery.send(message, _templates(message)) is None
        assert double.accepted == []


class TestAMessageThatWasSent:
    @pytest.fixture
    def asked(self, notice, through):
        def ask(provider, code):
            double = through(provider)
            message = notice()
            delivery.deliver(message.pk)
            message.refresh_from_db()
            double.known[message.provider_message_id] = code
            doubt.ask_about_delivery(now=timezone.now() + timedelta(minutes=2))
            message.refresh_from_db()
            return message

        return ask

    @pytest.mark.parametrize(
        ("provider", "code", "state", "cause"),
        [
            ("kavenegar", 10, State.DELIVERED, ""),
            ("kavenegar", 14, State.FAILED, Cause.BLOCKED),
            ("kavenegar", 4, State.SENT, ""),
            ("smsir", 1, State.DELIVERED, ""),
            ("smsir", 7, State.FAILED, Cause.BLOCKED),
            ("melipayamak", 1, State.DELIVERED, ""),
            ("melipayamak", 2, State.FAILED, Cause.UNDELIVERED),
        ],
    )
    def test_is_asked_about(self, asked, provider, code, state, cause):
        message = asked(provider, code)
        assert (message.state, message.cause) == (state, cause)
        assert (message.ask_at is None) == (state != State.SENT)
        assert bool(message.delivered_at) == (state == State.DELIVERED)

    def test_is_asked_about_less_and_less_and_after_a_day_no_more(self, asked):
        message = asked("kavenegar", 4)
        assert message.ask_at > timezone.now() + timedelta(minutes=3)
        doubt.ask_about_delivery(now=timezone.now() + timedelta(hours=25))
        message.refresh_from_db()
        assert message.ask_at is None

    def test_an_answer_that_never_came_is_asked_for_by_our_reference(
        self, notice, through, impatient, eventually
    ):
        double = through("kavenegar")
        double.will("kavenegar", Answer("hang", accepts=True))
        message = notice()
        with impatient():
            delivery.deliver(message.pk)
        eventually(lambda: double.accepted)
        assert Message.objects.get().state == State.UNKNOWN
        doubt.ask_about_delivery(now=timezone.now() + timedelta(minutes=2))
        message.refresh_from_db()
        assert message.state == State.SENT and message.provider_message_id
        assert len(double.accepted) == 1


def _run_and_close(sweeper):
    sweeper.run(interval=3600)
    sweeper.close()
    connection.close()


def _templates(message):
    return delivery.registered_templates([message]).get(message.kind, {})
