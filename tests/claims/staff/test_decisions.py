"""The acts of the desk, permitted and refused side by side; each one row of history and one message."""

import pytest

from catalog.models import MedicalCentre, Reason
from claims import lifecycle
from claims.models import ClaimEvent, Status
from notifications.models import Message
from tests.cast import SUPERVISORS, make_staff

Verb = ClaimEvent.Verb
NO_CUTS = {"cut-TOTAL_FORMS": "0", "cut-INITIAL_FORMS": "0"}


def cuts(*lines):
    values = {"cut-TOTAL_FORMS": str(len(lines) + 1), "cut-INITIAL_FORMS": "0"}
    for number, (reason, amount) in enumerate(lines):
        values |= {f"cut-{number}-reason": reason, f"cut-{number}-amount": amount, f"cut-{number}-note": ""}
    return values


def found(*lines, **more):
    values = {"found-TOTAL_FORMS": str(len(lines)), "found-INITIAL_FORMS": "0"}
    for number, (reason, text, advice) in enumerate(lines):
        prefix = f"found-{number}"
        values |= {f"{prefix}-reason": reason, f"{prefix}-text": text, f"{prefix}-advice": advice}
    return values | more


DEFICIENT = found(("DEF18", "قبض (فاکتور) مهر ندارد.", "قبض را مهر کنید."), ("DEF04", "مبلغ نمی‌خواند.", ""))
ACTS = {
    "approve": NO_CUTS,
    "deficient": DEFICIENT,
    "reject": {"reject-reason": "REJ01"},
    "originals": {},
    "adviser": {},
}


def history(claim):
    return list(claim.events.values_list("verb", flat=True))


def told(claim, kind):
    return Message.objects.filter(kind=kind, recipient=claim.filed_by).count()


def test_taking_and_releasing(colleague):
    assert "برداشتن" in colleague.page()

    colleague.act("take")
    assert (colleague.claim.status, colleague.claim.officer) == (Status.UNDER_REVIEW, colleague.user)
    colleague.act("release")

    assert (colleague.claim.status, colleague.claim.officer) == (Status.SUBMITTED, None)
    assert history(colleague.claim) == [Verb.SUBMITTED, Verb.TAKEN, Verb.RELEASED]


@pytest.mark.parametrize("act", [*ACTS, "take", "release"])
def test_what_one_officer_has_in_hand_no_other_decides(desk, colleague, act):
    answer = colleague.act(act, ACTS.get(act))

    assert "در دست همکار دیگری است" in answer.content.decode()
    assert (desk.claim.status, history(desk.claim)) == (Status.UNDER_REVIEW, [Verb.SUBMITTED, Verb.TAKEN])


def test_a_supervisor_releases_what_a_colleague_has_in_hand(desk, chief):
    chief.act("release")

    assert chief.claim.officer is None


@pytest.mark.parametrize("act", [*ACTS, "take", "release", "received"])
def test_finance_decides_nothing(desk, office, act):
    answer = office.act(act, ACTS.get(act))

    assert "دسترسی ندارید" in answer.content.decode()
    assert history(desk.claim) == [Verb.SUBMITTED, Verb.TAKEN]


def test_the_own_household_is_refused(cast, colleague):
    colleague.user.staff_national_id = cast.child.national_id
    colleague.user.save(update_fields=["staff_national_id"])

    answer = colleague.act("take")

    assert "خانوادهٔ خود شماست" in answer.content.decode()
    assert colleague.claim.officer is None


def test_approving_pays_what_the_cuts_leave(desk):
    answer = desk.act("approve", cuts(("DED02", "۱۰٬۰۰۰"), ("DED11", "500")), **{"approve-note": "نوش جان"})

    assert answer.redirect_chain
    assert (desk.claim.status, desk.claim.payable_amount) == (Status.APPROVED, 1_499_500)
    assert desk.claim.decision_note == "نوش جان"
    assert [one.amount for one in desk.claim.deductions.all()] == [10_000, 500]
    assert history(desk.claim)[-1] == Verb.APPROVED
    assert told(desk.claim, "claim_approved") == 1


