"""Who acts now is said where members look: on the home page, in the list, on the claim and after sending."""

from datetime import timedelta

import pytest
from django.urls import reverse

from catalog import tables
from catalog.models import Branch, Contract, Province, Reason
from claims import lifecycle
from claims.lifecycle.officer import Cut, FoundDeficiency
from claims.models import Claim, Status
from members import account
from members.models import Enrolment
from notifications.models import Message, MessageTemplate
from portal.lib import dates
from tests.cast import REVIEWERS, make_staff

IBAN = "IR062960000000100324200001"


def page(filling, url) -> str:
    return filling.client.get(url).content.decode()


def everywhere(filling) -> list[str]:
    """Home, list, the claim's page."""
    return [page(filling, url) for url in ("/", reverse("claims:list"), filling.claim.get_absolute_url())]


def taken(filling, **basics) -> Claim:
    claim = filling.submitted(**basics)
    lifecycle.take(claim, by=filling.cast.reviewer)
    return claim


def approved(filling, **basics) -> Claim:
    claim = taken(filling, **basics)
    lifecycle.approve(claim, by=filling.cast.reviewer)
    claim.refresh_from_db()
    return claim


def deficient(filling) -> Claim:
    claim = taken(filling)
    reason = Reason.objects.get(code="DEF04")
    lifecycle.mark_deficient(claim, by=filling.cast.reviewer, found=[FoundDeficiency(reason, reason.title)])
    claim.refresh_from_db()
    return claim


def rejection(**given) -> Reason:
    return Reason.objects.filter(kind="rejection", **given).first()


# --- no account to pay to ---


def test_approved_without_an_iban_it_is_the_members_turn(filling):
    Enrolment.objects.update(iban="")
    approved(filling)

    home, listed, detail = everywhere(filling)
    assert "۱ کار در انتظار شماست." in home
    for shown in (home, listed, detail):
        assert "شمارهٔ شبا را ثبت کنید" in shown
    assert filling.url("iban") in home
    assert filling.url("iban") in detail

    filling.post("iban", {"iban": IBAN})

    assert filling.cast.enrolment_of(filling.cast.maryam).iban == IBAN
    assert "فعلاً کاری در انتظار شما نیست." in page(filling, "/")
    assert "مبلغ در نوبت پرداخت است" in page(filling, filling.claim.get_absolute_url())


def test_a_dependant_reads_who_gives_it(filling):
    Enrolment.objects.update(iban="")
    approved(filling, insured=filling.cast.husband.person_id)
    filling.client.force_login(filling.cast.husband)

    assert "بیمه‌شدهٔ اصلی باید" in page(filling, filling.claim.get_absolute_url())
    assert "فعلاً کاری در انتظار شما نیست." in page(filling, "/")


def test_with_an_iban_nobody_waits(filling):
    approved(filling)

    assert "فعلاً کاری در انتظار شما نیست." in page(filling, "/")


def test_an_iban_changed_in_the_account_moves_what_came_back(filling):
    claim = approved(filling)
    lifecycle.fail_payment(claim, by=filling.cast.finance, cause="حساب بسته است.")

    account.change_iban(filling.cast.maryam, contract=filling.cast.contract, iban=IBAN)

    claim.refresh_from_db()
    assert (claim.status, claim.payment_batch) == (Status.APPROVED, None)
    assert Message.objects.filter(kind="iban_changed").count() == 1


# --- paper originals ---


@pytest.fixture
def branch(filling):
    Branch.objects.update(address="تهران، خیابان نمونه، پلاک ۸", phone="02188000000")
    tables.forget()
    return Province.objects.get(code="IR-23").branch


def test_originals_that_were_asked_for_are_waited_for_with_an_address(filling, branch):
    lifecycle.request_originals(taken(filling), by=filling.cast.reviewer)

    home, listed, detail = everywhere(filling)
    assert "۱ کار در انتظار شماست." in home
    for shown in (home, listed, detail):
        assert "اصل مدارک را به" in shown
    assert branch.address in detail
    assert branch.phone in detail

    lifecycle.receive_originals(filling.claim, by=filling.cast.reviewer)
    assert "فعلاً کاری در انتظار شما نیست." in page(filling, "/")


def test_a_contract_that_always_wants_them_says_so_from_the_start(filling, branch):
    Contract.objects.update(originals=Contract.Originals.ALWAYS)
    filling.start()
    assert "در این قرارداد اصل مدارک همیشه لازم است" in page(filling, filling.url("details"))

    filling.submitted()
    for shown in (page(filling, filling.url("submitted")), page(filling, filling.claim.get_absolute_url())):
        assert "در این قرارداد اصل مدارک همیشه لازم است" in shown
        assert branch.address in shown


