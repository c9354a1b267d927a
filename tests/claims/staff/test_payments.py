"""The finance office: batches for the bank, the bank's answer, payments by hand, and what bounces."""

import csv
import io

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from claims import lifecycle, payments, sheets
from claims.models import ClaimEvent, PaymentBatch, Status
from members.models import Enrolment
from notifications.models import Message
from tests.cast import IBAN

OFFICE = "admin:claims_paymentbatch_changelist"


@pytest.fixture
def approved(cast, submitted):
    lifecycle.take(submitted, by=cast.reviewer)
    lifecycle.approve(submitted, by=cast.reviewer)
    submitted.refresh_from_db()
    return submitted


@pytest.fixture
def batch(cast, approved) -> PaymentBatch:
    made = payments.make_batch(by=cast.finance)
    approved.refresh_from_db()
    return made


def table(*rows, headings=("کد رهگیری", "نتیجه", "شمارهٔ پیگیری", "علت")) -> SimpleUploadedFile:
    return SimpleUploadedFile("bank.csv", sheets.comma_separated(list(headings), [list(row) for row in rows]))


def send(office, file):
    return office.client.post(reverse("admin:claims_paymentbatch_result"), {"file": file})


def commit(office, examined):
    return office.client.post(reverse("admin:claims_paymentbatch_result"), {"rows": examined.context["rows"]})


def test_a_batch_holds_what_is_approved_and_its_file_the_primarys_account(office, approved):
    page = office.client.get(reverse(OFFICE)).content.decode()
    made = office.client.post(reverse("admin:claims_paymentbatch_new"))
    batch = PaymentBatch.objects.get()
    workbook = office.client.get(reverse("admin:claims_paymentbatch_file", args=[batch.pk, "xlsx"]))
    rows = list(load_workbook(io.BytesIO(workbook.content)).active.values)

    assert approved.tracking_code in page
    assert made.url == reverse("admin:claims_paymentbatch_change", args=[batch.pk])
    assert (batch.count, batch.total_amount, batch.by) == (1, approved.payable_amount, office.user)
    assert rows[1][:4] == (approved.tracking_code, IBAN, "مریم کاظمی‌نیا", approved.payable_amount)
    assert "attachment" in workbook["Content-Disposition"]
    assert LogEntry.objects.get(changes__act__1="export").actor == office.user


def test_no_claim_stands_in_two_batches(office, batch):
    answer = office.client.post(reverse("admin:claims_paymentbatch_new"), follow=True)

    assert payments.NOTHING_DUE in answer.content.decode()
    assert PaymentBatch.objects.count() == 1


def test_without_an_account_nothing_is_handed_over(cast, office, approved):
    Enrolment.objects.filter(person=cast.maryam.person).update(iban="")

    page = office.client.get(reverse(OFFICE)).content.decode()
    answer = office.client.post(reverse("admin:claims_paymentbatch_new"), follow=True)

    assert "ثبت نشده" in page
    assert payments.NOTHING_DUE in answer.content.decode()


def test_no_cell_of_a_file_is_a_formula():
    names = ["=1+1", "@cmd", "+98", "-1", "\tx", "مریم", 12]

    written = sheets.comma_separated(["نام"], [[name] for name in names]).decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(written))][1:]

    assert cells == ["'=1+1", "'@cmd", "'+98", "'-1", "'\tx", "مریم", "12"]
    book = load_workbook(io.BytesIO(sheets.workbook(["نام"], [[name] for name in names])))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_the_banks_answer_is_examined_before_anything_is_written(office, batch, approved):
    examined = send(office, table((approved.tracking_code, "موفق", "884120", "")))

    approved.refresh_from_db()
    assert examined.context["ready"] == 1
    assert approved.status == Status.APPROVED

    commit(office, examined)

    approved.refresh_from_db()
    batch.refresh_from_db()
    assert (approved.status, approved.payment_reference) == (Status.PAID, "884120")
    assert batch.result_imported_at
    assert Message.objects.filter(kind="claim_paid").count() == 1


