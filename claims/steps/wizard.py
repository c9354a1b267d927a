"""The only place that knows the order of the steps."""

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from django.urls import reverse

from claims.models import Claim
from claims.steps.basics import BasicsStep
from claims.steps.details import DetailsStep
from claims.steps.documents import DocumentsStep
from claims.steps.mobile import MobileStep
from claims.steps.step import Step

STEPS = (BasicsStep, DetailsStep, DocumentsStep, MobileStep)
REVIEW = "review"
REVIEW_TITLE = "تأیید نهایی"


class Wizard:
    """The steps of one claim as `member` sees it."""

    def __init__(self, claim: Claim, member, *, known: Sequence[Step] = ()) -> None:
        """`known` are first steps that nothing has changed in."""
        self.claim = claim
        self.member = member
        new = (step(claim, member, number=number) for number, step in enumerate(STEPS, start=1))
        self.steps = [*known, *islice(new, len(known), None)]
        self.review_number = len(STEPS) + 1

    def once_saved(self, name: str, claim: Claim, form=None) -> "Wizard":
        """What stands before the saved step was judged already, and the step by the form that was posted; what comes
        after it may depend on it.
        """
        known = self.steps[: self[name].number - 1] if claim is self.claim else ()
        wizard = Wizard(claim, self.member, known=known)
        if form is not None:
            wizard[name].bound = form
        return wizard

    def __getitem__(self, name: str) -> Step:
        for step in self.steps:
            if step.name == name:
                return step
        # What templates expect before they try an attribute.
        raise KeyError(name)

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    @property
    def fingerprint(self) -> str:
        """Of everything the review shows: what is sent is what was seen."""
        parts = ":".join(step.fingerprint for step in self.steps)
        return hashlib.sha256(parts.encode()).hexdigest()[:32]

    def may_open(self, name: str) -> bool:
        """A step opens when all before it are complete: none can be skipped."""
        if name == REVIEW:
            return all(step.is_complete for step in self.steps)
        before = self.steps[: self[name].number - 1]
        return all(step.is_complete for step in before)

    def first_incomplete(self) -> Step | None:
        return next((step for step in self.steps if step.is_editable and not step.is_complete), None)

    def next_name(self) -> str:
        step = self.first_incomplete()
        return step.name if step else REVIEW

    def next_url(self) -> str:
        """The first step that still needs something, else the review; corrections return to their claim."""
        step = self.first_incomplete()
        if step is None and not self.claim.is_draft:
            return self.claim.get_absolute_url()
        return step_url(self.claim, step.name if step else REVIEW)

    def previous_url(self, name: str) -> str:
        number = self.review_number if name == REVIEW else self[name].number
        return step_url(self.claim, self.steps[number - 2].name) if number > 1 else reverse("claims:list")

    def problems(self) -> Iterator[str]:
        for step in self.steps:
            if step.is_editable and not step.is_complete:
                yield from step.problems() or [f"مرحلهٔ «{step.title}» کامل نیست."]

    @property
    def looks_claimed_already(self) -> bool:
        return bool(self["details"].alike or self["documents"].sent_before)

    def warnings(self) -> Iterator[str]:
        for step in self.steps:
            yield from step.warnings()


def step_url(claim: Claim, name: str) -> str:
    return _step_url(claim.code, name)


@lru_cache(maxsize=1024)
def _step_url(code: str, name: str) -> str:
    """Every page of a claim names several, and each would be put together anew."""
    return reverse(f"claims:{name}", args=[code])
