"""The list, one claim's story, and what a member may still do with it; in a number of statements that does not grow."""

from datetime import timedelta

import pytest
from django.urls import reverse

from catalog.models import Reason
from claims import lifecycle
from claims.lifecycle.officer import Cut
from claims.models import Claim, Status
from notifications.models import Message
from portal.lib import dates
from tests.cast import IBAN, PASSWORD, make_member, make_person


def approve(filling, *, amount=10_000):
    reviewer = filling.cast.reviewer
    lifecycle.take(filling.claim, by=reviewer)
    reason = Reason.objects.filter(kind="deduction").first()
    lifecycle.approve(filling.claim, by=reviewer, cuts=[Cut(reason, amount)])
    filling.claim.refresh_from_db()
    return reason


def test_an_empty_list_says_what_to_do(filling):
    page = filling.client.get(reverse("claims:list")).content.decode()

    assert "هنوز درخواستی ثبت نکرده‌اید." in page


def test_an_objection_that_is_not_possible_is_not_asked_for(filling):
    filling.submitted()

    assert filling.client.get(filling.url("object")).status_code == 302


def test_drafts_come_first_and_say_which_step_is_missing_what(filling):
    filling.submitted()
    filling.start()

    page = filling.client.get(reverse("claims:list")).content.decode()

    assert page.index("در انتظار شما") < page.index("درخواست‌های دیگر")
    assert "مرحلهٔ ۲ از ۵" in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"status": "submitted"}, True),
        ({"status": "paid"}, False),
        ({"service_type": "imaging"}, True),
        ({"service_type": "visit"}, False),
        ({"since": dates.short(dates.today())}, True),
        ({"until": dates.short(dates.today() - timedelta(days=1))}, False),
    ],
)
def test_filters_narrow_the_list(filling, query, is_found):
    filling.submitted()

    page = filling.client.get(reverse("claims:list"), query).content.decode()

    assert ("جزئیات درخواست" in page) is is_found


def test_a_wrong_filter_gets_a_sentence_and_the_others_still_work(filling):
    filling.submitted()

    page = filling.client.get(
        reverse("claims:list"), {"since": "دیروز", "status": "submitted"}
    ).content.decode()

    assert "تاریخ را مانند ۱۴۰۴/۰۵/۱۲ بنویسید." in page
    assert "جزئیات درخواست" in page


def test_dates_the_wrong_way_round_get_a_sentence(filling):
    filling.submitted()
    asked = {"since": "1403/10/01", "until": "1403/09/01", "before": "nonsense"}

    page = filling.client.get(reverse("claims:list"), asked).content.decode()

    assert "این تاریخ پیش از «از تاریخ» است" in page
    assert "Before" not in page


def test_a_claim_tells_what_happened_and_who_acts_now(filling):
    claim = filling.submitted()

    page = filling.client.get(claim.get_absolute_url()).content.decode()

    assert "فعلاً کاری از شما لازم نیست" in page
    assert "چه گذشت" in page
    assert claim.tracking_code in page


def test_a_decision_is_shown_line_by_line(filling):
    filling.submitted()
    reason = approve(filling)

    page = filling.client.get(filling.claim.get_absolute_url()).content.decode()
    cases = filling.client.get(reverse("claims:cases")).content.decode()

    for shown in (page, cases):
        assert reason.title in shown
        assert "۱٬۵۰۰٬۰۰۰" in shown


def test_withdrawing_is_possible_while_nobody_has_begun(filling):
    filling.submitted()

    filling.post("withdraw", {})

    assert filling.claim.status == Status.WITHDRAWN


def test_once_an_officer_has_begun_it_is_refused_with_the_reason(filling):
    filling.submitted()
    lifecycle.take(filling.claim, by=filling.cast.reviewer)

    filling.post("withdraw", {})
    page = filling.client.get(filling.claim.get_absolute_url()).content.decode()

    assert filling.claim.status == Status.UNDER_REVIEW
    assert "ممکن نیست" in page


def test_after_a_review_has_begun_and_stopped_it_stays_refused(filling):
    filling.submitted()
    lifecycle.take(filling.claim, by=filling.cast.reviewer)
    lifecycle.release(filling.claim, by=filling.cast.reviewer)

    filling.post("withdraw", {})

    assert filling.claim.status == Status.SUBMITTED


def test_one_objection_goes_to_another_officer(filling):
    filling.submitted()
    approve(filling)

    filling.post("object", {"text": "نیمه‌کاره", "unsent": "1"})
    filling.claim.refresh_from_db()
    assert filling.claim.objected_at is None
    filling.post("object", {"text": "کسورات درست نیست."})
    assert filling.claim.status == Status.UNDER_REVIEW
    with pytest.raises(lifecycle.Refused):
        lifecycle.take(filling.claim, by=filling.cast.reviewer)
    lifecycle.take(filling.claim, by=filling.cast.supervisor)

    lifecycle.approve(filling.claim, by=filling.cast.supervisor)
    filling.post("object", {"text": "باز هم نه."})
    assert filling.claim.status == Status.APPROVED