def test_the_same_answer_twice_pays_once(office, batch, approved):
    examined = send(office, table((approved.tracking_code, "موفق", "884120", "")))
    commit(office, examined)

    again = commit(office, examined)
    anew = send(office, table((approved.tracking_code, "موفق", "884120", "")))

    assert again.context["ready"] == 0
    assert "پیش‌تر" in anew.content.decode()
    assert approved.events.filter(verb=ClaimEvent.Verb.PAID).count() == 1


def test_what_bounced_waits_for_a_new_account(office, batch, approved):
    commit(office, send(office, table((approved.tracking_code, "ناموفق", "", "حساب بسته است"))))

    approved.refresh_from_db()
    assert (approved.status, approved.payment_failure) == (Status.PAYMENT_FAILED, "حساب بسته است")
    assert Message.objects.filter(kind="claim_payment_failed").count() == 1

    lifecycle.mend_iban(approved, by=approved.filed_by, iban=IBAN)
    again = payments.make_batch(by=office.user)
    assert list(again.claims.all()) == [approved]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("1234567890", "موفق", "1", ""), "درخواستی با این کد رهگیری نیست"),
        (("{code}", "شاید", "1", ""), "باید «موفق» یا «ناموفق» باشد"),
        (("{code}", "موفق", "", ""), "شمارهٔ پیگیری ندارد"),
    ],
)
def test_a_row_that_says_nothing_clear_is_left_alone(office, batch, approved, row, sentence):
    row = [cell.format(code=approved.tracking_code) for cell in row]

    answer = send(office, table(row))

    assert sentence in answer.content.decode()
    assert answer.context["ready"] == 0


def test_a_batch_stays_what_it_was_after_the_bank_has_answered(cast, office, batch, approved):
    url = reverse("admin:claims_paymentbatch_file", args=[batch.pk, "csv"])
    first = office.client.get(url).content
    commit(office, send(office, table((approved.tracking_code, "ناموفق", "", "حساب بسته است"))))
    lifecycle.mend_iban(approved, by=approved.filed_by, iban="IR062960000000100324200001")

    assert office.client.get(url).content == first
    page = office.client.get(reverse("admin:claims_paymentbatch_change", args=[batch.pk])).content.decode()
    assert approved.tracking_code in page


def test_another_amount_than_ours_is_not_taken(office, batch, approved):
    answer = send(
        office,
        table(
            (approved.tracking_code, "موفق", "77", "1000"),
            headings=("کد رهگیری", "نتیجه", "شمارهٔ پیگیری", "مبلغ"),
        ),
    )

    assert "یکی نیست" in answer.content.decode()


def test_a_claim_outside_every_batch_is_not_paid_by_a_file(office, approved):
    answer = send(office, table((approved.tracking_code, "موفق", "77", "")))

    assert "در هیچ دستهٔ پرداختی نیست" in answer.content.decode()


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"PK\x03\x04 nothing", "نام,مبلغ\nالف,۱".encode(), b"\xff\xfe\xfd"]
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(office, batch, content):
    answer = send(office, SimpleUploadedFile("bank.xlsx", content))

    assert answer.status_code == 200
    assert "outcomes" not in answer.context


def test_rows_changed_on_the_way_are_refused(office, batch):
    answer = office.client.post(reverse("admin:claims_paymentbatch_result"), {"rows": "forged"})

    assert "دوباره بفرستید" in answer.content.decode()


def test_a_payment_and_a_bounce_by_hand(office, approved):
    assert "ثبت پرداخت" in office.page()
    refused = office.act("pay", {"pay-reference": ""}).content.decode()
    assert "شمارهٔ پیگیری بانک" in refused

    office.act("pay", {"pay-reference": "990"})
    assert (office.claim.status, office.claim.payment_reference) == (Status.PAID, "990")
    office.act("bounce", {"bounce-cause": "شبا نادرست"})

    assert office.claim.status == Status.PAYMENT_FAILED


@pytest.mark.parametrize("name", ["changelist", "new", "result"])
def test_only_the_finance_office_enters(desk, name):
    method = desk.client.post if name == "new" else desk.client.get

    assert method(reverse(f"admin:claims_paymentbatch_{name}")).status_code == 403


def test_officers_record_no_payment(desk, approved):
    answer = desk.act("pay", {"pay-reference": "990"})

    assert "دسترسی ندارید" in answer.content.decode()
    assert desk.claim.status == Status.APPROVED
