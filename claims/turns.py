"""Whose turn it is with a claim, and by when: what its page, the list and the home page say of that."""

from dataclasses import dataclass

from django.urls import reverse

from claims.lifecycle.clock import kept_until
from claims.lifecycle.member import (
    PRIMARY_MENDS,
    TOO_LATE,
    days_to_answer,
    is_answer_late,
    may_mend_iban,
    may_object,
)
from claims.lifecycle.money import is_decided_anew
from claims.models import Claim, Status
from claims.steps import Wizard
from members.access import enrolments_of
from members.models import Enrolment
from portal.lib import dates
from portal.lib.text import persian_digits

WITH_OFFICERS = (Status.SUBMITTED, Status.UNDER_REVIEW)
YOUR_TURN = "نوبت شماست"
MEND_IBAN, GIVE_IBAN = "اصلاح شمارهٔ شبا", "ثبت شمارهٔ شبا"
GIVE_ORIGINALS = "اصل مدارک را به «{branch}» برسانید."
PRIMARY_GIVES = "مبلغ تأیید شد. بیمه‌شدهٔ اصلی باید از «حساب من» شمارهٔ شبا را ثبت کند تا پرداخت شود."
TOLD = {
    Status.SUBMITTED: "درخواست شما در صف رسیدگی است. فعلاً کاری از شما لازم نیست.",
    Status.UNDER_REVIEW: "کارشناس مدارک شما را بررسی می‌کند. فعلاً کاری از شما لازم نیست.",
    Status.APPROVED: "مبلغ در نوبت پرداخت است. فعلاً کاری از شما لازم نیست.",
    Status.PAID: "این درخواست به پایان رسیده است.",
    Status.REJECTED: "رسیدگی به پایان رسیده است.",
    Status.WITHDRAWN: "شما از این درخواست انصراف دادید. می‌توانید درخواست تازه‌ای ثبت کنید.",
    Status.EXPIRED: "مهلت رفع نقص گذشت. اگر هنوز به آن نیاز دارید، درخواست تازه‌ای ثبت کنید.",
}
OBJECTED = "کارشناس دیگری اعتراض شما را بررسی می‌کند. فعلاً کاری از شما لازم نیست."
MAY_OBJECT = " اگر نمی‌پذیرید، می‌توانید یک بار اعتراض کنید."


@dataclass(frozen=True, slots=True)
class Now:
    """What happens now; where the member is waited for, the way there."""

    text: str
    is_turn: bool = False
    url: str = ""
    label: str = ""

    @property
    def tone(self) -> str:
        """Saffron where the member is waited for; else only told."""
        return "turn" if self.is_turn else "told"


def now(claim: Claim, member) -> Now:
    if claim.status == Status.DEFICIENT:
        if is_answer_late(claim):
            return Now(TOO_LATE)
        return turn("نقص‌های اعلام‌شده را برطرف کنید و دوباره بفرستید.")
    if claim.status == Status.PAYMENT_FAILED:
        if not may_mend_iban(claim, member):
            return Now(PRIMARY_MENDS)
        return turn("شمارهٔ شبا را درست کنید تا دوباره پرداخت شود.", iban_url(claim), MEND_IBAN)
    if awaits_originals(claim):
        return turn(GIVE_ORIGINALS.format(branch=branch_of(claim)))
    if lacks_iban(claim, member):
        if not may_mend_iban(claim, member):
            return Now(PRIMARY_GIVES)
        return turn("شمارهٔ شبا را ثبت کنید تا مبلغ پرداخت شود.", iban_url(claim), GIVE_IBAN)
    if is_decided_anew(claim):
        return Now(OBJECTED)
    return Now(
        TOLD[claim.status] + (MAY_OBJECT if claim.status == Status.REJECTED and may_object(claim) else "")
    )


def turn(text: str, url: str = "", label: str = "") -> Now:
    return Now(f"{YOUR_TURN}: {text}", True, url, label)


def iban_url(claim: Claim) -> str:
    return reverse("claims:iban", args=[claim.code])


@dataclass(frozen=True, slots=True)
class Arrival:
    """The head of the page after sending, which may be opened again at any time."""

    title: str
    lead: str
    is_fresh: bool = False


def arrival(claim: Claim, now: Now) -> Arrival:
    if claim.status not in WITH_OFFICERS or claim.objected_at:
        return Arrival("رسید درخواست شما", "" if now.is_turn else now.text)
    lead = "کد رهگیری را نگه دارید." if now.is_turn else f"از اینجا به بعد کار با ماست. {now.text}"
    if claim.round > 1:
        return Arrival("اصلاحات شما ارسال شد", lead, True)
    return Arrival("درخواست شما ثبت شد", lead, True)


# --- what is waited for ---


def awaits_originals(claim: Claim) -> bool:
    return claim.status in WITH_OFFICERS and claim.lacks_originals


