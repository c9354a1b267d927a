"""Nobody of the staff handles a claim of their own household: no review, no payment, no batch, no paper case."""

import pytest
from django.urls import reverse

from claims import lifecycle, payments
from claims.lifecycle.household import OWN_HOUSEHOLD, WHO_ARE_YOU
from claims.models import Claim, PaymentBatch, Status

BATCHES = "admin:claims_paymentbatch_changelist"


def become(user, national_id):
    user.staff_national_id = national_id
    user.save(update_fields=["staff_national_id"])


@pytest.fixture
def approved(cast, submitted):
    lifecycle.take(submitted, by=cast.reviewer)
    lifecycle.approve(submitted, by=cast.reviewer)
    submitted.refresh_from_db()
    return submitted


@pytest.mark.parametrize("relative", ["maryam", "husband", "child"])
def test_a_payment_for_the_own_household_is_refused_and_a_colleagues_is_recorded(
    cast, office, approved, relative
):
    someone = getattr(cast, relative)
    become(office.user, getattr(someone, "person", someone).national_id)

    for act, values in (("pay", {"pay-reference": "884120"}), ("bounce", {"bounce-cause": "حساب بسته است"})):
        answer = office.act(act, values)
        assert OWN_HOUSEHOLD in answer.content.decode()
        assert office.claim.status == Status.APPROVED
    page = office.page()
    assert OWN_HOUSEHOLD in page and "ثبت پرداخت" not in page

    become(office.user, cast.stranger.person.national_id)
    office.act("pay", {"pay-reference": "884120"})
    assert office.claim.status == Status.PAID


def test_the_own_household_is_left_for_a_colleagues_batch(cast, office, approved):
    become(office.user, cast.child.national_id)

    answer = office.client.post(reverse("admin:claims_paymentbatch_new"), follow=True).content.decode()

    assert payments.OWN_ARE_LEFT in answer
    assert payments.NOTHING_DUE in answer
    assert not PaymentBatch.objects.exists()

    become(office.user, cast.stranger.person.national_id)
    office.client.post(reverse("admin:claims_paymentbatch_new"))
    assert PaymentBatch.objects.get().claims.get() == approved


def test_the_banks_answer_for_the_own_household_is_not_committed(cast, office, approved):
    payments.make_batch(by=cast.finance)
    rows = [{"row": "2", "tracking_code": approved.tracking_code, "outcome": "موفق"}]
    rows[0] |= {"reference": "884120", "amount": "", "cause": ""}
    become(cast.finance, cast.child.national_id)

    (outcome,) = payments.commit(rows, by=cast.finance)

    approved.refresh_from_db()
    assert (outcome.is_ready, outcome.sentence) == (False, OWN_HOUSEHOLD)
    assert approved.status == Status.APPROVED


@pytest.fixture
def without_number(cast):
    for user in (cast.reviewer, cast.finance):
        become(user, "")


def test_staff_without_a_national_id_review_nothing(cast, colleague, without_number):
    become(colleague.user, "")

    assert WHO_ARE_YOU in colleague.page()
    assert WHO_ARE_YOU in colleague.act("take").content.decode()
    assert colleague.claim.officer is None


def test_staff_without_a_national_id_pay_nothing(cast, office, approved, without_number):
    become(office.user, "")

    assert WHO_ARE_YOU in office.act("pay", {"pay-reference": "1"}).content.decode()
    made = office.client.post(reverse("admin:claims_paymentbatch_new"), follow=True)
    assert WHO_ARE_YOU in made.content.decode()
    assert Claim.objects.get(pk=approved.pk).status == Status.APPROVED
    assert not PaymentBatch.objects.exists()


def test_in_development_staff_need_no_number(cast, colleague, settings):
    settings.DEBUG = True
    become(colleague.user, "")

    colleague.act("take")

    assert colleague.claim.officer == colleague.user
