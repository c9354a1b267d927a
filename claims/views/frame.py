"""What the wizard's pages need to draw: the five headings, the open step, what to know beside it."""

import copy

from claims import story
from claims.lifecycle.clock import kept_until
from claims.steps import Wizard
from claims.steps.step import Step
from claims.steps.wizard import REVIEW, REVIEW_TITLE, step_url
from portal.lib.dates import today
from portal.lib.text import persian_digits

MOST_LINES = 3


def of_step(request, wizard: Wizard, step: Step, form) -> dict:
    return around(wizard, step.name) | {
        # `step` is what the frame's loop over the headings calls each of them.
        "current": step,
        "form": form,
        "warnings": step.page_warnings(form) + earlier_warnings(wizard, step),
        "step_deficiencies": [
            row for row in story.deficiency_rows(wizard.claim) if row["section"] == step.name
        ],
    }


def of_review(request, wizard: Wizard) -> dict:
    return around(wizard, REVIEW) | {"groups": groups(wizard), "warnings": list(wizard.warnings())}


def around(wizard: Wizard, name: str) -> dict:
    """Headings, deadlines and the way back: on every page of the wizard."""
    claim, deadline = wizard.claim, wizard["basics"].deadline
    return {
        "claim": claim,
        "wizard": wizard,
        "steps": headings(wizard, name),
        "previous_url": wizard.previous_url(name),
        "deadline": deadline,
        "days_to_deadline": days_until(deadline),
        "kept_until": kept_until(claim) if claim.pk and claim.is_draft else None,
    }


def earlier_warnings(wizard: Wizard, step: Step) -> list[str]:
    """A step that is saved leads on at once: what looked odd in it is said on the pages after it."""
    before = (one for one in wizard if one.number < step.number and one.has_begun)
    return [sentence for one in before for sentence in one.warnings()]


def headings(wizard: Wizard, open_name: str) -> list[dict]:
    """The five headings in order: `state` is done, open or todo."""
    rows = [heading(wizard, step, open_name) for step in wizard]
    return [*rows, bare(REVIEW_TITLE, "open" if open_name == REVIEW else "todo")]


def bare(title: str, state: str) -> dict:
    return {"title": title, "state": state, "summary": [], "edit_url": ""}


def heading(wizard: Wizard, step: Step, open_name: str) -> dict:
    if step.name == open_name:
        return bare(step.title, "open")
    if not step.has_begun:
        return bare(step.title, "todo")
    is_done = step.is_complete
    # On the review everything is spelled out below.
    lines = [] if open_name == REVIEW else step.brief() if is_done else missing(step)
    opens = step.is_editable and (is_done or wizard.may_open(step.name))
    return bare(step.title, "done" if is_done else "todo") | {
        "summary": lines,
        "edit_url": step_url(wizard.claim, step.name) if opens else "",
    }


def missing(step: Step) -> list[str]:
    """What a step that was begun still lacks, without the remedy that its own page gives."""
    lines = [sentence.partition("؛")[0].rstrip(".") for sentence in step.problems()]
    more = len(lines) - MOST_LINES
    return lines[:MOST_LINES] + ([f"و {persian_digits(more)} مورد دیگر"] if more > 0 else [])


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
