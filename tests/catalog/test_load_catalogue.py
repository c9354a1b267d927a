"""The shipped catalogue: complete, quick to bring in again, and never in the way of staff."""

import pytest
from django.core.management import call_command

from catalog import seed
from catalog.models import (
    BaseInsurer,
    CentreType,
    DocumentType,
    MedicalCentre,
    MembershipType,
    Province,
    Reason,
    RequiredDocument,
    Service,
    ServiceType,
)


def test_it_brings_what_the_guide_names(shipped):
    assert [row.title for row in shipped.service_types][:3] == ["ویزیت", "دارو", "دندان‌پزشکی"]
    assert len(shipped.service_types) == 16
    assert Province.objects.count() == 31
    assert list(BaseInsurer.objects.values_list("title", flat=True)) == [
        "تأمین اجتماعی",
        "بیمهٔ سلامت",
        "نیروهای مسلح",
        "سایر",
    ]
    enabled = MembershipType.objects.get(is_enabled=True)
    assert enabled.title == "اعضای شرکت‌های بیمه‌ای، صندوق، و گروهی"


def test_every_province_has_a_branch_for_originals(shipped):
    assert not Province.objects.filter(branch=None).exists()
    assert Province.objects.get(name="فارس").branch.name == "شعبهٔ شیراز"


def test_every_type_of_centre_can_be_found_somewhere(shipped):
    assert MedicalCentre.objects.filter(source_id__startswith="sos-").count() == 133
    for centre_type in CentreType.objects.all():
        assert MedicalCentre.objects.filter(centre_type=centre_type).count() >= 3, centre_type


def test_every_reason_says_what_it_means_or_what_to_do(shipped):
    kinds = {kind: len(shipped.reasons(kind)) for kind in Reason.Kind.values}
    assert kinds == {"deficiency": 42, "rejection": 30, "deduction": 12}
    assert not Reason.objects.filter(advice="").exists()
    places = {reason.section for reason in shipped.reasons("deficiency")}
    assert places == {"basics", "details", "documents", "mobile"}
    assert Reason.objects.get(code="DEF22").document_type.code == "physician_order"


def test_orders_and_invoices_are_known_as_such(shipped):
    orders = DocumentType.objects.filter(is_order=True).values_list("title", flat=True)
    assert set(orders) == {"دستور پزشک", "کپی نسخه"}
    for service_type in shipped.service_types:
        rules = RequiredDocument.objects.filter(service_type=service_type, is_required=True)
        assert rules.filter(document_type__is_invoice=True, service=None).exists(), service_type


def test_usual_amounts_are_ranges(shipped):
    for service_type in ServiceType.objects.all():
        assert 0 < service_type.usual_from_amount < service_type.usual_to_amount


def test_a_second_time_adds_nothing(shipped):
    assert not any(seed.load().values())


def test_a_second_time_costs_few_statements(shipped, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        seed.load()


def test_what_staff_changed_stays(shipped):
    ServiceType.objects.filter(code="visit").update(title="ویزیت و مشاوره", is_enabled=False)
    RequiredDocument.objects.filter(service_type__code="visit").delete()
    seed.load()
    assert ServiceType.objects.get(code="visit").title == "ویزیت و مشاوره"
    assert not RequiredDocument.objects.filter(service_type__code="visit").exists()


def test_a_refresh_sets_texts_back_and_leaves_switches(shipped):
    ServiceType.objects.filter(code="visit").update(title="ویزیت و مشاوره", is_enabled=False)
    seed.load(refresh=True)
    visit = ServiceType.objects.get(code="visit")
    assert (visit.title, visit.is_enabled) == ("ویزیت", False)


def test_a_row_that_is_gone_comes_back_with_its_rules(shipped):
    Service.objects.filter(code="dental_implant").delete()
    counts = seed.load()
    assert counts["services"] == 1
    assert RequiredDocument.objects.filter(service__code="dental_implant", is_required=True).count() == 4


def test_the_operators_own_centres_are_left_alone(shipped):
    MedicalCentre.objects.exclude(source_id="demo-dental-1").delete()
    seed.load()
    assert MedicalCentre.objects.count() == 1


@pytest.mark.django_db
def test_the_command_says_what_it_added(capsys):
    call_command("load_catalogue")
    assert "31 provinces" in capsys.readouterr().out
    call_command("load_catalogue")
    assert "complete" in capsys.readouterr().out
