"""«اطلاعات اولیه»: wrong days, contracts and people are refused with the reason before anything is photographed."""

from datetime import timedelta

import pytest

from claims.models import Claim
from portal.lib import dates
from tests.cast import enrol, make_contract


def page_of(answer):
    assert answer.status_code == 200
    assert not Claim.objects.exists()
    return answer.content.decode()


def test_a_date_is_typed_in_any_usual_way(filling):
    today = dates.today()
    for typed in (
        dates.short(today),
        dates.long(today),
        f"{today.year}-{today.month}-{today.day}",
        f"{today.day}/{today.month}/{today.year}",
        today.strftime("%Y%m%d"),
    ):
        assert filling.start(service_date=typed).status_code == 302
        assert filling.claim.service_date.togregorian() == today.togregorian()


def test_a_date_in_the_future_is_refused_and_what_was_typed_is_kept(filling):
    tomorrow = dates.short(dates.today() + timedelta(days=1))

    page = page_of(filling.start(service_date=tomorrow))

    assert "تاریخ مراجعه نمی‌تواند در آینده باشد" in page
    assert tomorrow in page
    assert 'href="#id_service_date"' in page


def test_a_date_outside_the_contract_is_refused_with_its_dates(filling):
    before = filling.cast.contract.start_date - timedelta(days=1)

    page = page_of(filling.start(service_date=dates.short(before)))

    assert dates.long(filling.cast.contract.start_date) in page
    assert "تاریخ را بررسی کنید یا بیمه‌نامهٔ دیگری برگزینید." in page


def test_a_date_of_another_contract_is_refused_with_its_name(filling):
    end = filling.cast.contract.start_date - timedelta(days=1)
    earlier = make_contract("EARLIER", title="پارسال", start_date=end - timedelta(days=300), end_date=end)
    enrol(filling.cast.maryam.person, earlier)

    page = page_of(filling.start(service_date=dates.short(end)))

    assert "این تاریخ در بیمه‌نامهٔ «پارسال» است؛ آن را برگزینید." in page
    assert filling.start(service_date=dates.short(end), contract="").status_code == 302
    assert filling.claim.contract == earlier


def test_a_date_outside_the_persons_own_cover_is_refused(filling):
    enrolment = filling.cast.enrolment_of(filling.cast.child)
    enrolment.cover_start = dates.today()
    enrolment.save()
    yesterday = dates.short(dates.today() - timedelta(days=1))

    page = page_of(filling.start(service_date=yesterday, insured=filling.cast.child.pk))

    assert "پوشش آوا حسینی طباطبایی در این قرارداد" in page


def test_a_stranger_cannot_be_chosen(filling):
    page = page_of(filling.start(insured=filling.cast.stranger.person_id))

    assert "بیمه‌شده" in page


def test_a_contract_without_electronic_claims_is_not_offered(filling):
    closed = make_contract("CLOSED", e_claims=False)
    enrol(filling.cast.maryam.person, closed)

    page_of(filling.start(contract=closed.pk))


@pytest.mark.parametrize("is_refused", [True, False])
def test_past_the_deadline_it_is_refused_where_the_contract_says_so_and_warned_elsewhere(filling, is_refused):
    contract = filling.cast.contract
    contract.submission_days_after_service = 10
    contract.late_is_refused = is_refused
    contract.save()
    old = dates.short(dates.today() - timedelta(days=11))

    answer = filling.start(service_date=old)

    if is_refused:
        assert "این قرارداد ارسال دیرهنگام را نمی‌پذیرد" in page_of(answer)
    else:
        page = filling.client.get(filling.url("basics")).content.decode()
        assert "می‌توانید بفرستید، ولی شاید پذیرفته نشود" in page


@pytest.mark.parametrize(
    "junk", ["x" * 10_000, "\0", "‮۱۴۰۳/۰۸/۲۲x", "😀", "<b>1</b>", "'; DROP TABLE", "%%_\\", "۱۴۰۳/۱۳/۰۱"]
)
def test_nonsense_is_answered_with_a_sentence(filling, junk):
    page_of(filling.start(service_date=junk, contract=junk, insured=junk))


def test_a_mark_of_the_page_that_is_none_is_told_without_its_name(filling):
    filling.start()

    page = filling.client.post(filling.url("basics"), filling.basics(seen="x" * 10_000)).content.decode()

    assert "این صفحه قدیمی شده است" in page
    assert "Seen" not in page
