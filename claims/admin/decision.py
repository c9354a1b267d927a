"""The decision at the left of the desk: the forms of the acts that decide, and what each would mean."""

from functools import cached_property

from claims import story
from claims.admin.previews import Previews
from claims.forms import officer as forms
from claims.lifecycle import officer as rules
from claims.models import Claim, Document


class Decision:
    """`bound` holds the forms of an act that was refused, so that everything typed stands there again."""

    def __init__(self, claim: Claim, documents: list[Document], *, posted, bound: dict) -> None:
        self.claim, self.documents = claim, documents
        self.posted, self.bound = posted, bound

    @cached_property
    def deductions(self):
        return list(self.claim.deductions.select_related("reason"))

    @cached_property
    def approval(self):
        return self.bound.get("approval") or forms.ApprovalForm(initial={"note": ""}, prefix="approve")

    @cached_property
    def cuts(self):
        return self.bound.get("cuts") or forms.CUT_ROWS(prefix="cut", initial=self.first_cuts)

    @property
    def first_cuts(self) -> list[dict]:
        """What the first approval has cut stands there for the second."""
        return [
            {"reason": one.reason.code, "amount": one.amount, "note": one.note} for one in self.deductions
        ]

    @cached_property
    def found(self):
        options = {"documents": self.documents}
        return self.bound.get("found") or forms.FOUND_ROWS(prefix="found", form_kwargs=options)

    @property
    def found_rows(self) -> list[dict]:
        return [
            {"form": form, "number": number, "place": place_of(form.chosen_reason)}
            for number, form in enumerate(self.found.forms)
            if form.chosen_reason
        ]

    @cached_property
    def rejection(self):
        return self.bound.get("rejection") or forms.RejectionForm(prefix="reject")

    @cached_property
    def adviser(self):
        return self.bound.get("adviser") or forms.AdviserForm(prefix="adviser")

    @cached_property
    def payment(self):
        return self.bound.get("payment") or forms.PaymentForm(prefix="pay")

    @cached_property
    def bounce(self):
        return self.bound.get("bounce") or forms.BounceForm(prefix="bounce")

    @cached_property
    def payable(self) -> int:
        total = self.cuts.total if self.cuts.is_bound else sum(one.amount for one in self.deductions)
        return max((self.claim.paid_amount or 0) - total, 0)

    @property
    def threshold(self) -> int | None:
        """Above it a second approval is needed, which has not been given yet."""
        return None if self.claim.first_approval_by_id else self.claim.contract.second_approval_above

    @property
    def needs_second(self) -> bool:
        return rules.needs_second_approval(self.claim, self.payable)

    @cached_property
    def previews(self) -> Previews:
        return Previews(self.claim, payable=self.payable, count=max(len(self.found_rows), 1))

    @property
    def wanted_reason(self) -> str:
        return self.posted.get("wanted", "")

    @property
    def reasons(self) -> list[dict]:
        """All reasons by section, or those that were looked for."""
        rows = forms.matching_reasons(self.wanted_reason)
        return [
            {
                "title": title,
                "reasons": [reason_row(row, self.documents) for row in rows if row.section == name],
            }
            for name, title in story.SECTIONS.items()
            if any(row.section == name for row in rows)
        ]


def reason_row(reason, documents) -> dict:
    of_it = (
        one.pk for one in documents if reason.document_type_id and one.title_id == reason.document_type_id
    )
    return {"reason": reason, "place": place_of(reason), "document": next(of_it, "")}


def place_of(reason) -> str:
    return story.place_of(reason) if reason else ""
