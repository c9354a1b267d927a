"""Senders killed with -9 in the middle of sending, against real HTTP: nothing is lost, nothing leaves twice."""

import multiprocessing
import os
import random
import signal
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from notifications import delivery, doubt
from notifications.models import Message
from tests import deadlines
from tests.notifications.conftest import aged

State = Message.State
pytestmark = [
    pytest.mark.fault,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("told"),
]


class TestASenderKilledAHundredTimes:
    """Processes of their own, killed with -9 in the middle of sending, against real HTTP."""

    KILLS, MESSAGES = 50, 400
    # Longer than a call takes, so that nobody living is taken for dead.
    LEASE = timedelta(seconds=1)

    @pytest.mark.parametrize("work", ["worker", "sweeper"])
    @pytest.mark.parametrize("provider", ["smsir", "kavenegar"])
    def test_loses_nothing_and_sends_nothing_twice(
        self, notice, through, monkeypatch, eventually, provider, work
    ):
        """A worker sends one after another; the sweeper, as its command runs it, four at once."""
        double = through(provider)
        monkeypatch.setattr(delivery, "LEASE", self.LEASE)
        for number in range(self.MESSAGES):
            aged(notice(f"n-{number}", values={"number": f"{number:010}"}), 10)
        chance = random.Random(1403)
        caught, double.delay = 0, 0.02
        for _ in range(self.KILLS):
            # By what has arrived and not by the clock: on a busy machine it may be long before it sends at all.
            enough = len(double.seen) + chance.randint(1, 4)
            with self._sending(work):
                eventually(lambda enough=enough: len(double.seen) >= enough, seconds=deadlines.PATIENCE)
                time.sleep(chance.uniform(0, 2 * double.delay))
            caught += self._settle()
        double.delay = 0.0
        eventually(self._nothing_waits, seconds=deadlines.PATIENCE)
        assert caught > self.KILLS / 10, "hardly any kill came in the middle of a send"
        self._check(double, provider)

    @contextmanager
    def _sending(self, work):
        connections.close_all()
        target = {"worker": _send_all, "sweeper": _sweep}[work]
        sender = multiprocessing.get_context("fork").Process(target=_on_a_line_of_its_own, args=(target,))
        sender.start()
        try:
            yield
        finally:
            os.kill(sender.pid, signal.SIGKILL)
            sender.join(deadlines.PATIENCE)

    def _settle(self):
        # The request of the dead may still be on its way through the provider's door.
        time.sleep(0.02)
        return doubt.settle_stuck(now=timezone.now() + self.LEASE)

    def _nothing_waits(self):
        """What the last of the dead wrote late, or a provider could not tell at once, takes one more round."""
        self._settle()
        _send_all()
        return not Message.objects.filter(state__in=[State.PENDING, State.SENDING]).exists()

    def _check(self, double, provider):
        sent = [request.text for request in double.accepted]
        assert len(sent) == len(set(sent)), "something left twice"
        states = set(Message.objects.values_list("state", flat=True))
        assert states <= {State.SENT, State.UNKNOWN}
        for message in Message.objects.filter(state=State.SENT):
            assert any(message.values["number"] in text for text in sent), "something was lost"
        if provider == "kavenegar":
            assert states == {State.SENT} and len(sent) == self.MESSAGES


def _send_all() -> int:
    """How many were waiting."""
    waiting = list(Message.objects.filter(state=State.PENDING).values_list("pk", flat=True))
    for pk in waiting:
        delivery.deliver(pk)
    return len(waiting)


def _on_a_line_of_its_own(work):
    # What a fork brings along is the parent's: two that speak on one line read each other's answers.
    for one in connections.all():
        one.connection = None
    work()


def _sweep():
    call_command("sweep_messages", threads=4)