def test_cuts_above_the_amount_are_refused_and_stay_typed(desk):
    answer = desk.act("approve", cuts(("DED02", "۲٬۰۰۰٬۰۰۰")), **{"approve-note": "نوشته"}).content.decode()

    assert "بیشتر است" in answer
    assert "2٬000٬000" in answer or "۲٬۰۰۰٬۰۰۰" in answer
    assert "نوشته" in answer
    assert desk.claim.status == Status.UNDER_REVIEW
    assert desk.claim.deductions.count() == 0


def test_a_cut_without_a_reason_is_asked_for_it(desk):
    answer = desk.act("approve", cuts(("", "5000"))).content.decode()

    assert "علت کسر" in answer
    assert desk.claim.status == Status.UNDER_REVIEW


def test_above_the_threshold_a_supervisor_approves_a_second_time(desk, chief, colleague):
    desk.claim.contract.second_approval_above = 1_000_000
    desk.claim.contract.save(update_fields=["second_approval_above"])

    desk.act("approve", cuts(("DED02", "10000")))
    assert (desk.claim.status, desk.claim.first_approval_by) == (Status.SUBMITTED, desk.user)
    assert told(desk.claim, "claim_approved") == 0
    assert "تأیید دوم سرپرست" in colleague.act("take").content.decode()
    assert "همکار دیگری" in desk.act("take").content.decode()

    chief.act("take")
    assert "تأیید نخست" in chief.page()
    assert "۱۰٬۰۰۰" in chief.page()
    chief.act("approve", cuts(("DED02", "10000")))

    assert (chief.claim.status, chief.claim.payable_amount) == (Status.APPROVED, 1_500_000)
    assert told(chief.claim, "claim_approved") == 1


def test_after_a_deficiency_the_first_approval_is_asked_anew(desk, chief):
    desk.claim.contract.second_approval_above = 1_000_000
    desk.claim.contract.save(update_fields=["second_approval_above"])
    desk.act("approve", NO_CUTS)
    chief.act("take")

    chief.act("deficient", DEFICIENT)

    assert chief.claim.first_approval_by is None


def test_marking_deficient_keeps_each_place_sentence_and_advice(desk):
    image = desk.claim.documents.get(title__code="invoice")

    desk.act("deficient", DEFICIENT | {"found-0-document": image.pk})

    first, second = desk.claim.deficiencies.all()
    assert desk.claim.status == Status.DEFICIENT
    assert (first.text, first.advice, first.document) == (
        "قبض (فاکتور) مهر ندارد.",
        "قبض را مهر کنید.",
        image,
    )
    assert (first.section, first.document_type.code) == ("documents", "invoice")
    assert (second.section, second.field, second.text) == ("details", "paid_amount", "مبلغ نمی‌خواند.")
    assert told(desk.claim, "claim_deficient") == 1
    assert "قبض (فاکتور) مهر ندارد." in desk.page()


def test_a_deficiency_without_any_reason_is_refused(desk):
    assert "دست‌کم یک علت نقص" in desk.act("deficient", found()).content.decode()
    assert desk.claim.status == Status.UNDER_REVIEW


def test_without_javascript_reasons_are_looked_for_added_and_removed(desk):
    typed = found(("DEF04", "مبلغ را خودم نوشتم", "راهنما"))

    searched = desk.act("deficient", typed, find="1", wanted="مهر قبض").content.decode()
    added = desk.act("deficient", typed, add="DEF18").content.decode()
    removed = desk.act("deficient", typed, remove="0").content.decode()

    assert "DEF18" in searched
    assert "DEF32" not in searched
    assert "مبلغ را خودم نوشتم" in searched
    assert "مبلغ را خودم نوشتم" in added
    assert Reason.objects.get(code="DEF18").title in added
    assert "مبلغ را خودم نوشتم" not in removed
    assert desk.claim.status == Status.UNDER_REVIEW


def test_an_image_of_another_claim_is_no_place(desk, filling):
    other = filling.submitted().documents.first()

    answer = desk.act("deficient", DEFICIENT | {"found-0-document": other.pk}).content.decode()

    assert "کدام تصویر" in answer
    assert desk.claim.deficiencies.count() == 0


