"""Cases decided on paper: examined, kept once, read by their member, touched by no payment of ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims import payments, sheets
from claims.models import Claim, ClaimEvent, Status
from notifications.models import Message
from portal.lib import dates

HEADINGS = [
    "شمارهٔ پرونده", "کد ملی", "شمارهٔ قرارداد", "تاریخ خدمت", "نوع خدمت", "مبلغ (ریال)", "قابل پرداخت (ریال)",
    "علت کسر", "توضیح کسر", "علت رد", "تاریخ پرداخت",
]  # fmt: skip


@pytest.fixture
def office(cast, catalogue):
    client = Client()
    client.force_login(cast.finance)
    return client


@pytest.fixture
def row(cast):
    """One row of the list; `row(3, "…")` changes a cell."""

    def made(*changes):
        today = dates.short(dates.today())
        cells = ["P-118", cast.child.national_id, cast.contract.number, today, "خدمات دندان‌پزشکی", "2000000"]
        cells += ["1500000", "DED02", "تعرفه", "", today]
        for place, value in changes:
            cells[place] = value
        return cells

    return made


def send(office, *rows):
    file = SimpleUploadedFile("paper.xlsx", sheets.workbook(HEADINGS, [list(one) for one in rows]))
    return office.post(reverse("admin:claims_paymentbatch_paper"), {"file": file})


def commit(office, *rows):
    examined = send(office, *rows)
    return office.post(reverse("admin:claims_paymentbatch_paper"), {"rows": examined.context["rows"]})


def only_type(catalogue):
    return catalogue.service_types[0].title


def test_the_dry_run_writes_nothing(office, row, catalogue):
    answer = send(office, row((4, only_type(catalogue))))

    assert [one.sentence for one in answer.context["outcomes"]] == ["وارد می‌شود."]
    assert not Claim.objects.exists()


def test_a_paid_case_is_read_by_the_household(office, row, catalogue, cast):
    commit(office, row((4, only_type(catalogue))))

    claim = Claim.objects.get()
    assert (claim.status, claim.source, claim.payable_amount) == (Status.PAID, "paper", 1_500_000)
    assert [one.amount for one in claim.deductions.all()] == [500_000]
    assert claim.events.get().verb == ClaimEvent.Verb.PAPER_KEPT
    assert not Message.objects.exists()
    member = Client()
    member.force_login(cast.maryam)
    assert "کاغذی" in member.get(reverse("claims:cases")).content.decode()
    assert member.get(claim.get_absolute_url()).status_code == 200


def test_the_desk_can_show_it(office, row, catalogue):
    commit(office, row((4, only_type(catalogue))))

    answer = office.get(reverse("admin:claims_claim_change", args=[Claim.objects.get().code]))

    assert answer.status_code == 200
    assert "P-118" in answer.content.decode()


def test_the_same_list_twice_changes_nothing(office, row, catalogue):
    kept = row((4, only_type(catalogue)))
    commit(office, kept)

    again = commit(office, kept, kept)

    assert {one.sentence for one in again.context["outcomes"]} == {
        "پیش‌تر وارد شده است.",
        "این پرونده در همین فهرست تکرار شده است.",
    }
    assert Claim.objects.count() == 1


def test_a_case_is_paid_later_on_paper_and_never_by_our_batches(office, row, catalogue, cast):
    unpaid = row((4, only_type(catalogue)), (10, ""))
    commit(office, unpaid)
    assert Claim.objects.get().status == Status.APPROVED
    with pytest.raises(payments.Refused):
        payments.make_batch(by=cast.finance)

    commit(office, row((4, only_type(catalogue))))

    claim = Claim.objects.get()
    assert (claim.status, claim.paid_at is not None) == (Status.PAID, True)


def test_a_rejected_case_says_why(office, row, catalogue):
    commit(office, row((4, only_type(catalogue)), (6, ""), (9, "REJ01"), (10, "")))

    claim = Claim.objects.get()
    assert (claim.status, claim.rejection_reason.code) == (Status.REJECTED, "REJ01")


def test_what_is_decided_is_not_decided_again_by_a_list(office, row, catalogue):
    commit(office, row((4, only_type(catalogue))))

    answer = commit(office, row((4, only_type(catalogue)), (5, "3000000")))

    assert "عوض نمی‌شود" in answer.content.decode()
    assert Claim.objects.get().paid_amount == 2_000_000


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (0, "", "شمارهٔ پرونده را بنویسید"),
        (1, "1234567890", "کد ملی"),
        (1, "0990009999", "کد ملی"),
        (2, "NONE-1", "قراردادی با این شماره نیست"),
        (3, "فردا", "مانند ۱۴۰۳/۰۸/۲۲"),
        (3, "1499/01/01", "در آینده است"),
        (4, "پرواز", "نوع خدمت"),
        (5, "=1+1", "به ریال و با رقم"),
        (6, "9000000", "بیشتر باشد"),
        (7, "REJ01", "در فهرست علت‌ها نیست"),
        (9, "REJ01", "تاریخ پرداخت ندارد"),
    ],
)
def test_a_row_with_a_slip_says_what_to_mend(office, row, catalogue, place, value, sentence):
    answer = send(office, row((4, only_type(catalogue)), (place, value)))

    assert sentence in answer.context["outcomes"][0].sentence
    assert answer.context["ready"] == 0


def test_officers_import_no_cases(cast, catalogue):
    client = Client()
    client.force_login(cast.reviewer)

    assert client.get(reverse("admin:claims_paymentbatch_paper")).status_code == 403
