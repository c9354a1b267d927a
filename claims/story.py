"""A claim told to its member: what happened, what happens now, who acts, and by when."""

from dataclasses import dataclass

from django.urls import reverse

from claims import places, rounds
from claims.lifecycle.clock import kept_until
from claims.lifecycle.member import days_to_answer, may_mend_iban
from claims.models import Claim, ClaimEvent, Status
from claims.steps import STEPS, Wizard
from claims.steps.wizard import step_url
from claims.usual import usual_days
from portal.lib import dates
from portal.lib.text import persian_digits

Verb = ClaimEvent.Verb
SECTIONS = {step.name: step.title for step in STEPS}

# What a member need not read: officers' housekeeping.
BEHIND_THE_SCENES = {
    Verb.RELEASED,
    Verb.PRE_APPROVED,
    Verb.TITLE_CORRECTED,
    Verb.CENTRE_MERGED,
    Verb.MEDICAL_REVIEW,
}
ICONS = {
    Verb.ORIGINALS_REQUESTED: "file-text",
    Verb.ORIGINALS_RECEIVED: "inbox",
    Verb.OBJECTED: "flag",
}
TITLES = {
    Verb.RESUBMITTED: "اصلاحات شما ارسال شد",
    Verb.TAKEN: "در حال رسیدگی",
    Verb.MARKED_DEFICIENT: "نقص دارد، نیاز به ویرایش",
}


@dataclass(frozen=True, slots=True)
class Happening:
    status: str
    icon_name: str
    title: str
    text: str
    at: object


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


def timeline(events: list[ClaimEvent]) -> list[Happening]:
    """Newest first, without what goes on behind the scenes."""
    return [
        Happening(
            status="" if event.verb in ICONS else event.status_after,
            icon_name=ICONS.get(event.verb, ""),
            title=TITLES.get(event.verb, event.get_verb_display()),
            text=sentence_of(event),
            at=event.at,
        )
        for event in reversed(events)
        if event.verb not in BEHIND_THE_SCENES
    ]


def sentence_of(event: ClaimEvent) -> str:
    if event.verb == Verb.MARKED_DEFICIENT:
        return f"کارشناس {persian_digits(event.details['count'])} نقص اعلام کرد."
    if event.verb == Verb.ORIGINALS_REQUESTED:
        return f"اصل مدارک را به «{event.details['branch']}» برسانید."
    if event.verb == Verb.PAYMENT_FAILED:
        return event.note
    return ""


def what_next(claim: Claim) -> list[dict]:
    """Oldest first: state is done, now, turn or todo."""
    to_decision, to_payment = usual_days()
    place = PLACES.get(claim.status, 0)
    steps = [
        ("ثبت شد", dates.moment(claim.submitted_at or claim.created_at)),
        (
            "در حال رسیدگی",
            f"کارشناس خسارت مدارک را می‌بیند. معمولاً تا {persian_digits(to_decision)} روز نتیجه می‌دهد.",
        ),
        (
            "نتیجه",
            "نتیجه را پیامک می‌کنیم. اگر نقصی باشد، "
            f"{persian_digits(claim.contract.answer_days)} روز برای اصلاح فرصت دارید.",
        ),
        ("پرداخت", f"به شمارهٔ شبای بیمه‌شدهٔ اصلی، معمولاً {persian_digits(to_payment)} روز پس از تأیید."),
    ]
    return [
        {
            "title": title,
            "text": text,
            "state": "done" if number < place else "now" if number == place else "todo",
        }
        for number, (title, text) in enumerate(steps)
    ]


PLACES = {Status.SUBMITTED: 1, Status.UNDER_REVIEW: 1, Status.APPROVED: 3, Status.PAID: 4}

