"""What the wizard's pages need to draw: the five headings, the open step, what to know beside it."""

import copy

from claims import story
from claims.lifecycle.clock import days_left
from claims.steps import Wizard
from claims.steps.step import Step
from claims.steps.wizard import REVIEW, REVIEW_TITLE, step_url
from portal.lib.dates import today


def of_step(request, wizard: Wizard, step: Step, form) -> dict:
    return {
        "claim": wizard.claim,
        "wizard": wizard,
        # `step` is what the frame's loop over the headings calls each of them.
        "current": step,
        "form": form,
        "steps": headings(wizard, step.name),
        "previous_url": wizard.previous_url(step.name),
        "deadline": wizard["basics"].deadline,
        "days_to_deadline": days_until(wizard["basics"].deadline),
        "warnings": step.page_warnings(form) + earlier_warnings(wizard, step),
        "step_deficiencies": [
            row for row in story.deficiency_rows(wizard.claim) if row["section"] == step.name
        ],
    }


def of_review(request, wizard: Wizard) -> dict:
    return {
        "claim": wizard.claim,
        "wizard": wizard,
        "steps": headings(wizard, REVIEW),
        "groups": groups(wizard),
        "previous_url": wizard.previous_url(REVIEW),
        "deadline": wizard["basics"].deadline,
        "days_to_deadline": days_until(wizard["basics"].deadline),
        "warnings": list(wizard.warnings()),
        "days_left": days_left(wizard.claim),
    }


def earlier_warnings(wizard: Wizard, step: Step) -> list[str]:
    """A step that is saved leads on at once: what looked odd in it is said on the pages after it."""
    before = (one for one in wizard if one.number < step.number and one.has_begun)
    return [sentence for one in before for sentence in one.warnings()]


def headings(wizard: Wizard, open_name: str) -> list[dict]:
    """The five headings in order: `state` is done, open or todo."""
    rows = [heading(wizard, step, open_name) for step in wizard]
    rows.append({"title": REVIEW_TITLE, "state": "open" if open_name == REVIEW else "todo"})
    return rows


def heading(wizard: Wizard, step: Step, open_name: str) -> dict:
    if step.name == open_name:
        return {"title": step.title, "state": "open"}
    if not (step.has_begun and step.is_complete):
        return {"title": step.title, "state": "todo"}
    return {
        "title": step.title,
        "state": "done",
        # On the review everything is spelled out below.
        "summary": [] if open_name == REVIEW else step.brief(),
        "edit_url": step_url(wizard.claim, step.name) if step.is_editable else "",
    }


def groups(wizard: Wizard) -> list[dict]:
    """All values by step, for review, detail, receipt and the officers alike."""
    return [group(wizard, step) for step in wizard]


def group(wizard: Wizard, step: Step) -> dict:
    rows = step.summary()
    return {
        "title": step.title,
        "rows": [row for row in rows if row.kind not in ("image", "missing")],
        "images": [row for row in rows if row.kind == "image"],
        "missing": [row for row in rows if row.kind == "missing"],
        "change_url": step_url(wizard.claim, step.name) if step.is_editable else "",
    }


def differences(theirs: Step, form) -> list:
    """Rows of what another window stored, where it is not what stands in this form."""
    mine = copy.copy(theirs.claim)
    form.apply_to(mine)
    return [
        row
        for row in theirs.summary()
        if any(getattr(mine, column) != getattr(theirs.claim, column) for column in row.columns)
    ]


def days_until(day) -> int | None:
    return (day - today()).days if day else None
