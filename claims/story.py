"""A claim told to its member: what happened, what comes next, and what is to be mended (whose turn it is: turns.py)."""

from dataclasses import dataclass

from claims import places, rounds
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
    if event.verb in (Verb.PAYMENT_FAILED, Verb.IBAN_MENDED):
        return event.note
    return ""


def what_next(claim: Claim, *, is_turn: bool = False) -> list[dict]:
    """Oldest first: state is done, now, turn or todo. Nothing for a claim that goes nowhere any more."""
    if claim.status not in AT:
        return []
    to_decision, to_payment = usual_days()
    place = AT[claim.status]
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
    here = "turn" if is_turn else "now"
    return [
        {
            "title": title,
            "text": text,
            "state": "done" if number < place else here if number == place else "todo",
        }
        for number, (title, text) in enumerate(steps)
    ]


# How far a claim has come, by the steps of `what_next`.
AT = {
    Status.SUBMITTED: 1,
    Status.UNDER_REVIEW: 1,
    Status.DEFICIENT: 2,
    Status.APPROVED: 3,
    Status.PAYMENT_FAILED: 3,
    Status.PAID: 4,
}


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