YOUR_TURN = "نوبت شماست"
NOW = {
    Status.SUBMITTED: "درخواست شما در صف رسیدگی است. فعلاً کاری از شما لازم نیست.",
    Status.UNDER_REVIEW: "کارشناس مدارک شما را بررسی می‌کند. فعلاً کاری از شما لازم نیست.",
    Status.APPROVED: "مبلغ در نوبت پرداخت است. فعلاً کاری از شما لازم نیست.",
    Status.PAID: "این درخواست به پایان رسیده است.",
    Status.REJECTED: "رسیدگی به پایان رسیده است. اگر نمی‌پذیرید، می‌توانید یک بار اعتراض کنید.",
    Status.WITHDRAWN: "شما از این درخواست انصراف دادید. می‌توانید درخواست تازه‌ای ثبت کنید.",
    Status.EXPIRED: "مهلت رفع نقص گذشت. اگر هنوز به آن نیاز دارید، درخواست تازه‌ای ثبت کنید.",
    Status.DEFICIENT: f"{YOUR_TURN}: نقص‌های اعلام‌شده را برطرف کنید و دوباره بفرستید.",
    Status.PAYMENT_FAILED: f"{YOUR_TURN}: شمارهٔ شبا را درست کنید تا دوباره پرداخت شود.",
}


def happening_now(claim: Claim) -> str:
    if claim.originals_requested_at and not claim.originals_received_at:
        return f"{YOUR_TURN}: اصل مدارک را به شعبه برسانید."
    return NOW[claim.status]


def tone_now(claim: Claim) -> str:
    """Saffron where the member is waited for; else only told."""
    return "turn" if happening_now(claim).startswith(YOUR_TURN) else "told"


def deficiency_rows(claim: Claim) -> list[dict]:
    papers = Wizard(claim, None)["documents"]
    return [
        {
            "section": deficiency.section,
            "place": place_of(deficiency),
            "sentence": deficiency.text,
            "advice": deficiency.advice,
            "cured": mended,
            "url": url_of(claim, deficiency, papers),
            "label": "اصلاح تصویر" if deficiency.section == "documents" else "اصلاح",
            "icon_name": "camera" if deficiency.section == "documents" else "pencil-line",
        }
        for deficiency, mended in rounds.deficiencies_with_state(claim)
    ]


def place_of(one) -> str:
    """Of a deficiency, or of a coded reason for one."""
    place = SECTIONS.get(one.section, "درخواست")
    if one.document_type:
        return f"{place}، {one.document_type.title}"
    label = places.label_of(one.field)
    return f"{place}، {label}" if label else place


def url_of(claim: Claim, deficiency, papers) -> str:
    """Straight to the place: the step, and in it the field, the image or the slot."""
    section = (
        deficiency.section if deficiency.section in ("basics", "details", "documents", "mobile") else "basics"
    )
    url = step_url(claim, section)
    if section == "documents":
        return url + fragment_of(deficiency, papers)
    if deficiency.field in places.PLACES:
        return f"{url}#{places.PLACES[deficiency.field].html_id}"
    return url


def fragment_of(deficiency, papers) -> str:
    """The image itself while it is there, else the slot of its paper where the page has one."""
    if deficiency.document_id in {one.pk for one in papers.documents}:
        return f"#image-{deficiency.document_id}"
    paper = deficiency.document_type
    if paper and paper.pk in {slot.document_type.pk for slot in papers.slots}:
        return f"#slot-{paper.code}"
    return ""


def waiting(claim: Claim, member) -> Waiting:
    """What the list and the home page say of a claim that waits for its member."""
    if claim.status == Status.DRAFT:
        return waiting_draft(claim, member)
    if claim.status == Status.DEFICIENT:
        left = days_to_answer(claim)
        return Waiting(
            claim,
            f"تا {dates.long(claim.answer_until)}، {persian_digits(max(left, 0))} روز مانده",
            "clock",
            f"رفع نقص: {claim.title}",
            "کارشناس نقص‌هایی اعلام کرده است؛ آن‌ها را برطرف کنید و دوباره بفرستید.",
            claim.get_absolute_url(),
            "ادامهٔ اصلاح",
        )
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
        reverse("claims:iban", args=[claim.code]),
        "اصلاح شمارهٔ شبا",
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