@pytest.mark.parametrize("end", ["reject", "expire", "withdraw"])
def test_of_a_claim_that_has_ended_no_originals_are_asked(filling, end):
    claim = taken(filling)
    lifecycle.request_originals(claim, by=filling.cast.reviewer)
    if end == "reject":
        lifecycle.reject(claim, by=filling.cast.reviewer, reason=rejection())
    else:
        reason = Reason.objects.get(code="DEF04")
        lifecycle.mark_deficient(claim, by=filling.cast.reviewer, found=[FoundDeficiency(reason, "مبلغ")])
        Claim.objects.filter(pk=claim.pk).update(answer_until=dates.today() - timedelta(days=1))
        lifecycle.expire(claim) if end == "expire" else lifecycle.withdraw(claim, by=filling.cast.maryam)

    for shown in everywhere(filling):
        assert "اصل مدارک را به شعبه" not in shown
        assert "نوبت شماست" not in shown


# --- objections ---


def test_an_objection_is_offered_only_where_it_is_possible(filling):
    claim = taken(filling)
    lifecycle.reject(claim, by=filling.cast.reviewer, reason=rejection(is_appealable=True))
    url = claim.get_absolute_url()
    assert "می‌توانید یک بار اعتراض کنید" in page(filling, url)

    lifecycle.object_to(claim, by=filling.cast.maryam, text="نادرست است")
    other = make_staff("other", "آرش نیک‌سیرت", REVIEWERS)
    assert "اعتراض شما را بررسی می‌کند" in page(filling, url)
    lifecycle.take(claim, by=other)
    lifecycle.reject(claim, by=other, reason=rejection(is_appealable=True))
    assert "می‌توانید یک بار اعتراض کنید" not in page(filling, url)


def test_what_cannot_be_objected_to_does_not_offer_it(filling):
    claim = taken(filling)
    lifecycle.reject(claim, by=filling.cast.reviewer, reason=rejection(is_appealable=False))

    assert "اعتراض کنید" not in page(filling, claim.get_absolute_url())


def test_the_result_objected_to_is_no_longer_the_result(filling):
    claim = taken(filling)
    cut = Cut(Reason.objects.filter(kind="deduction").first(), 10_000)
    lifecycle.approve(claim, by=filling.cast.reviewer, cuts=[cut])
    assert '<h2 id="decision">نتیجه</h2>' in page(filling, claim.get_absolute_url())

    lifecycle.object_to(claim, by=filling.cast.maryam, text="کم است")

    shown = page(filling, claim.get_absolute_url())
    assert '<h2 id="decision">نتیجهٔ پیشین</h2>' in shown
    assert "از نو بررسی می‌شود" in shown or "از نو بررسی می‌کند" in shown


# --- after sending, opened again ---


def test_the_page_after_sending_says_what_is_true_now(filling):
    filling.submitted()
    url = filling.url("submitted")
    assert "درخواست شما ثبت شد" in page(filling, url)

    lifecycle.take(filling.claim, by=filling.cast.reviewer)
    reason = Reason.objects.get(code="DEF04")
    found = [FoundDeficiency(reason, reason.title)]
    lifecycle.mark_deficient(filling.claim, by=filling.cast.reviewer, found=found)
    shown = page(filling, url)
    assert "از اینجا به بعد کار با ماست" not in shown
    assert "نوبت شماست" in shown
    assert "step--turn" in shown

    filling.post("details", filling.details(paid_amount="1600000", centre=filling.claim.centre_id))
    filling.post("review", {"submit": "1"})
    assert "اصلاحات شما ارسال شد" in page(filling, url)

    lifecycle.take(filling.claim, by=filling.cast.reviewer)
    lifecycle.reject(filling.claim, by=filling.cast.reviewer, reason=rejection())
    shown = page(filling, url)
    assert "از اینجا به بعد کار با ماست" not in shown
    assert "چه می‌شود؟" not in shown


# --- the last day, and the hours after it ---


def test_after_the_last_day_nothing_is_taken_although_the_clock_has_not_closed_it(filling):
    claim = deficient(filling)
    filling.post("details", filling.details(paid_amount="1600000", centre=claim.centre_id))
    Claim.objects.filter(pk=claim.pk).update(answer_until=dates.today() - timedelta(days=1))

    for shown in everywhere(filling):
        assert "-۱ روز" not in shown
        assert "مهلت" in shown
    sent = filling.client.post(filling.url("review"), {"submit": "1"}, follow=True).content.decode()

    claim.refresh_from_db()
    assert "مهلت رفع نقص گذشته است" in sent
    assert claim.status == Status.DEFICIENT


def test_on_the_last_day_it_is_still_taken(filling):
    claim = deficient(filling)
    Claim.objects.filter(pk=claim.pk).update(answer_until=dates.today())
    filling.post("details", filling.details(paid_amount="1600000", centre=claim.centre_id))

    filling.post("review", {"submit": "1"})

    assert filling.claim.status == Status.SUBMITTED


def test_that_a_deadline_has_passed_is_told_in_the_morning(db):
    assert MessageTemplate.objects.get(kind="claim_expired").queue == "reminders"


# --- many things at once ---


def test_all_that_waits_can_be_seen(filling):
    for _ in range(21):
        filling.start()
    url = reverse("claims:list")

    home = page(filling, "/")
    assert "بیش از ۱۰ کار در انتظار شماست." in home
    assert "waiting=all" in home
    assert page(filling, url).count("claim-title") == 20
    assert "waiting=all" in page(filling, url)
    assert page(filling, f"{url}?waiting=all").count("claim-title") == 21
