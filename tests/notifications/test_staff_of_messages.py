"""What staff see and may do with messages, texts and providers in the admin, and what they are told unasked."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from prometheus_client import generate_latest

from notifications import alarms, health
from notifications.causes import Cause
from notifications.models import Message, MessageTemplate, ProviderHealth
from tests.cast import make_staff

State = Message.State
LOG = "admin:notifications_message_changelist"


@pytest.fixture
def staff(db, client, settings):
    settings.STAFF_SECOND_FACTOR = False
    person = make_staff("clerk", "کارمند نمونه")
    client.force_login(person)
    return person


def allow(person, *names):
    person.user_permissions.add(*Permission.objects.filter(codename__in=names))


@pytest.fixture
def failed(notice):
    message = notice()
    Message.objects.update(
        state=State.FAILED,
        provider="smsir",
        cause=Cause.BLOCKED,
        provider_code="115",
        settled_at=timezone.now(),
    )
    message.refresh_from_db()
    return message


def test_the_log_is_for_those_who_may_see_it(staff, client, failed):
    assert client.get(reverse(LOG)).status_code == 403
    allow(staff, "view_message")
    assert (
        client.get(
            reverse(LOG), {"state__exact": "failed", "provider": "smsir", "kind": "test_notice"}
        ).status_code
        == 200
    )


def test_the_log_costs_the_same_whatever_it_holds(staff, client, notice, django_assert_max_num_queries):
    allow(staff, "view_message")
    for number in range(30):
        notice(f"n-{number}")
    # The first page of a session writes down that it is in use.
    client.get(reverse(LOG))
    with django_assert_max_num_queries(8):
        client.get(reverse(LOG))


def test_the_log_never_shows_a_code(staff, client, code):
    allow(staff, "view_message")
    message = code()
    page = client.get(reverse("admin:notifications_message_change", args=[message.pk])).content.decode()
    assert "محرمانه" in page and "482913" not in page and message.sealed not in page


def again(client, *messages):
    return client.post(
        reverse(LOG),
        {"action": "send_again", "_selected_action": [message.pk for message in messages]},
        follow=True,
    )


def test_sending_again_makes_a_new_row(staff, client, failed):
    allow(staff, "view_message", "change_message")
    assert "دوباره در نوبت ارسال" in again(client, failed).content.decode()
    assert Message.objects.get(key="notice-1-again-1").state == State.PENDING


def test_sending_again_needs_the_right_to_change(staff, client, failed):
    allow(staff, "view_message")
    again(client, failed)
    assert Message.objects.count() == 1


def test_codes_and_messages_under_way_are_not_sent_again(staff, client, code, notice):
    allow(staff, "view_message", "change_message")
    assert "کد تازه" in again(client, code(), notice()).content.decode()
    assert Message.objects.count() == 2


class TestEditingAText:
    @pytest.fixture
    def page(self, staff, kinds):
        allow(staff, "view_messagetemplate", "change_messagetemplate")
        row = MessageTemplate.objects.get(kind="test_notice")
        return reverse("admin:notifications_messagetemplate_change", args=[row.pk])

    def save(self, client, page, text):
        fields = {"title": "خبر", "text": text, "provider_templates": "{}"}
        return client.post(page, fields)

    def test_a_good_text_is_kept(self, client, page):
        assert self.save(client, page, "درخواست شما با کد {number} رسید.").status_code == 302
        assert MessageTemplate.objects.get(kind="test_notice").text == "درخواست شما با کد {number} رسید."

    def test_a_foreign_placeholder_is_refused_with_its_name(self, client, page):
        assert "{name}" in self.save(client, page, "سلام {name}").content.decode()
        assert "{number}" in MessageTemplate.objects.get(kind="test_notice").text

    def test_the_parts_are_counted_while_typing(self, client, page):
        content = client.get(page).content.decode()
        assert "data-parts-counter" in content and "notifications/parts.js" in content


class TestProviders:
    @pytest.fixture
    def page(self, staff):
        allow(staff, "view_providerhealth")
        return reverse("admin:notifications_providerhealth_changelist")

    @pytest.fixture
    def resting(self, db):
        until = timezone.now() + timezone.timedelta(minutes=1)
        return ProviderHealth.objects.create(
            provider="kavenegar",
            rests_until=until,
            last_cause=Cause.CREDIT,
            last_code="418",
            last_refused_at=timezone.now(),
            balance=740_000,
        )

    def test_are_shown_with_their_last_error_and_credit(self, client, page, resting):
        content = client.get(page).content.decode()
        assert Cause.CREDIT.label in content and "۷۴۰٬۰۰۰ ریال" in content
        assert "/sms/report/kavenegar/SECRET/" in content

    def test_can_be_asked_again_by_those_who_may(self, client, page, resting, staff):
        act = {"action": "ask_again", "_selected_action": [resting.pk]}
        client.post(page, act)
        resting.refresh_from_db()
        assert resting.rests
        allow(staff, "change_providerhealth")
        client.post(page, act)
        resting.refresh_from_db()
        assert not resting.rests


def test_the_digest_counts_failures_by_provider_and_cause(failed, capsys):
    call_command("message_digest")
    assert capsys.readouterr().out.strip() == f"۱ پیامک: نرسید، smsir، {Cause.BLOCKED.label}"


def test_a_day_without_failures_mails_nobody(db, mailoutbox, settings):
    settings.MANAGERS = [("پشتیبان", "staff@portal.example.ir")]
    alarms.mail_digest()
    assert mailoutbox == []


def test_low_credit_is_told_once_a_day(db, through, mailoutbox, settings):
    settings.MANAGERS = [("پشتیبان", "staff@portal.example.ir")]
    settings.SMS_LOW_BALANCE = 1_000_000
    double = through("kavenegar", "smsir")
    double.known["balance"] = 740_000
    alarms.check_balances()
    alarms.check_balances()
    [mail] = mailoutbox
    assert "۷۴۰٬۰۰۰" in mail.body
    assert ProviderHealth.objects.get(provider="kavenegar").balance == 740_000


def test_metrics_tell_of_queues_results_and_providers(failed, code):
    code()
    health.forget()
    ProviderHealth.objects.create(provider="kavenegar", balance=5)
    page = generate_latest().decode()
    assert 'portal_sms_waiting{queue="otp"} 1.0' in page
    assert 'portal_sms_settled_5m{cause="blocked",provider="smsir",state="failed"} 1.0' in page
    assert 'portal_sms_provider_balance{provider="kavenegar"} 5.0' in page


def test_hand_over_times_are_told_as_percentiles(notice):
    notice()
    now = timezone.now()
    Message.objects.update(state=State.SENT, sent_at=now, settled_at=now)
    page = generate_latest().decode()
    assert 'portal_sms_handover_seconds{quantile="0.99",queue="notices"}' in page
