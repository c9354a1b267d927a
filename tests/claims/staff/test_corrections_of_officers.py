"""What officers correct is not what the member has mended; what the member is still writing is not on the desk."""

import pytest

from catalog.models import DocumentType, MedicalCentre, Reason
from claims import lifecycle, rounds
from claims.lifecycle.officer import FoundDeficiency
from claims.models import Claim
from tests.claims.conftest import photo
from tests.claims.staff.conftest import Desk


def returned(filling, *codes):
    rows = Reason.objects.filter(code__in=codes)
    found = [FoundDeficiency(reason, reason.title) for reason in rows]
    lifecycle.mark_deficient(filling.claim, by=filling.cast.reviewer, found=found)
    filling.claim.refresh_from_db()


def mended(filling) -> list[bool]:
    return [is_mended for _, is_mended in rounds.deficiencies_with_state(filling.claim)]


def test_a_title_that_an_officer_corrected_mends_nothing(filling):
    claim = filling.submitted()
    lifecycle.take(claim, by=filling.cast.reviewer)
    report = claim.documents.present().get(title__code="report")
    invoice = DocumentType.objects.get(code="invoice")
    lifecycle.correct_title(claim, report, by=filling.cast.reviewer, title=invoice)
    returned(filling, "DEF18")

    assert mended(filling) == [False]
    with pytest.raises(lifecycle.Refused):
        lifecycle.submit(filling.claim, by=filling.cast.maryam)

    filling.post("documents", {f"replace_{report.pk}": photo("قبض مهردار")})
    assert mended(filling) == [True]


@pytest.fixture
def own_centre(filling):
    """The member has named a centre by hand; the officer found it in the directory."""
    filling.start()
    named = {"centre": "", "centre_text": "", "centre_missing": "on"}
    filling.post("details", filling.details(**named, centre_name="مرکز من", centre_city="تهران"))
    filling.add_documents()
    filling.confirm_mobile()
    filling.post("review", {"submit": "1"})
    lifecycle.take(filling.claim, by=filling.cast.reviewer)
    lifecycle.merge_centre(filling.claim, by=filling.cast.reviewer, centre=MedicalCentre.objects.first())
    return filling


def test_a_matched_centre_mends_nothing_and_stays_when_the_member_saves(own_centre):
    filling = own_centre
    returned(filling, "DEF04", "DEF07")
    assert mended(filling) == [False, False]

    form = filling.client.get(filling.url("details")).context["form"]
    assert not form["centre_missing"].value()
    values = {one.html_name: one.value() for one in form if one.value() not in (None, "", False)}
    filling.post("details", values | {"paid_amount": "1600000"})

    assert (filling.claim.centre, filling.claim.centre_name) == (MedicalCentre.objects.first(), "")
    assert mended(filling) == [True, False]


def test_in_the_next_round_no_correction_reads_as_the_members(own_centre):
    filling = own_centre
    returned(filling, "DEF04")
    centre = filling.claim.centre_id
    filling.post("details", filling.details(paid_amount="1600000", centre=centre))
    filling.post("review", {"submit": "1"})

    changes = Desk(filling.cast.reviewer, filling.claim).open().context["desk"].changes

    assert changes.labels == ["مبلغ پرداخت‌شده"]


def test_what_is_not_sent_yet_is_not_on_the_desk(filling):
    claim = filling.submitted()
    lifecycle.take(claim, by=filling.cast.reviewer)
    returned(filling, "DEF04", "DEF18")
    old = claim.documents.get(title__code="invoice")
    filling.post("details", filling.details(paid_amount="9990000", centre=claim.centre_id))
    filling.post("documents", {f"replace_{old.pk}": photo("قبض مهردار")})
    desk = Desk(filling.cast.reviewer, filling.claim)

    page = desk.page()
    assert "۹٬۹۹۰٬۰۰۰" not in page
    assert "۱٬۵۱۰٬۰۰۰" in page
    assert old in desk.open().context["desk"].documents

    filling.post("review", {"submit": "1"})
    assert "۹٬۹۹۰٬۰۰۰" in desk.page()
    assert Claim.objects.get(pk=claim.pk).paid_amount == 9_990_000
