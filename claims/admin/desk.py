"""Everything the review desk shows of one claim, read in a fixed number of statements."""

from functools import cached_property

from catalog import search
from catalog.models import Contract
from claims import rounds, story
from claims.admin import comparison, history
from claims.admin.decision import Decision
from claims.admin.papers import Paper, papers_of
from claims.admin.queue import age_of
from claims.forms import officer as forms
from claims.lifecycle import household
from claims.models import Claim, ClaimEvent, Status
from claims.steps import Wizard
from claims.steps.step import Row
from members.models import Enrolment
from portal.lib.text import persian_digits, stored

ROUNDS = {2: "بار دوم", 3: "بار سوم", 4: "بار چهارم", 5: "بار پنجم"}


def claim_of(code: str) -> Claim:
    """A submitted claim with all it points to; drafts are their member's own."""
    return (
        Claim.objects.exclude(status=Status.DRAFT)
        .select_related(
            "insured",
            "contract",
            "contract__insurer",
            "centre",
            "service_type",
            "service",
            "home_province__branch",
            "officer",
            "decided_by",
            "filed_by",
            "first_approval_by",
            "rejection_reason",
            "payment_batch",
        )
        .get(code=code)
    )


class Desk:
    """`bound`: the forms of an act that was refused, see Decision."""

    def __init__(self, request, claim: Claim, *, bound: dict | None = None, tab: str = "") -> None:
        self.request = request
        self.claim = claim = rounds.as_sent(claim)
        self.user = request.user
        self.bound = bound or {}
        self.wizard = Wizard(claim, claim.filed_by)
        self.tab = "" if claim.is_paper and tab == "deficient" else tab

    # --- who may do what ---

    @cached_property
    def may_review(self) -> bool:
        return self.user.has_perm("claims.review_claim")

    @cached_property
    def is_not_theirs(self) -> str:
        """Why this person, who handles others, may not handle this claim at all, in a sentence."""
        handles = self.may_review or self.user.has_perm("claims.pay_claim")
        return household.why_not(self.claim.insured_id, self.user) if handles else ""

    @property
    def is_in_hand(self) -> bool:
        return self.claim.status == Status.UNDER_REVIEW and self.claim.officer_id == self.user.pk

    @property
    def may_decide(self) -> bool:
        return self.is_in_hand and self.may_review and not self.is_not_theirs

    @property
    def may_take(self) -> bool:
        waits = self.claim.status in (Status.SUBMITTED, Status.UNDER_REVIEW)
        return waits and self.claim.officer_id is None and self.may_review and not self.is_not_theirs

    @property
    def may_release(self) -> bool:
        in_review = self.claim.status == Status.UNDER_REVIEW and self.claim.officer_id is not None
        return in_review and (self.is_in_hand or self.user.has_perm("claims.supervise_claim"))

    @property
    def may_pay(self) -> bool:
        return self.user.has_perm("claims.pay_claim") and not self.is_not_theirs

    @property
    def whose(self) -> str:
        if self.is_in_hand:
            return "در دست شما"
        return f"در دست {self.claim.officer.display_name}" if self.claim.officer_id else ""

    @property
    def heading(self) -> str:
        """The service in a line; the brackets of a whole type stand in the summary."""
        return self.claim.title if self.claim.service_id else self.claim.title.partition(" (")[0]

    # --- the claim at the right ---

    @cached_property
    def age(self):
        return age_of(self.claim)

    @property
    def round_words(self) -> str:
        number = self.claim.round
        return "" if number < 2 else ROUNDS.get(number, f"بار {persian_digits(number)}")

    @cached_property
    def relation(self) -> str:
        enrolment = Enrolment.objects.filter(
            person=self.claim.insured_id, contract=self.claim.contract_id
        ).first()
        return enrolment.get_relation_display() if enrolment else "بیرون از اسامی قرارداد"

    @cached_property
    def rows(self) -> list[dict]:
        """The member's own summary, all steps in one list; a value changed since the last round with the old one."""
        rows = [row for step in self.wizard if step.name != "documents" for row in step.summary()]
        return [
            {
                "label": row.label,
                "value": row.value,
                "kind": row.kind,
                "is_changed": row.label in self.changes.old_values,
                "old": self.changes.old_values.get(row.label),
            }
            for row in rows
        ]

    @cached_property
    def changes(self) -> comparison.Changes:
        return comparison.changes(self.claim, self.wizard, deficiencies=self.deficiencies, events=self.events)

    @property
    def changed_words(self) -> str:
        return comparison.sentence(self.changes, self.documents)

    @cached_property
    def alike(self) -> list[comparison.Alike]:
        return comparison.alike(self.claim, self.documents)

    @cached_property
    def events(self) -> list[ClaimEvent]:
        return list(self.claim.events.select_related("by"))

    @property
    def history(self) -> list[dict]:
        return history.told(self.events)

    @cached_property
    def deficiencies(self):
        return list(self.claim.deficiencies.select_related("reason", "document_type", "document"))

    @property
    def open_deficiencies(self) -> list[dict]:
        if self.claim.status != Status.DEFICIENT:
            return []
        now = [one for one in self.deficiencies if one.round == self.claim.round]
        return [{"place": story.place_of(one), "text": one.text, "advice": one.advice} for one in now]

    # --- the papers in the middle ---

    @property
    def documents(self):
        return self.wizard["documents"].documents

    @cached_property
    def papers(self) -> list[Paper]:
        return papers_of(self.documents)

    @property
    def missing(self) -> list[Row]:
        return [row for row in self.wizard["documents"].summary() if row.kind == "missing"]

    @cached_property
    def shown(self):
        """The image that stands large: the one asked for, else the first."""
        paper = self.shown_paper
        return paper.document if paper else None

    @cached_property
    def shown_paper(self) -> Paper | None:
        wanted = self.request.GET.get("image") or self.request.POST.get("image", "")
        first = next(iter(self.papers), None)
        return next((one for one in self.papers if one.document.code == wanted), first)

    @property
    def shown_number(self) -> int:
        return self.documents.index(self.shown) + 1

    @property
    def title_form(self):
        return forms.TitleForm(initial={"title": self.shown.title.code if self.shown.title else "other"})

    # --- the decision at the left, and the marks below it ---

    @cached_property
    def decision(self) -> Decision:
        return Decision(self.claim, self.documents, posted=self.request.POST, bound=self.bound)

    @property
    def may_ask_originals(self) -> bool:
        return (
            not self.claim.is_paper
            and self.claim.contract.originals != Contract.Originals.NEVER
            and self.claim.originals_requested_at is None
        )

    @property
    def waits_for_originals(self) -> bool:
        return self.claim.lacks_originals and self.claim.is_open

    @property
    def names_own_centre(self) -> bool:
        return self.claim.centre_id is None and bool(self.claim.centre_name)

    @cached_property
    def centres(self):
        """Of the directory, for a centre that the member named by hand."""
        text = self.request.GET.get("centre", self.claim.centre_name)[:100]
        return search.find(stored(text), near=self.claim.home_province_id, limit=6)
