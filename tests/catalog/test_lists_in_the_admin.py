"""Staff bring centres and services in as a workbook or as text: looked through first, then written."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from catalog import tables
from catalog.models import DocumentType, MedicalCentre, RequiredDocument, Service, ServiceType
from catalog.tables import catalogue
from tests import cast

CENTRES = ["نام", "نوع مرکز", "استان", "شهر"]
SERVICES = ["نوع خدمت", "خدمت", "کد", "راهنما", "مدارک اجباری", "مدارک اختیاری", "ترتیب", "فعال"]


@pytest.fixture(autouse=True)
def _reads_anew():
    yield
    tables.forget()


@pytest.fixture
def keeper(client, shipped):
    client.force_login(cast.make_staff("keeper", "هما نادری", "مدیر کاتالوگ"))
    return client


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def send(keeper):
    def send(model, *rows, name="list.xlsx", content=None, **values):
        file = SimpleUploadedFile(name, content or workbook(*rows))
        answer = keeper.post(reverse(f"admin:catalog_{model}_import"), values | {"file": file})
        assert answer.status_code == 200
        return answer

    return send


def counts(answer) -> dict:
    return dict(answer.context["report"].counts)


def test_the_list_leads_to_the_import(keeper):
    for model in ("medicalcentre", "service"):
        url = reverse(f"admin:catalog_{model}_import")
        assert f'href="{url}"' in keeper.get(reverse(f"admin:catalog_{model}_changelist")).content.decode()
        assert ".xlsx" in keeper.get(url).content.decode()


@pytest.mark.parametrize("group", ["پشتیبان", "کارشناس خسارت"])
def test_who_may_not_change_the_catalogue_is_not_let_in(client, shipped, group):
    client.force_login(cast.make_staff("reader", "رامین توکلی", group))
    for model in ("medicalcentre", "service"):
        assert client.get(reverse(f"admin:catalog_{model}_import")).status_code == 403


class TestCentres:
    ROWS = (CENTRES, ["داروخانه نو ۲", "داروخانه", "فارس", "شیراز"], [], ["داروخانه دیگر", "قصر", "فارس", ""])

    def test_a_workbook_is_looked_through_and_then_brought_in(self, send):
        page = send("medicalcentre", *self.ROWS).content.decode()
        assert "چیزی ثبت نشده است" in page and "نوع مرکز را یکی از نوع‌های کاتالوگ بنویسید" in page
        assert ">۴</td>" in page
        assert not MedicalCentre.objects.filter(name="داروخانه نو ۲").exists()

        done = send("medicalcentre", *self.ROWS, commit="on")
        assert counts(done) == {"new": 1, "changed": 0, "same": 0, "refused": 1}
        assert MedicalCentre.objects.get(name="داروخانه نو ۲").city == "شیراز"

    def test_the_same_again_changes_nothing(self, send):
        send("medicalcentre", *self.ROWS, commit="on")
        assert counts(send("medicalcentre", *self.ROWS, commit="on"))["same"] == 1

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_text_is_read_whatever_parts_its_cells(self, send, mark):
        content = "\n".join(mark.join(row) for row in self.ROWS[:2]).encode("utf-8-sig")
        assert counts(send("medicalcentre", name="list.csv", content=content))["new"] == 1

    def test_a_missing_column_is_named_once(self, send):
        page = send("medicalcentre", ["نام", "شهر"], ["داروخانه نو", "شیراز"]).content.decode()
        assert "ستون «نوع مرکز»، «استان» در سطر نخست نیست" in page

    def test_a_dangerous_workbook_is_refused_with_its_reason(self, send):
        import zipfile

        file = io.BytesIO(workbook(*self.ROWS))
        with zipfile.ZipFile(file, "a") as book:
            book.writestr("xl/vbaProject.bin", b"macro")
        assert "ماکرو" in send("medicalcentre", content=file.getvalue()).content.decode()


class TestServices:
    def row(self, **given):
        values = dict.fromkeys(SERVICES, None) | {"نوع خدمت": "ویزیت", "خدمت": "ویزیت از راه دور"} | given
        return [values[name] for name in SERVICES]

    def test_a_new_service_is_on_offer_with_its_papers(self, send, django_capture_on_commit_callbacks):
        new = self.row(
            **{"مدارک اجباری": "قبض (فاکتور)", "مدارک اختیاری": "eprescription_printout", "ترتیب": 30}
        )
        assert counts(send("service", SERVICES, new))["new"] == 1
        assert not Service.objects.filter(title="ویزیت از راه دور").exists()

        with django_capture_on_commit_callbacks(execute=True):
            send("service", SERVICES, new, commit="on")

        service = Service.objects.get(title="ویزیت از راه دور")
        assert (service.service_type.code, service.sort, service.is_enabled) == ("visit", 30, True)
        rules = RequiredDocument.objects.filter(service=service).values_list(
            "document_type__code", "is_required"
        )
        assert list(rules) == [("invoice", True), ("eprescription_printout", False)]
        assert service in catalogue().all(Service)
        assert counts(send("service", SERVICES, new, commit="on"))["same"] == 1

    def test_a_known_service_is_changed_and_what_is_left_out_stays(self, send):
        before = Service.objects.get(code="visit_gp")
        papers = set(RequiredDocument.objects.filter(service=before).values_list("pk", flat=True))
        changed = self.row(کد="visit_gp", خدمت="ویزیت پزشک خانواده", فعال="خیر")

        assert counts(send("service", SERVICES, changed, commit="on"))["changed"] == 1

        after = Service.objects.get(code="visit_gp")
        assert (after.pk, after.title, after.is_enabled, after.sort) == (
            before.pk,
            "ویزیت پزشک خانواده",
            False,
            before.sort,
        )
        assert set(RequiredDocument.objects.filter(service=after).values_list("pk", flat=True)) == papers

    def test_papers_take_the_place_of_those_before(self, send):
        first, then = (self.row(**{"مدارک اجباری": papers}) for papers in ("invoice، report", "invoice"))
        send("service", SERVICES, first, commit="on")
        send("service", SERVICES, then, commit="on")
        service = Service.objects.get(title="ویزیت از راه دور")
        tables.forget()
        assert service.pk and DocumentType.objects.filter(requireddocument__service=service).count() == 1

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"نوع خدمت": "جادو"}, "نوع خدمت را همان‌گونه که در کاتالوگ است"),
            ({"خدمت": None}, "نام خدمت را بنویسید"),
            ({"کد": "کد فارسی"}, "حرف و رقم لاتین"),
            ({"کد": "visit_gp", "نوع خدمت": "داروی پزشک عمومی، متخصص و فوق‌تخصص"}, "از آنِ خدمتی زیر «ویزیت»"),
            ({"مدارک اجباری": "کارت گربه"}, "«کارت گربه» در «نوع‌های مدرک» نیست"),
            ({"ترتیب": "سوم"}, "ترتیب را با رقم بنویسید"),
            ({"فعال": "شاید"}, "«بله» یا «خیر»"),
            ({"راهنما": "ر" * 301}, "حداکثر ۳۰۰ حرف"),
        ],
    )
    def test_a_row_that_cannot_be_taken_says_what_to_mend(self, send, given, sentence):
        other = next(iter(ServiceType.objects.exclude(code="visit")))
        given = {
            key: other.title if key == "نوع خدمت" and value != "جادو" else value
            for key, value in given.items()
        }
        answer = send("service", SERVICES, self.row(**given), commit="on")
        assert sentence in answer.content.decode()
        assert counts(answer) == {"new": 0, "changed": 0, "same": 0, "refused": 1}

    def test_a_service_that_comes_twice_is_told(self, send):
        answer = send("service", SERVICES, self.row(), self.row())
        assert "سطر دیگری از همین فایل" in answer.content.decode()