def test_a_bounced_payment_is_paid_to_the_mended_iban(filling):
    filling.submitted()
    approve(filling)
    lifecycle.pay(filling.claim, by=filling.cast.finance, reference="8820413")
    lifecycle.fail_payment(filling.claim, by=filling.cast.finance, cause="حساب به نام دیگری است.")

    wrong = filling.client.post(filling.url("iban"), {"iban": "IR820540102680020817909003"})
    assert wrong.status_code == 200
    filling.post("iban", {"iban": "ir06 2960 0000 0010 0324 2000 01"})

    assert filling.claim.status == Status.APPROVED
    assert filling.cast.enrolment_of(filling.cast.maryam).iban == "IR062960000000100324200001"


@pytest.fixture
def bounced(filling):
    """The husband's claim, whose payment came back."""
    filling.start(insured=filling.cast.husband.person_id)
    filling.post("details", filling.details())
    filling.add_documents()
    filling.confirm_mobile()
    filling.post("review", {"submit": "1"})
    approve(filling)
    lifecycle.fail_payment(filling.claim, by=filling.cast.finance, cause="حساب بسته است.")
    return filling


def test_a_dependant_cannot_give_the_primarys_iban(bounced):
    bounced.client.force_login(bounced.cast.husband)

    page = bounced.client.get(reverse("claims:list")).content.decode()
    bounced.post("iban", {"iban": "IR062960000000100324200001"})

    assert "بیمه‌شدهٔ اصلی باید شمارهٔ شبا را درست کند" in page
    assert bounced.claim.status == Status.PAYMENT_FAILED
    assert bounced.cast.enrolment_of(bounced.cast.maryam).iban == IBAN


def test_the_primary_is_told_by_sms_that_the_iban_was_changed(bounced):
    bounced.post("iban", {"iban": "IR062960000000100324200001"})

    assert bounced.claim.status == Status.APPROVED
    assert Message.objects.get(kind="iban_changed").to == bounced.cast.maryam.mobile


def test_a_remembered_session_is_asked_for_the_password_first(bounced):
    session = bounced.client.session
    session["remembered"] = True
    session.save()

    bounced.post("iban", {"iban": "IR062960000000100324200001"})
    assert bounced.claim.status == Status.PAYMENT_FAILED

    bounced.post("iban", {"iban": "IR062960000000100324200001", "current_password": PASSWORD})
    assert bounced.claim.status == Status.APPROVED


def test_every_sms_of_a_claim_is_shown_reminders_too(filling):
    claim = filling.submitted()
    Claim.objects.filter(pk=claim.pk).update(status=Status.DEFICIENT, answer_until=dates.today())
    claim.refresh_from_db()
    lifecycle.remind_deficient(claim)

    page = filling.client.get(claim.get_absolute_url()).content.decode()

    assert "یادآوری: درخواست" in page


def test_in_the_list_every_sent_claim_leads_to_its_details(bounced):
    page = bounced.client.get(reverse("claims:list")).content.decode()

    assert f'href="{bounced.claim.get_absolute_url()}">جزئیات درخواست' in page


def test_the_menu_offers_no_claim_under_a_contract_without_electronic_claims(filling):
    contract = filling.cast.contract
    contract.e_claims = False
    contract.save()

    page = filling.client.get(reverse("claims:cases")).content.decode()

    assert 'href="/claims/new/"' not in page
    assert "ارسال الکترونیک اسناد برای این قرارداد فعال نیست." in page


def test_a_member_without_any_contract_reads_the_same_on_every_page(client, cast):
    client.force_login(make_member(make_person("بی‌قرارداد", "نمونه")))
    for name in ("home", "claims:list", "claims:cases"):
        answer = client.get(reverse(name))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'href="/claims/new/"' not in page
        assert "ارسال الکترونیک اسناد برای این قرارداد فعال نیست." in page


def test_a_paid_claim_leads_to_a_report_about_the_payment(bounced, filling, cast):
    page = bounced.client.get(bounced.claim.get_absolute_url()).content.decode()
    assert "/discrepancies/new/?subject=case" in page

    bounced.claim.paid_at = bounced.claim.changed_at
    bounced.claim.save(update_fields=["paid_at"])

    page = bounced.client.get(bounced.claim.get_absolute_url()).content.decode()
    assert "/discrepancies/new/?subject=payment" in page


def test_a_draft_is_deleted_with_one_button_and_a_submitted_claim_is_not(filling):
    filling.start()
    filling.client.post(filling.url("discard"))
    assert not Claim.objects.exists()

    filling.submitted()
    filling.client.post(filling.url("discard"))
    assert Claim.objects.exists()


# Who comes, what is asked for; and now and then whether the catalogue has changed.
PAGES = {"home": 4, "claims:list": 4, "claims:cases": 5}


@pytest.mark.parametrize("name", PAGES)
def test_pages_cost_the_same_however_much_there_is(filling, name, django_assert_max_num_queries):
    filling.submitted()
    approve(filling)
    with django_assert_max_num_queries(PAGES[name]):
        filling.client.get(reverse(name))
    for _ in range(3):
        filling.submitted()
        filling.start()
    with django_assert_max_num_queries(PAGES[name]):
        filling.client.get(reverse(name))


@pytest.mark.parametrize("name", ["basics", "details", "documents", "mobile", "review"])
def test_a_step_costs_at_most_five_statements(filling, name, django_assert_max_num_queries):
    filling.to_review()

    with django_assert_max_num_queries(5):
        assert filling.client.get(filling.url(name)).status_code == 200


def test_a_claims_page_costs_at_most_six(filling, django_assert_max_num_queries):
    filling.submitted()

    with django_assert_max_num_queries(6):
        filling.client.get(filling.claim.get_absolute_url())
