"""Staff keep the catalogue in the admin; what they save is in force at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog import tables
from catalog.models import Contract, MedicalCentre, RequiredDocument, Service, ServiceType
from catalog.tables import catalogue
from portal.lib import dates
from tests import cast

MODELS = [
    "baseinsurer",
    "branch",
    "centretype",
    "contract",
    "documenttype",
    "insurer",
    "medicalcentre",
    "membershiptype",
    "province",
    "reason",
    "service",
    "servicetype",
]


@pytest.fixture
def keeper(client, shipped, settings):
    """Somebody who may change everything in the catalogue, past the second factor."""
    settings.STAFF_SECOND_FACTOR = False
    account = cast.make_staff("keeper", "هما نادری", is_superuser=True)
    client.force_login(account)
    return client


def admin_url(model, page="changelist", *args):
    return reverse(f"admin:catalog_{model}_{page}", args=args)


def posted(page):
    """The form of a page, as a browser would send it back."""
    values = {}
    form = page.context["adminform"].form
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    forms = [
        form,
        *(one.management_form for one in formsets),
        *(row for one in formsets for row in one.forms),
    ]
    for one in forms:
        for field in one:
            value = field.value()
            if value is not None and value is not False:
                values[field.html_name] = "on" if value is True else value
    return values


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_its_first_row_open(keeper, model, django_assert_max_num_queries):
    cast.make_contract()
    keeper.get(admin_url(model))
    with django_assert_max_num_queries(10):
        page = keeper.get(admin_url(model))
    assert page.status_code == 200
    row = page.context["cl"].result_list[0]
    assert keeper.get(admin_url(model, "change", row.pk)).status_code == 200
    assert keeper.get(admin_url(model, "add")).status_code == 200


def test_the_admin_is_closed_to_members(client, cast):
    client.force_login(cast.maryam)
    for model in MODELS:
        assert client.get(admin_url(model)).status_code in (302, 403)
    assert client.get(admin_url("medicalcentre", "import")).status_code in (302, 403)


def test_a_saved_title_is_in_force_at_once(keeper, django_capture_on_commit_callbacks):
    visit = ServiceType.objects.get(code="visit")
    url = admin_url("servicetype", "change", visit.pk)
    with django_capture_on_commit_callbacks(execute=True):
        answer = keeper.post(url, posted(keeper.get(url)) | {"title": "ویزیت پزشک"})
    assert answer.status_code == 302
    assert catalogue().coded(ServiceType, "visit").title == "ویزیت پزشک"


def test_a_contract_takes_jalali_dates_and_amounts_in_any_digits(keeper):
    contract = cast.make_contract()
    url = admin_url("contract", "change", contract.pk)
    answer = keeper.post(
        url,
        posted(keeper.get(url))
        | {"start_date": "۱۴۰۳/۰۸/۰۱", "end_date": "1404-07-30", "second_approval_above": "۵۰٬۰۰۰٬۰۰۰"},
    )
    assert answer.status_code == 302
    contract = Contract.objects.get(pk=contract.pk)
    assert (dates.short(contract.start_date), dates.short(contract.end_date)) == ("۱۴۰۳/۰۸/۰۱", "۱۴۰۴/۰۷/۳۰")
    assert contract.second_approval_above == 50_000_000


def test_a_rule_of_a_service_stands_under_its_type(keeper):
    service = Service.objects.get(code="lab_hormone")
    invoice = RequiredDocument.objects.first().document_type
    url = admin_url("service", "change", service.pk)
    values = posted(keeper.get(url)) | {
        "requireddocument_set-TOTAL_FORMS": 1,
        "requireddocument_set-0-document_type": invoice.pk,
        "requireddocument_set-0-is_required": "on",
        "requireddocument_set-0-sort": 1,
    }
    assert keeper.post(url, values).status_code == 302
    rule = RequiredDocument.objects.get(service=service)
    assert (rule.service_type, rule.contract) == (service.service_type, None)


def test_a_document_asked_twice_is_told(keeper):
    visit = ServiceType.objects.get(code="visit")
    url = admin_url("servicetype", "change", visit.pk)
    values = posted(keeper.get(url))
    row = int(values["requireddocument_set-TOTAL_FORMS"])
    values |= {
        "requireddocument_set-TOTAL_FORMS": row + 1,
        f"requireddocument_set-{row}-document_type": values["requireddocument_set-0-document_type"],
        f"requireddocument_set-{row}-service_type": visit.pk,
        f"requireddocument_set-{row}-sort": 9,
    }
    answer = keeper.post(url, values)
    assert answer.status_code == 200
    assert "این مدرک دو بار آمده است" in answer.content.decode()


def test_centres_are_searched_as_members_search_them(keeper):
    page = keeper.get(admin_url("medicalcentre"), {"q": "پرتونگار تصویر برداری"})
    assert [centre.name for centre in page.context["cl"].result_list] == ["مرکز تصویربرداری پرتونگار مهر"]


def test_a_list_is_looked_through_before_it_is_brought_in(keeper):
    def sent(**values):
        rows = "نام,نوع مرکز,استان,شهر\nداروخانه نو,داروخانه,فارس,شیراز\n,داروخانه,فارس,شیراز\n"
        values["file"] = SimpleUploadedFile("centres.csv", rows.encode("utf-8-sig"))
        return keeper.post(admin_url("medicalcentre", "import"), values).content.decode()

    page = sent()
    assert "چیزی ثبت نشده است" in page
    assert "نام مرکز را بنویسید" in page
    assert not MedicalCentre.objects.filter(name="داروخانه نو").exists()
    assert "ثبت شد" in sent(commit="on")
    assert MedicalCentre.objects.filter(name="داروخانه نو").count() == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04", b"\x00" * 100, b'"' * 200_000])
def test_a_file_that_is_no_list_is_answered_with_a_sentence(keeper, content):
    file = SimpleUploadedFile("centres.csv", content)
    answer = keeper.post(admin_url("medicalcentre", "import"), {"file": file, "commit": "on"})
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode() or "پذیرفته‌نشده" in answer.content.decode()


@pytest.fixture(autouse=True)
def _reads_anew():
    yield
    tables.forget()


def test_what_staff_type_is_kept_in_one_form(keeper):
    contract = cast.make_contract()
    url = admin_url("contract", "change", contract.pk)
    typed = {"number": "۱۴۰۵-٠٠۷", "title": "قرارداد  شركت نمونه‌اي", "answer_days": "۴۵"}

    assert keeper.post(url, posted(keeper.get(url)) | typed).status_code == 302

    contract.refresh_from_db()
    assert (contract.number, contract.title) == ("1405-007", "قرارداد شرکت نمونه‌ای")
    assert contract.answer_days == 45


def test_a_field_for_a_number_lets_persian_digits_be_typed(keeper):
    page = keeper.get(admin_url("contract", "add")).content.decode()

    assert 'type="number"' not in page
    assert 'type="number"' not in keeper.get(admin_url("service")).content.decode()


@pytest.mark.parametrize(
    ("model", "text"),
    [
        ("documenttype", "فاكتور"),
        ("province", "يزد"),
        ("service", "سونوگرافي"),
        ("contract", "۱۴۰۵-۰۰۷"),
        ("contract", "طرح ۲"),
        ("contract", "طرح 2"),
    ],
)
def test_staff_find_whatever_keyboard_they_type_on(keeper, model, text):
    contract = cast.make_contract()
    Contract.objects.filter(pk=contract.pk).update(number="1405-007", title="قرارداد طرح ۲")

    page = keeper.get(admin_url(model), {"q": text})

    assert page.context["cl"].result_list
