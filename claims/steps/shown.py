"""Two windows on one set of pictures: what a page has shown, and what was written elsewhere since."""

import hashlib
import re
from dataclasses import dataclass

from catalog.models import DocumentType
from catalog.tables import catalogue
from claims.steps.step import Row

_TITLE = re.compile(r"(\d{1,18})\.(\d{1,18})")
_REASON = re.compile(r"(\d{1,18})\.([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Shown:
    """{image: title or 0} and {document type: mark of its reason}; legible, so that each can be compared alone."""

    titles: dict[int, int]
    reasons: dict[int, str]

    @classmethod
    def of(cls, documents, missing: dict[int, str]) -> "Shown":
        reasons = {pk: mark(missing[pk]) for pk in sorted(missing)}
        return cls({one.pk: one.title_id or 0 for one in documents}, reasons)

    @classmethod
    def read(cls, seen: str) -> "Shown":
        titles, _, reasons = seen.partition("!")
        return cls(
            {int(pk): int(title) for pk, title in _TITLE.findall(titles)},
            {int(pk): reason for pk, reason in _REASON.findall(reasons)},
        )

    def __str__(self) -> str:
        return "!".join(
            ",".join(f"{pk}.{value}" for pk, value in pairs.items()) for pairs in (self.titles, self.reasons)
        )


def changes_since(seen: str, step, form, *, leads_on: bool) -> list[Row]:
    """What another window has written since, where this form says otherwise.

    For who is `leads_on` also images that came or went: the next page no longer shows them.
    """
    if not seen:
        return []
    shown = Shown.read(seen)
    rows = [*changed_titles(shown, step, form.chosen_titles()), *changed_reasons(shown, step, form.reasons())]
    return rows + [*came_or_went(shown, step)] if leads_on else rows


def changed_titles(shown: Shown, step, posted):
    for one in step.documents:
        was = shown.titles.get(one.pk, one.title_id or 0)
        if was != (one.title_id or 0) and posted.get(one.pk, one.title) != one.title:
            yield Row(f"عنوان تازهٔ تصویر «{title_of(was)}»", str(one))


def changed_reasons(shown: Shown, step, posted):
    for pk, reason in posted.items():
        stored = step.missing.get(pk, "")
        if mark(stored) != shown.reasons.get(pk, "") and stored != reason:
            yield Row(f"دلیل نداشتن «{title_of(pk)}»", stored)


def came_or_went(shown: Shown, step):
    for one in step.documents:
        if one.pk not in shown.titles:
            yield Row("افزوده شد", f"تصویر «{one}»")
    for pk in shown.titles.keys() - {one.pk for one in step.documents}:
        yield Row("حذف یا عوض شد", f"تصویر «{title_of(shown.titles[pk])}»")


def title_of(pk: int) -> str:
    return str(catalogue().get(DocumentType, pk) or "بی‌عنوان")


def mark(reason: str) -> str:
    return hashlib.sha256(reason.encode()).hexdigest()[:8] if reason else ""
