"""The clock: answers that do not come, drafts that are left alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import tasks
from claims.models import Claim, Status
from notifications.models import Message
from portal.lib import dates


@pytest.fixture
def deficient(filling):
    claim = filling.submitted()
    Claim.objects.filter(pk=claim.pk).update(
        status=Status.DEFICIENT, answer_until=dates.today() + timedelta(days=20)
    )
    return claim


def set_deadline(claim, days):
    Claim.objects.filter(pk=claim.pk).update(answer_until=dates.today() + timedelta(days=days))


def test_a_member_is_reminded_once_before_the_deadline(deficient):
    tasks.keep_deadlines()
    assert not Message.objects.filter(kind="deficient_reminder").exists()

    set_deadline(deficient, 4)
    tasks.keep_deadlines()
    tasks.keep_deadlines()

    assert Message.objects.filter(kind="deficient_reminder").count() == 1


def test_the_last_day_still_counts_and_the_day_after_closes(deficient):
    set_deadline(deficient, 0)
    tasks.keep_deadlines()
    deficient.refresh_from_db()
    assert deficient.status == Status.DEFICIENT

    set_deadline(deficient, -1)
    tasks.keep_deadlines()
    deficient.refresh_from_db()
    assert deficient.status == Status.EXPIRED
    assert deficient.events.latest("pk").by is None


def left_alone(claim, **age):
    Claim.objects.filter(pk=claim.pk).update(changed_at=timezone.now() - timedelta(**age))


def test_an_untouched_draft_brings_one_sms_after_a_day(filling):
    filling.start()
    tasks.tend_drafts()
    assert not Message.objects.filter(kind="draft_reminder").exists()

    left_alone(filling.claim, hours=25)
    tasks.tend_drafts()
    tasks.tend_drafts()

    message = Message.objects.get(kind="draft_reminder")
    assert message.to == filling.cast.maryam.mobile
    assert "59" in message.text or "58" in message.text


def test_its_member_reads_until_when_it_is_kept(filling):
    filling.start()
    left_alone(filling.claim, days=59)
    tomorrow = dates.long(dates.today() + timedelta(days=1))

    for page in ("/", "/claims/", filling.url("details")):
        assert f"تا {tomorrow} نگه داشته می‌شود" in filling.client.get(page).content.decode()


def test_after_the_contracts_days_it_is_removed_with_its_files(filling):
    filling.start()
    left_alone(filling.claim, days=59)
    tasks.tend_drafts()
    assert Claim.objects.exists()

    left_alone(filling.claim, days=61)
    tasks.tend_drafts()
    assert not Claim.objects.exists()
