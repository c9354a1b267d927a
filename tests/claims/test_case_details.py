"""«جزئیات پرونده»: where, how much, for what; odd values warn, wrong ones are refused."""

import pytest

from catalog.models import MedicalCentre
from claims.models import Claim
from tests.claims.conftest import Filling


@pytest.fixture
def begun(filling) -> Filling:
    filling.start()
    return filling


def refused(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_everything_is_stored_in_one_normal_form(begun):
    begun.post(
        "details",
        begun.details(
            service="mri",
            paid_amount="۱۸,۵۰۰,۰۰۰ ریال",
            has_eprescription="yes",
            eprescription_code=" ۷۳۴۰ ۱۸۶۲۹۵ ",
            medical_council_number="۱۰۳۷۳۳",
            notes="كمي توضيح",
        )
        | {"service": next(one.code for one in service_codes("imaging"))},
    )

    claim = begun.claim
    assert claim.paid_amount == 18_500_000
    assert claim.eprescription_code == "7340186295"
    assert claim.medical_council_number == "103733"
    assert claim.notes == "کمی توضیح"


def service_codes(service_type):
    from catalog.models import Service

    return Service.objects.filter(service_type__code=service_type, is_enabled=True)


def test_the_mandatory_fields_are_named_one_by_one_and_nothing_typed_is_lost(begun):
    page = refused(begun.post("details", {"paid_amount": "صد", "notes": "می‌ماند"}))

    for label in ("استان محل سکونت", "نوع خدمت", "بیمهٔ پایه", "نسخهٔ الکترونیک"):
        assert f"«{label}» را انتخاب کنید." in page
    assert "مبلغ را به ریال و بزرگ‌تر از صفر وارد کنید." in page
    assert "می‌ماند" in page and "صد" in page


def test_the_code_is_asked_only_of_who_has_an_e_prescription(begun):
    page = refused(begun.post("details", begun.details(has_eprescription="yes")))
    assert "«شناسهٔ نسخهٔ الکترونیک» را وارد کنید." in page

    begun.post("details", begun.details(has_eprescription="no", eprescription_code="left over"))
    assert begun.claim.has_eprescription is False
    assert begun.claim.eprescription_code == ""


def test_a_service_of_another_type_is_refused(begun):
    other = service_codes("visit").first()

    page = refused(begun.post("details", begun.details(service=other.code)))

    assert "خدمت را دوباره انتخاب کنید" in page


def test_a_centre_not_in_the_directory_is_named_with_its_city(begun):
    page = refused(begun.post("details", begun.details(centre="", centre_text="", centre_missing="on")))
    assert "«نام مرکز درمانی»" in page and "«شهر مرکز درمانی»" in page

    missing = {"centre": "", "centre_missing": "on", "centre_name": "درمانگاه امید نو", "centre_city": "ری"}
    begun.post("details", begun.details(**missing))

    assert begun.claim.centre is None
    assert begun.claim.centre_title == "درمانگاه امید نو، ری"


def test_a_centre_that_is_typed_but_not_chosen_is_asked_for(begun):
    page = refused(begun.post("details", begun.details(centre="", centre_text="بیمارستان")))

    assert "«مرکز درمانی» را از فهرست انتخاب کنید" in page


@pytest.mark.parametrize("centre", ["999999999", "x", "1; DROP", "۱۲" * 40])
def test_a_centre_that_does_not_exist_is_refused(begun, centre):
    assert "مرکز" in refused(begun.post("details", begun.details(centre=centre)))


def test_without_javascript_a_name_typed_over_the_chosen_centre_is_not_taken_for_it(begun):
    begun.post("details", begun.details())
    chosen, other = begun.claim.centre, MedicalCentre.objects.exclude(pk=begun.claim.centre_id).last()

    page = refused(begun.post("details", begun.details(centre_text=other.name)))

    assert "با مرکزی که پیش‌تر انتخاب شده بود یکی نیست" in page
    assert other.name in page
    assert f'value="{chosen.pk}"' not in page
    assert refused(begun.post("details", begun.details(centre_text="")))
    assert begun.claim.centre == chosen


def test_a_chosen_centre_may_stand_with_arabic_letters_and_other_spaces(begun):
    centre = MedicalCentre.objects.filter(name__contains="ی").first()
    written = centre.label.replace("ی", "ي").replace(" ", "  ")

    assert begun.post("details", begun.details(centre=centre.pk, centre_text=written)).status_code == 302


def test_without_javascript_what_was_typed_waits_while_the_centre_is_searched(begun):
    values = begun.details(centre="", centre_text="امام خمینی", paid_amount="نامعلوم", find_centre="1")

    away = begun.post("details", values)
    assert away.url.startswith("/centres/?for=")

    centre = MedicalCentre.objects.filter(name__contains="امام خمینی").first()
    page = begun.client.get(f"{begun.url('details')}?centre={centre.pk}").content.decode()
    assert "نامعلوم" in page
    assert centre.name in page
    assert begun.claim.centre is None


def test_the_council_number_is_mandatory_where_the_contract_says_so(begun):
    contract = begun.cast.contract
    contract.council_number_required = True
    contract.save()

    assert "«کد نظام پزشکی» را وارد کنید." in refused(begun.post("details", begun.details()))


def test_an_odd_council_number_and_an_improbable_amount_warn_but_pass(begun):
    begun.post("details", begun.details(paid_amount="9000", medical_council_number="abc"))

    page = begun.client.get(begun.url("details")).content.decode()
    assert "شاید به تومان نوشته باشید" in page
    assert "شکل معمول را ندارد" in page


def test_no_stored_amount_is_warned_of_beside_the_one_that_was_just_typed(begun):
    begun.post("details", begun.details(paid_amount="9000"))

    page = refused(begun.post("details", begun.details(paid_amount="1510000", home_province="")))

    assert "شاید به تومان نوشته باشید" not in page


def test_what_looked_odd_is_said_on_the_next_page_not_after_the_photos(begun):
    answer = begun.client.post(begun.url("details"), begun.details(paid_amount="9000"), follow=True)

    assert answer.redirect_chain[-1][0] == begun.url("documents")
    assert "شاید به تومان نوشته باشید" in answer.content.decode()


def test_the_same_prescription_in_an_earlier_claim_is_told(filling):
    prescribed = {"has_eprescription": "yes", "eprescription_code": "81271"}
    filling.start()
    filling.post("details", filling.details(**prescribed))
    filling.add_documents()
    filling.confirm_mobile()
    filling.post("review", {"submit": "1"})
    first = filling.claim.tracking_code

    filling.start()
    filling.post("details", filling.details(paid_amount="7000000", **prescribed))

    page = filling.client.get(filling.url("documents")).content.decode()
    assert f'همین شناسهٔ نسخهٔ الکترونیک در درخواست دیگری (کد رهگیری <bdi dir="ltr">{first}</bdi>)' in page


def test_an_earlier_claim_that_looks_the_same_is_named(filling):
    code = filling.submitted().tracking_code

    second = Filling(filling.client, filling.cast)
    second.start()
    values = second.details(centre=filling.claim.centre_id)
    second.post("details", values)

    assert code in second.client.get(second.url("details")).content.decode()
    assert Claim.objects.count() == 2


@pytest.mark.parametrize("name", ["home_province", "service_type", "base_insurer", "paid_amount", "notes"])
@pytest.mark.parametrize(
    "junk", ["ج" * 10_000, "\0", "‮", "😀", "<script>alert(1)</script>", "' OR 1=1 --", "%%_\\"]
)
def test_nonsense_never_ends_in_an_error_of_the_server(begun, name, junk):
    answer = begun.post("details", begun.details(**{name: junk}))

    assert answer.status_code in (200, 302)
    assert "<script>alert(1)" not in begun.client.get(begun.url("details")).content.decode()