def test_rejecting_needs_a_coded_reason(desk):
    refused = desk.act("reject", {"reject-reason": "DEF01", "reject-note": "نوشته‌ام"}).content.decode()
    assert "نوشته‌ام" in refused
    assert desk.claim.status == Status.UNDER_REVIEW

    desk.act("reject", {"reject-reason": "REJ01", "reject-note": "با مهر"})

    assert (desk.claim.status, desk.claim.rejection_reason.code) == (Status.REJECTED, "REJ01")
    assert desk.claim.decision_note == "با مهر"
    assert told(desk.claim, "claim_rejected") == 1


def test_an_objection_is_decided_by_another_officer(desk, colleague):
    desk.act("reject", {"reject-reason": "REJ01"})
    lifecycle.object_to(desk.claim, by=desk.claim.filed_by, text="فاکتور مهر داشت.")

    assert "همکار دیگری" in desk.act("take").content.decode()
    assert "فاکتور مهر داشت." in colleague.page()
    colleague.act("take")
    colleague.act("approve", NO_CUTS)

    assert (colleague.claim.status, colleague.claim.decided_by) == (Status.APPROVED, colleague.user)


def test_originals_are_asked_for_and_hold_the_approval_until_they_come(desk):
    desk.act("originals")
    assert told(desk.claim, "originals_requested") == 1
    assert "اصل مدارک هنوز نرسیده است" in desk.act("approve", NO_CUTS).content.decode()

    desk.act("received")
    desk.act("approve", NO_CUTS)

    assert desk.claim.status == Status.APPROVED


def test_the_medical_adviser_is_a_mark_and_no_message(desk):
    before = Message.objects.count()

    desk.act("adviser", {"adviser-note": "ضرورت دارد؟"})
    assert desk.claim.in_medical_review
    desk.act("adviser", {"adviser-note": "دارد"})

    assert not desk.claim.in_medical_review
    assert Message.objects.count() == before
    assert desk.claim.events.last().note == "دارد"


def test_a_title_is_corrected_in_this_claim_only(desk, filling):
    image = desk.claim.documents.get(title__code="report")
    foreign = filling.submitted().documents.get(title__code="report")

    desk.act("title", {"image": image.code, "title": "invoice"})
    desk.act("title", {"image": foreign.code, "title": "invoice"})

    image.refresh_from_db()
    foreign.refresh_from_db()
    assert (image.title.code, foreign.title.code) == ("invoice", "report")
    assert history(desk.claim).count(Verb.TITLE_CORRECTED) == 1


def test_a_centre_named_by_hand_is_merged_into_the_directory(desk):
    centre = MedicalCentre.objects.first()
    type(desk.claim).objects.filter(pk=desk.claim.pk).update(
        centre=None, centre_name=centre.name, centre_city="تهران"
    )
    assert centre.name in desk.page(centre=centre.name)

    desk.act("centre", {"centre": centre.pk})

    assert desk.claim.centre == centre
    assert desk.claim.events.last().details["name"] == centre.name


def test_an_unknown_act_is_not_found_and_a_get_changes_nothing(desk):
    assert desk.act("destroy").status_code == 404
    for act in ("approve", "release", "reject"):
        desk.client.get(f"/admin/claims/claim/{desk.claim.code}/{act}/")
    desk.claim.refresh_from_db()
    assert history(desk.claim) == [Verb.SUBMITTED, Verb.TAKEN]


def test_a_second_supervisor_is_not_the_first_approver(desk, cast):
    both = make_staff("both", "هر دو", SUPERVISORS)
    desk.claim.contract.second_approval_above = 1
    desk.claim.contract.save(update_fields=["second_approval_above"])
    lifecycle.release(desk.claim, by=both)
    lifecycle.take(desk.claim, by=both)
    lifecycle.approve(desk.claim, by=both)

    with pytest.raises(lifecycle.Refused, match="همکار دیگری"):
        lifecycle.take(desk.claim, by=both)
