"""From a deficiency straight to its place: the field, the very image, or the slot of a paper; and said again there."""

import re

import pytest

from catalog.models import DocumentType, MedicalCentre, Reason
from claims import lifecycle, places, story
from claims.lifecycle.officer import FoundDeficiency
from tests.claims.conftest import photo


@pytest.fixture
def returned(filling):
    """Returned for the second of two invoices, and for the amount."""
    filling.start()
    filling.post("details", filling.details())
    filling.post("documents", {"file_invoice": photo("صفحهٔ یک")})
    filling.post("documents", {"file_invoice": photo("صفحهٔ دو، دیگر")})
    filling.add_documents("physician_order", "report")
    filling.confirm_mobile()
    filling.post("review", {"submit": "1"})
    return filling


def mark(filling, reason, **found):
    reviewer = filling.cast.reviewer
    lifecycle.take(filling.claim, by=reviewer)
    lifecycle.mark_deficient(
        filling.claim,
        by=reviewer,
        found=[FoundDeficiency(reason, "قبض خوانا نیست.", "دوباره عکس بگیرید.", **found)],
    )
    filling.claim.refresh_from_db()


def reason_of(**place) -> Reason:
    return Reason.objects.filter(kind="deficiency", **place).first()


def urls(filling):
    return [row["url"] for row in story.deficiency_rows(filling.claim)]


def page_of(filling, name) -> str:
    return filling.client.get(filling.url(name)).content.decode()


def test_a_deficient_image_is_led_to_even_as_the_second_of_its_paper(returned):
    second = returned.claim.documents.filter(title__code="invoice").last()
    mark(returned, reason_of(document_type__code="invoice"), document=second)

    assert urls(returned) == [f"{returned.url('documents')}#image-{second.pk}"]
    page = page_of(returned, "documents")
    assert page.count(f'id="image-{second.pk}"') == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_an_image_that_was_replaced_is_led_to_by_its_slot(returned):
    second = returned.claim.documents.filter(title__code="invoice").last()
    mark(returned, reason_of(document_type__code="invoice"), document=second)

    returned.post("documents", {"remove": second.pk})

    assert urls(returned) == [f"{returned.url('documents')}#slot-invoice"]


def test_a_paper_without_a_slot_is_led_to_by_its_page(returned):
    unasked = DocumentType.objects.exclude(code__in=["invoice", "physician_order", "report"]).first()
    reason = reason_of(section="documents")
    reason.document_type = unasked
    mark(returned, reason)

    assert f'id="slot-{unasked.code}"' not in page_of(returned, "documents")
    assert urls(returned) == [returned.url("documents")]


def test_each_step_says_what_the_officer_wants_there_until_it_is_mended(returned):
    mark(returned, reason_of(field="paid_amount"))
    details = page_of(returned, "details")

    assert "قبض خوانا نیست." in details and "دوباره عکس بگیرید." in details
    assert "تغییرات شما هنوز ارسال نشده است." in details
    assert "قبض خوانا نیست." not in page_of(returned, "documents")

    returned.post("details", returned.details(paid_amount="1600000", centre=returned.claim.centre_id))
    assert "قبض خوانا نیست." not in page_of(returned, "details")


def test_a_draft_has_no_word_of_unsent_changes(filling):
    filling.to_review()

    for name in ("basics", "details", "documents", "mobile", "review"):
        assert "تغییرات شما هنوز ارسال نشده است." not in page_of(filling, name)


def test_every_field_a_reason_names_is_a_place_on_its_steps_page(filling):
    claim = filling.submitted()
    named = list(Reason.objects.filter(kind="deficiency").exclude(field=""))
    lifecycle.take(claim, by=filling.cast.reviewer)
    found = [FoundDeficiency(reason, reason.title) for reason in named]
    lifecycle.mark_deficient(claim, by=filling.cast.reviewer, found=found)
    claim.refresh_from_db()
    pages = {name: page_of(filling, name) for name in ("basics", "details")}
    pages["mobile"] = filling.client.get(f"{filling.url('mobile')}?change=1").content.decode()

    for reason, url in zip(named, urls(filling), strict=True):
        assert reason.field in places.PLACES
        assert f'id="{url.partition("#")[2]}"' in pages[reason.section], reason.code


def test_a_change_somewhere_else_mends_no_named_field(filling):
    claim = filling.submitted()
    lifecycle.take(claim, by=filling.cast.reviewer)
    found = [FoundDeficiency(one, one.title) for one in Reason.objects.filter(code__in=["DEF07", "DEF10"])]
    lifecycle.mark_deficient(claim, by=filling.cast.reviewer, found=found)
    claim.refresh_from_db()

    filling.post("details", filling.details(centre=claim.centre_id, notes="سلام"))
    assert [row["cured"] for row in story.deficiency_rows(filling.claim)] == [False, False]

    other = MedicalCentre.objects.exclude(pk=claim.centre_id).first()
    filling.post("details", filling.details(centre=other.pk, centre_text=other.label))
    assert [row["cured"] for row in story.deficiency_rows(filling.claim)] == [True, False]
