"""Writing a message: in the caller's transaction, once per key, and unreadable while it is a secret."""

import socket
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from notifications import handover, sealed
from notifications.causes import Cause
from notifications.models import Message, Queue
from notifications.outbox import send_again
from tests import deadlines
from tests.cast import make_member, make_person


def test_the_same_key_twice_is_one_message(notice):
    first = notice("claim-event-1")
    second = notice("claim-event-1", values={"number": "other"})
    assert second == first
    assert Message.objects.get().values == {"number": "4817203956"}


@pytest.mark.django_db(transaction=True)
def test_eight_writers_with_one_key_make_one_message(notice):
    made, start = [], threading.Barrier(8, timeout=deadlines.PATIENCE)

    def write():
        start.wait(deadlines.PATIENCE)
        made.append(notice("race").pk)
        connection.close()

    writers = [threading.Thread(target=write, daemon=True) for _ in range(8)]
    [writer.start() for writer in writers]
    [writer.join(deadlines.PATIENCE) for writer in writers]
    assert len(made) == 8 and len(set(made)) == 1


def test_a_message_goes_away_with_the_change_it_tells_of(notice):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notice()
        1 / 0  # noqa: B018
    assert not Message.objects.exists()


def test_a_worker_is_told_only_after_the_commit(notice, monkeypatch, django_capture_on_commit_callbacks):
    told = []
    monkeypatch.setattr("notifications.outbox.hand_over", told.append)
    with django_capture_on_commit_callbacks(execute=True):
        message = notice()
        assert told == []
    assert told == [message]


def test_a_code_is_nowhere_readable_while_it_waits(code):
    message = code()
    with connection.cursor() as cursor:
        cursor.execute("SELECT m::text FROM notifications_message m")
        [(row,)] = cursor.fetchall()
    assert "482913" not in row
    assert message.content() == ("کد تأیید: 482913\n@localhost #482913", {"code": "482913"})


def test_what_an_old_key_encrypted_is_still_read_after_a_new_one_came(code, settings):
    message = code()
    settings.MESSAGE_ENCRYPTION_KEYS = [
        "bmV3LWtleS1vZi10aGUtcG9ydGFsLWZvci10ZXN0czE=",
        *settings.MESSAGE_ENCRYPTION_KEYS,
    ]
    assert sealed.unseal(message.sealed)[1] == {"code": "482913"}


def test_a_number_that_is_none_is_not_tried(notice):
    message = notice(to="02188990000")
    assert (message.state, message.cause) == (Message.State.FAILED, Cause.NUMBER)
    assert "حساب من" in message.advice


def test_a_kind_brings_its_queue_and_its_life(notice, code):
    assert code().queue == Queue.OTP
    ordinary = notice()
    assert ordinary.not_after - ordinary.created_at == timedelta(hours=48)
    end = timezone.now() + timedelta(minutes=3)
    assert code("code-2", not_after=end).not_after == end


def test_the_inbox_shows_an_accounts_messages_and_never_a_code(notice, code):
    member, stranger = make_member(make_person()), make_member(make_person())
    told = notice(recipient=member)
    code(recipient=member)
    notice("other", recipient=stranger)
    assert list(Message.objects.inbox_of(member)) == [told]


def test_sending_again_is_a_new_row_with_a_key_of_its_own(notice):
    first = notice("event-7")
    second = send_again(first)
    third = send_again(second)
    assert [second.key, third.key] == ["event-7-again-1", "event-7-again-2"]
    assert second.text == first.text and second.pk != first.pk


def test_a_code_cannot_be_sent_again(code):
    with pytest.raises(ValueError, match="کد تازه"):
        send_again(code())


def calls_at(listener) -> int:
    """How many came since the last look."""
    listener.setblocking(False)
    calls = 0
    with suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            calls += 1
    return calls


class TestABrokerThatDoesNotAnswer:
    @pytest.fixture
    def frozen(self, broker_at):
        """Takes the connection and then says nothing, like a stopped Redis."""
        with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
            broker_at(f"redis://127.0.0.1:{listener.getsockname()[1]}/0")
            yield listener

    def test_costs_one_caller_half_a_second_and_the_next_nothing(self, frozen, notice, time_spent):
        message = notice()
        with time_spent() as it:
            assert handover.hand_over(message) is False
        # Half a second is promised; what is no limit at all would wait for ever.
        assert it.seconds < 5
        assert calls_at(frozen) > 0
        assert handover.hand_over(message) is False
        assert calls_at(frozen) == 0

    def test_leaves_the_row_to_the_sweeper(self, frozen, notice):
        message = notice()
        handover.hand_over(message)
        later = timezone.now() + timedelta(seconds=2)
        assert list(Message.objects.waiting(now=later)) == [message]
