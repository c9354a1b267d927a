"""What staff see and may do with messages, texts and providers in the admin, and what the metrics tell."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from prometheus_client import generate_latest

from notifications import delivery, health, outbox
from notifications.causes import Cause
from notifications.models import Message, MessageTemplate, ProviderHealth
from tests.cast import SUPERVISORS, make_staff
from tests.notifications.conftest import NUMBER

State = Message.State
SUPPORT = "پشتیبان"
PROVIDERS = "/admin/notifications/providerhealth/"
LOG = "admin:notifications_message_changelist"


@pytest.fixture
def staff(db, client, settings):
    settings.STAFF_SECOND_FACTOR = False
    person = make_staff("clerk", "کارمند نمونه")
    client.force_login(person)
    return person


@pytest.fixture
def of_group(client, settings, db):
    """Somebody of one of the groups that the migrations make, signed in, with no right beside it."""
    settings.STAFF_SECOND_FACTOR = False

    def sign_in(group):
        client.force_login(make_staff("of-group", "کارمند نمونه", group))
        return client

    return sign_in


def allow(person, *names):
    person.user_permissions.add(*Permission.objects.filter(codename__in=names))


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


def test_a_number_is_looked_for_without_standing_in_an_address(staff, client, notice):
    allow(staff, "view_message")
    message = notice("notice-7")
    answer = client.post(reverse("admin:notifications_message_find"), {"wanted": NUMBER}, follow=True)
    assert NUMBER not in answer.redirect_chain[-1][0]
    assert list(answer.context["cl"].result_list) == [message]
    assert not client.get(reverse(LOG), {"q": NUMBER}).context["cl"].result_list


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


class TestTheGroups:
    """What supervisors tend, the support (SUPPORT) reads, and nobody else reaches."""

    TEXT = "admin:notifications_messagetemplate_change"

    def text_page(self):
        return reverse(self.TEXT, args=[MessageTemplate.objects.get(kind="test_notice").pk])

    @pytest.mark.parametrize(("group", "sent"), [(SUPERVISORS, 1), (SUPPORT, 0), ("کارشناس خسارت", 0)])
    def test_supervisors_send_again(self, of_group, failed, group, sent):
        again(of_group(group), failed)
        assert Message.objects.filter(key="notice-1-again-1").count() == sent

    @pytest.mark.parametrize(("group", "rests"), [(SUPERVISORS, False), (SUPPORT, True), ("امور مالی", True)])
    def test_supervisors_end_a_providers_rest(self, of_group, group, rests):
        until = timezone.now() + timezone.timedelta(minutes=1)
        row = ProviderHealth.objects.create(provider="kavenegar", rests_until=until)
        of_group(group).post(PROVIDERS, {"action": "ask_again", "_selected_action": [row.pk]})
        row.refresh_from_db()
        assert row.rests == rests

    @pytest.mark.parametrize(("group", "status"), [(SUPERVISORS, 302), (SUPPORT, 403), ("مدیر کاتالوگ", 403)])
    def test_supervisors_edit_the_texts(self, of_group, kinds, group, status):
        fields = {"title": "خبر", "text": "کد {number} رسید.", "provider_templates": "{}"}
        assert of_group(group).post(self.text_page(), fields).status_code == status

    @pytest.mark.parametrize("group", [SUPERVISORS, SUPPORT])
    def test_both_see_log_texts_and_providers(self, of_group, kinds, group):
        client = of_group(group)
        pages = [reverse(LOG), PROVIDERS, self.text_page()]
        assert [client.get(page).status_code for page in pages] == [200, 200, 200]

    @pytest.mark.parametrize("group", ["کارشناس خسارت", "امور مالی", "متصدی اسامی", "مدیر کاتالوگ"])
    def test_the_others_see_no_addresses_of_providers(self, of_group, group):
        assert of_group(group).get(PROVIDERS).status_code == 403


class TestEditingTheTextOfACode:
    """The one that members/migrations brings."""

    @pytest.fixture
    def save(self, of_group, db):
        page = reverse(
            "admin:notifications_messagetemplate_change", args=[MessageTemplate.objects.get(kind="code").pk]
        )
        client = of_group(SUPERVISORS)
        return lambda text: client.post(page, {"title": "کد", "text": text, "provider_templates": "{}"})

    @pytest.mark.parametrize("text", ["کد شما رسید.", "کد: {kod}", "کد: code", "کد: {code"])
    def test_a_text_without_the_code_is_refused(self, save, text):
        assert save(text).status_code == 200
        assert "{code}" in MessageTemplate.objects.get(kind="code").text

    @pytest.mark.parametrize(
        "text", ["کد تازهٔ شما {code} است.", "{code}\n\n", "کد {code}\n@elsewhere.example.ir #111111"]
    )
    def test_the_last_line_stays_what_phones_read(self, save, text, through, settings):
        settings.PUBLIC_HOST = "portal.example.ir"
        double = through("kavenegar")
        assert save(text).status_code == 302
        message = outbox.enqueue(
            to=NUMBER, recipient=None, kind="code", values={"code": "482913"}, key="code-1"
        )
        delivery.deliver(message.pk)
        assert double.accepted[0].text.split("\n")[-1] == "@portal.example.ir #482913"

    def test_staff_see_the_last_line_that_is_added(self, of_group, db):
        row = MessageTemplate.objects.get(kind="code")
        page = of_group(SUPERVISORS).get(reverse("admin:notifications_messagetemplate_change", args=[row.pk]))
        assert "@localhost #{code}" in page.content.decode()


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

    def test_are_shown_with_the_address_where_each_reports_delivery(self, client, page, resting, settings):
        ProviderHealth.objects.create(provider="smsir")
        settings.PUBLIC_HOST = "portal.example.ir"
        content = client.get(page).content.decode()
        shown = re.findall(r"https://portal\.example\.ir(/sms/report/(\w+)/\w+/)", content)
        assert [name for _, name in shown] == ["kavenegar", "smsir"]
        # An empty report is unreadable, but it has come in; a wrong address would be a 404.
        assert [client.post(address).status_code for address, _ in shown] == [400, 400]

    def test_who_sends_no_reports_has_no_address(self, client, page):
        ProviderHealth.objects.create(provider="ghasedak")
        ProviderHealth.objects.create(provider="long-gone")
        assert "/sms/report/" not in client.get(page).content.decode()

    def test_can_be_asked_again_by_those_who_may(self, client, page, resting, staff):
        act = {"action": "ask_again", "_selected_action": [resting.pk]}
        client.post(page, act)
        resting.refresh_from_db()
        assert resting.rests
        allow(staff, "change_providerhealth")
        client.post(page, act)
        resting.refresh_from_db()
        assert not resting.rests


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
