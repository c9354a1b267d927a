"""Money and objections: nothing is paid twice, nothing is forgotten, whatever comes first."""

import pytest
from django.urls import reverse

from catalog.models import Contract, Reason
from claims import lifecycle, payments
from claims.lifecycle.officer import Cut
from claims.models import Status
from notifications.models import Message
from portal.lib.text import persian_digits
from tests.cast import IBAN, SUPERVISORS, make_staff
from tests.claims.staff.conftest import Desk
from tests.claims.staff.test_decisions import cuts

CLAIMED, FIRST, REST = 1_510_000, 1_000_000, 510_000


class Money:
    """One claim on its way between officers, member and bank."""

    def __init__(self, cast, claim):
        self.cast, self.claim = cast, claim

    def decided(self, *, by, cut=0):
        lifecycle.take(self.claim, by=by)
        reason = Reason.objects.filter(kind="deduction").first()
        lifecycle.approve(self.claim, by=by, cuts=[Cut(reason, cut)] if cut else [])
        return self.now()

    def paid(self, reference):
        payments.make_batch(by=self.cast.finance)
        lifecycle.pay(self.claim, by=self.cast.finance, reference=reference)
        return self.now()

    def bounced(self):
        lifecycle.fail_payment(self.claim, by=self.cast.finance, cause="حساب بسته است.")
        return self.now()

    def objected(self):
        lifecycle.object_to(self.claim, by=self.cast.maryam, text="کم است")
        return self.now()

    def now(self):
        self.claim.refresh_from_db()
        return self.claim

    @property
    def due(self) -> list[int]:
        return [one.amount for one in payments.due(payments.waiting())]


@pytest.fixture
def money(cast, submitted) -> Money:
    return Money(cast, submitted)


@pytest.fixture
def objected(money, cast):
    """Paid with a cut, objected to."""
    money.decided(by=cast.reviewer, cut=REST)
    money.paid("1")
    money.objected()
    return money


def test_only_the_rest_is_due_and_told(objected, colleague, office):
    objected.decided(by=colleague.user)

    assert objected.due == [REST]
    assert payments.sums() == {"count": 1, "total": REST}
    objected.paid("2")
    told = Message.objects.filter(kind="claim_paid").order_by("pk").values_list("text", flat=True)
    assert ["1,000,000" in told[0], "510,000" in told[1]] == [True, True]


def test_a_rest_that_bounced_is_the_rest_again(objected, colleague, cast):
    objected.decided(by=colleague.user)
    payments.make_batch(by=cast.finance)
    objected.bounced()
    lifecycle.mend_iban(objected.claim, by=cast.maryam, iban=IBAN)

    assert objected.due == [REST]
    assert objected.paid("2").status == Status.PAID
    assert objected.due == []


def test_what_came_back_altogether_is_due_altogether(objected, colleague, cast):
    objected.decided(by=colleague.user)
    objected.paid("2")
    objected.bounced()
    lifecycle.mend_iban(objected.claim, by=cast.maryam, iban=IBAN)

    assert objected.due == [REST]


def test_a_payment_that_comes_back_during_the_objection_is_due_again(objected, colleague):
    assert objected.bounced().status == Status.UNDER_REVIEW
    objected.decided(by=colleague.user)

    assert objected.due == [CLAIMED]


def test_approved_again_for_what_was_paid_it_is_paid(objected, colleague):
    claim = objected.decided(by=colleague.user, cut=REST)

    assert (claim.status, claim.payment_reference) == (Status.PAID, "1")
    assert objected.due == []
    assert Message.objects.filter(kind="claim_paid").count() == 1


def test_no_objection_takes_back_what_was_paid(objected, colleague):
    colleague.act("take")

    less = colleague.act("approve", cuts(("DED01", str(REST + 10_000)))).content.decode()
    rejected = colleague.act("reject", {"reject-reason": "REJ01"}).content.decode()

    assert "مبلغ تأیید نمی‌تواند از آن کمتر باشد" in less
    assert "نمی‌توان آن را رد کرد" in rejected
    assert objected.now().status == Status.UNDER_REVIEW


def test_no_objection_while_the_bank_has_it(money, cast, filling):
    money.decided(by=cast.reviewer)
    payments.make_batch(by=cast.finance)
    url = reverse("claims:object", args=[money.claim.code])

    asked = filling.client.get(url, follow=True).content.decode()
    sent = filling.client.post(url, {"text": "کم است"}, follow=True).content.decode()

    for page in (asked, sent):
        assert "به بانک سپرده شده است" in page
    assert money.now().status == Status.APPROVED
    lifecycle.pay(money.claim, by=cast.finance, reference="9")
    filling.client.post(url, {"text": "کم است"})
    assert money.now().status == Status.UNDER_REVIEW


def test_what_is_objected_to_first_is_in_no_batch(money, cast):
    money.decided(by=cast.reviewer)
    money.objected()

    with pytest.raises(payments.Refused):
        payments.make_batch(by=cast.finance)


def test_nothing_left_to_pay_is_a_rejection(desk):
    answer = desk.act("approve", cuts(("DED01", str(CLAIMED)))).content.decode()

    assert "درخواست را «رد» کنید" in answer
    assert desk.claim.status == Status.UNDER_REVIEW


def test_who_gave_the_first_approval_does_not_decide_the_objection(money, cast):
    Contract.objects.update(second_approval_above=1)
    money.decided(by=cast.reviewer)
    money.decided(by=cast.supervisor)
    money.objected()

    for one in (cast.reviewer, cast.supervisor):
        with pytest.raises(lifecycle.Refused):
            lifecycle.take(money.claim, by=one)
    third = Desk(make_staff("third", "سارا کیان", SUPERVISORS), money.claim)
    third.act("take")
    assert money.now().officer == third.user


def test_the_office_adds_up_what_is_due(objected, colleague, office):
    objected.decided(by=colleague.user)

    page = office.client.get(reverse("admin:claims_paymentbatch_changelist")).content.decode()

    assert f"<dd>{persian_digits('510')}٬{persian_digits('000')} <small>ریال</small></dd>" in page
