"""From «درخواست هزینهٔ خسارت» to a tracking code, through the browser's door."""

import re

from django.urls import reverse

from claims.models import Claim, ClaimEvent, Status, Submission
from claims.tracking import is_tracking_code
from notifications.models import Message


def test_the_first_step_is_shown_unsaved(filling):
    answer = filling.client.get(reverse("claims:new"))

    assert answer.status_code == 200
    assert "تاریخ مراجعه" in answer.content.decode()
    assert not Claim.objects.exists()


def test_its_post_makes_the_draft_and_goes_on(filling):
    answer = filling.start()

    assert answer.url == filling.url("details")
    assert filling.claim.status == Status.DRAFT
    assert filling.claim.filed_by == filling.cast.maryam
    assert filling.claim.tracking_code is None


def first_form(filling) -> str:
    """The mark of a form that was just opened."""
    return filling.client.get(reverse("claims:new")).context["mark"]


def test_the_first_form_sent_again_goes_on_with_its_draft(filling):
    mark = first_form(filling)
    filling.start(mark=mark)
    again = filling.start(mark=mark, insured=filling.cast.child.pk, seen="of the empty form")

    assert again.url == filling.url("details")
    assert Claim.objects.get().insured == filling.cast.child


def test_back_from_the_second_step_leads_to_the_draft(filling):
    mark = first_form(filling)
    filling.start(mark=mark)

    assert filling.client.get(reverse("claims:new"), {"mark": mark}).url == filling.url("basics")


def without_a_script(filling, **changes):
    """«Back» asks for the form anew; what it then shows is sent, the last of each name as it stands."""
    page = filling.client.get(reverse("claims:new")).content.decode()
    marks = re.findall(r'name="mark" value="([^"]+)"', page)
    return page, filling.start(mark=marks, **changes)


def test_without_a_script_back_and_again_changes_the_draft_just_begun(filling):
    without_a_script(filling)
    page, again = without_a_script(filling, insured=filling.cast.child.pk)

    assert "همان پیش‌نویسی را تغییر می‌دهد" in page and filling.url("basics") in page
    assert again.url == filling.url("details")
    assert Claim.objects.get().insured == filling.cast.child


def test_without_a_script_a_draft_that_went_on_is_left_alone(filling):
    without_a_script(filling)
    filling.post("details", filling.details())
    page, _ = without_a_script(filling)

    assert "همان پیش‌نویسی را تغییر می‌دهد" not in page
    assert Claim.objects.count() == 2


def test_another_form_makes_another_draft(filling):
    """Two windows, one service in each, on the same day."""
    for mark in (first_form(filling), first_form(filling)):
        filling.start(mark=mark)

    assert Claim.objects.count() == 2


def test_after_its_draft_was_sent_or_discarded_a_form_begins_anew(filling):
    mark = first_form(filling)
    filling.start(mark=mark)
    filling.post("details", filling.details())
    filling.add_documents()
    filling.confirm_mobile()
    filling.post("review", {"submit": "1"})

    assert filling.client.get(reverse("claims:new"), {"mark": mark}).status_code == 200
    filling.start(mark=mark)
    assert Claim.objects.count() == 2
    filling.client.post(filling.url("discard"))
    filling.start(mark=mark)
    assert Claim.objects.filter(status=Status.DRAFT).count() == 1


def test_without_a_contract_for_electronic_claims_the_page_says_so(filling):
    contract = filling.cast.contract
    contract.e_claims = False
    contract.save()

    for answer in (filling.client.get(reverse("claims:new")), filling.start()):
        page = answer.content.decode()
        assert "ارسال الکترونیک اسناد برای این قرارداد فعال نیست." in page
        assert 'id="step-form"' not in page
    assert not Claim.objects.exists()


def test_each_step_leads_to_the_next_and_the_last_to_the_review(filling):
    filling.start()

    assert filling.post("details", filling.details()).url == filling.url("documents")
    assert filling.add_documents().url == filling.url("mobile")
    assert filling.confirm_mobile().url == filling.url("review")
    page = filling.client.get(filling.url("review")).content.decode()
    assert "پیش از تأیید نهایی، لطفاً اطلاعات واردشده را بررسی کنید." in page
    assert "صد و پنجاه و یک هزار تومان" in page


def test_submitting_gives_a_tracking_code_an_event_a_round_and_one_message(filling):
    filling.to_review()

    answer = filling.post("review", {"submit": "1"})

    claim = filling.claim
    assert answer.url == filling.url("submitted")
    assert claim.status == Status.SUBMITTED
    assert is_tracking_code(claim.tracking_code)
    assert ClaimEvent.objects.get(claim=claim).verb == ClaimEvent.Verb.SUBMITTED
    assert Submission.objects.get(claim=claim).round == 1
    message = Message.objects.get(kind="claim_submitted")
    assert claim.tracking_code in message.text
    assert message.to == claim.mobile


def test_submitting_again_gives_the_same_code_and_no_second_message(filling):
    code = filling.submitted().tracking_code

    answer = filling.post("review", {"submit": "1"})

    assert answer.url == filling.url("submitted")
    assert filling.claim.tracking_code == code
    assert Message.objects.filter(kind="claim_submitted").count() == 1
    assert ClaimEvent.objects.filter(claim=filling.claim).count() == 1


def test_the_page_after_it_can_be_bookmarked_and_the_receipt_is_a_pdf(filling):
    claim = filling.submitted()

    page = filling.client.get(filling.url("submitted")).content.decode()
    receipt = filling.client.get(filling.url("receipt"))

    assert claim.tracking_code[:4] in page
    assert "درخواست شما ثبت شد" in page
    assert receipt["Content-Type"] == "application/pdf"
    assert receipt.content.startswith(b"%PDF")


def test_cancelling_keeps_the_draft(filling):
    filling.to_review()

    answer = filling.post("review", {"cancel": "1"})

    assert answer.url == reverse("claims:list")
    assert filling.claim.status == Status.DRAFT


def test_no_step_can_be_skipped_by_a_direct_post(filling):
    filling.start()

    for name in ("documents", "mobile", "review"):
        assert filling.post(name, {"submit": "1", "next": "1"}).url == filling.url("details")
    assert filling.claim.status == Status.DRAFT


def test_a_claim_for_a_dependant_is_filed_under_their_name(filling):
    filling.start(insured=filling.cast.child.pk)

    assert filling.claim.insured == filling.cast.child
