"""A claim comes back with deficiencies, its member mends just those, and sends it again under the same code."""

from datetime import timedelta

import pytest

from catalog.models import Reason
from claims import lifecycle
from claims.lifecycle.officer import FoundDeficiency
from claims.models import ClaimEvent, Document, Status
from notifications.models import Message
from portal.lib import dates
from tests.claims.conftest import photo


def reason_of(**place) -> Reason:
    return Reason.objects.filter(kind="deficiency", **place).first()


@pytest.fixture
def returned(filling):
    """Two things to mend: the amount, and the invoice."""
    claim = filling.submitted()
    reviewer = filling.cast.reviewer
    lifecycle.take(claim, by=reviewer)
    amount, invoice = reason_of(field="paid_amount"), reason_of(document_type__code="invoice")
    found = [
        FoundDeficiency(amount, amount.title, "مبلغ را از قبض بنویسید."),
        FoundDeficiency(invoice, "قبض (فاکتور) مهر مرکز درمانی ندارد.", "قبض را مهر کنید."),
    ]
    lifecycle.mark_deficient(claim, by=reviewer, found=found)
    claim.refresh_from_db()
    return filling


def test_the_member_is_told_by_sms_until_when(returned):
    message = Message.objects.get(kind="claim_deficient")

    assert message.to == returned.claim.mobile
    assert returned.claim.tracking_code in message.text
    assert returned.claim.answer_until == dates.today() + timedelta(days=30)


def test_the_page_shows_each_deficiency_with_place_advice_and_a_way_to_it(returned):
    page = returned.client.get(returned.claim.get_absolute_url()).content.decode()

    assert "نقص‌های اعلام‌شده از سوی کارشناس" in page
    assert "درخواست شما نقص دارد؛ لطفاً نقص‌های اعلام‌شده را برطرف کنید." in page
    assert "جزئیات پرونده، مبلغ پرداخت‌شده" in page
    assert "مبلغ را از قبض بنویسید." in page
    assert f"{returned.url('details')}#id_paid_amount" in page
    assert f"{returned.url('documents')}#slot-invoice" in page


def test_the_image_itself_says_what_the_officer_said_until_it_is_another(returned):
    said = "قبض (فاکتور) مهر مرکز درمانی ندارد."
    invoice = returned.claim.documents.get(title__code="invoice")

    def card():
        page = returned.client.get(returned.url("documents")).content.decode()
        return page[page.index('id="slot-invoice"') :].partition("</li>")[0]

    assert said in card() and "قبض را مهر کنید." in card()
    assert "دوباره عکس می‌گیرم" in card() and "بارگذاری شد" not in card()

    answer = returned.post(
        "documents", {f"replace_{invoice.pk}": photo("stamped")}, headers={"accept": "application/json"}
    )
    assert said not in answer.json()["html"]
    assert said not in card() and "بارگذاری شد" in card()


def test_what_is_mended_is_ticked_and_said_to_be_unsent(returned):
    answer = returned.post(
        "details", returned.details(paid_amount="1600000", centre=returned.claim.centre_id)
    )

    assert answer.url == returned.claim.get_absolute_url()
    page = returned.client.get(answer.url).content.decode()
    assert "اصلاح کردید، هنوز ارسال نشده است." in page
    assert "۱ مورد مانده" in page


def test_sending_before_all_is_mended_needs_a_word_to_the_officer(returned):
    returned.post("details", returned.details(paid_amount="1600000", centre=returned.claim.centre_id))

    returned.post("review", {"submit": "1"})
    assert returned.claim.status == Status.DEFICIENT

    returned.post("review", {"submit": "1", "note": "مرکز مهر نمی‌زند."})
    assert returned.claim.status == Status.SUBMITTED
    assert returned.claim.events.latest("pk").note == "مرکز مهر نمی‌زند."


def test_mended_and_sent_again_it_keeps_its_code_and_starts_a_new_round(returned):
    code = returned.claim.tracking_code
    mend_everything(returned)

    answer = returned.post("review", {"submit": "1"})

    assert answer.url == returned.url("submitted")
    assert returned.claim.tracking_code == code
    assert returned.claim.status == Status.SUBMITTED
    assert returned.claim.round == 2
    assert [one.round for one in returned.claim.submissions.all()] == [1, 2]
    assert Message.objects.filter(kind="claim_resubmitted").count() == 1


def mend_everything(filling):
    filling.post("details", filling.details(paid_amount="1600000", centre=filling.claim.centre_id))
    old = filling.claim.documents.get(title__code="invoice")
    filling.post("documents", {f"replace_{old.pk}": photo("قبض مهردار")})


def test_what_the_officer_saw_is_kept_beside_the_new_picture(returned):
    old = returned.claim.documents.get(title__code="invoice")

    mend_everything(returned)

    assert Document.objects.get(pk=old.pk).removed_at is not None
    assert returned.claim.documents.present().get(title__code="invoice").sha256 != old.sha256


def test_several_rounds_are_possible(returned):
    mend_everything(returned)
    returned.post("review", {"submit": "1"})
    lifecycle.take(returned.claim, by=returned.cast.reviewer)
    reason = reason_of(field="paid_amount")
    lifecycle.mark_deficient(
        returned.claim, by=returned.cast.reviewer, found=[FoundDeficiency(reason, reason.title)]
    )
    returned.claim.refresh_from_db()

    page = returned.client.get(returned.claim.get_absolute_url()).content.decode()

    assert "مهر مرکز درمانی ندارد" not in page
    assert returned.claim.deficiencies.count() == 3


def test_rules_that_were_met_at_the_first_submission_do_not_hold_a_correction_up(returned):
    """Contract, cover and deadline are judged once; a correction judges only what it changes."""
    enrolment = returned.cast.enrolment_of(returned.cast.maryam)
    enrolment.cover_end = dates.today() - timedelta(days=2)
    enrolment.save()
    mend_everything(returned)

    returned.post("review", {"submit": "1"})

    assert returned.claim.status == Status.SUBMITTED


def test_the_first_submission_does_judge_todays_roster(filling):
    filling.to_review()
    enrolment = filling.cast.enrolment_of(filling.cast.maryam)
    enrolment.cover_end = dates.today() - timedelta(days=2)
    enrolment.save()

    filling.post("review", {"submit": "1"})

    assert filling.claim.status == Status.DRAFT
    assert not ClaimEvent.objects.exists()


def test_closing_the_review_keeps_the_changes_and_says_they_were_not_sent(returned):
    returned.post("details", returned.details(paid_amount="2500000"))

    answer = returned.post("review", {"cancel": "1"}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[0][0] == returned.claim.get_absolute_url()
    assert "تغییرات شما نگه داشته شد، ولی هنوز ارسال نشده است" in page
    assert "پیش‌نویس شما" not in page