def branch_of(claim: Claim):
    """Where originals go: the office of the home province, else the province itself."""
    return claim.home_province.branch or claim.home_province.title


def lacks_iban(claim: Claim, member) -> bool:
    """Approved, and nobody can be paid."""
    if claim.status != Status.APPROVED or claim.is_paper or claim.payment_batch_id:
        return False
    if may_mend_iban(claim, member):
        return claim.contract_id in without_iban(enrolments_of(member))
    of_insured = Enrolment.objects.filter(person=claim.insured_id, contract=claim.contract_id)
    primary = Enrolment.objects.filter(person__in=of_insured.values("primary"), contract=claim.contract_id)
    return primary.filter(iban="").exists()


def without_iban(enrolments) -> set[int]:
    """Contracts in which the one who sees these is to be paid, and has given no account."""
    return {one.contract_id for one in enrolments if one.person_id == one.primary_id and not one.iban}


# --- the rows of the list and of the home page ---

DRAFT = "پیش‌نویس، "


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something the member is waited for: the sentence in saffron, what it is about, and the way there."""

    claim: Claim
    when: str
    icon_name: str
    title: str
    text: str
    url: str
    label: str
    # Until when a draft is kept.
    kept: str = ""

    @property
    def row_url(self) -> str:
        """In the list only a draft is gone on with; every other row leads to its claim."""
        return self.url if self.claim.is_draft else self.claim.get_absolute_url()

    @property
    def line(self) -> str:
        """Beside the badge, which says «پیش‌نویس» already: how far, and what is missing."""
        return f"{self.when.removeprefix(DRAFT)}: {self.text}" if self.claim.is_draft else self.when

    @property
    def row_label(self) -> str:
        return self.label if self.claim.is_draft else "جزئیات درخواست"


def waiting(claim: Claim, member) -> Waiting:
    """What the list and the home page say of a claim that waits for its member."""
    if claim.status == Status.DRAFT:
        return waiting_draft(claim, member)
    if claim.status == Status.DEFICIENT:
        return waiting_deficient(claim)
    if claim.status in WITH_OFFICERS:
        return waiting_originals(claim)
    if claim.status == Status.APPROVED:
        return Waiting(
            claim,
            "شمارهٔ شبا را ثبت کنید تا مبلغ پرداخت شود",
            "credit-card",
            claim.title,
            "درخواست تأیید شد، ولی شمارهٔ شبای شما ثبت نشده است.",
            iban_url(claim),
            GIVE_IBAN,
        )
    return waiting_payment(claim, member)


def waiting_deficient(claim: Claim) -> Waiting:
    left = f"{persian_digits(days_to_answer(claim))} روز مانده"
    return Waiting(
        claim,
        f"تا {dates.long(claim.answer_until)}، {'مهلت گذشته است' if is_answer_late(claim) else left}",
        "clock",
        f"رفع نقص: {claim.title}",
        "کارشناس نقص‌هایی اعلام کرده است؛ آن‌ها را برطرف کنید و دوباره بفرستید.",
        claim.get_absolute_url(),
        "ادامهٔ اصلاح",
    )


def waiting_originals(claim: Claim) -> Waiting:
    return Waiting(
        claim,
        "اصل مدارک را به شعبه برسانید",
        "file-text",
        claim.title,
        GIVE_ORIGINALS.format(branch=branch_of(claim)),
        claim.get_absolute_url(),
        "نشانی شعبه",
    )


def waiting_payment(claim: Claim, member) -> Waiting:
    if not may_mend_iban(claim, member):
        return Waiting(
            claim,
            "بیمه‌شدهٔ اصلی باید شمارهٔ شبا را درست کند",
            "credit-card",
            claim.title,
            claim.payment_failure or "بانک پرداخت را برگرداند.",
            claim.get_absolute_url(),
            "جزئیات درخواست",
        )
    return Waiting(
        claim,
        "شمارهٔ شبا را درست کنید تا دوباره پرداخت شود",
        "credit-card",
        claim.title,
        claim.payment_failure or "بانک پرداخت را برگرداند.",
        iban_url(claim),
        MEND_IBAN,
    )


def waiting_draft(claim: Claim, member) -> Waiting:
    wizard = Wizard(claim, member)
    step = wizard.first_incomplete()
    number, title = (step.number, step.title) if step else (wizard.review_number, "تأیید نهایی")
    if step is None:
        text = "همه چیز آماده است؛ بررسی کنید و بفرستید."
    elif step.has_begun:
        text = step.problems()[0]
    else:
        text = f"«{title}» هنوز پر نشده است."
    return Waiting(
        claim,
        f"{DRAFT}مرحلهٔ {persian_digits(number)} از {persian_digits(wizard.review_number)}",
        "pencil-line",
        claim.title,
        text,
        wizard.next_url(),
        "ادامهٔ پیش‌نویس",
        f"این پیش‌نویس تا {dates.long(kept_until(claim))} نگه داشته می‌شود.",
    )
