"""The first step's form knows the draft it has made: sent again from «Back», it goes on with that one.

A script leaves the form's mark in the history. Without one «Back» brings a form with a mark of its own, and beside it
the mark of a draft that was only just begun.
"""

import re

from claims import reading
from claims.models import Claim
from claims.models.claim import new_code
from members.access import enrolments_of

FIELD = "mark"
MOST = 20
_MARK = re.compile(r"[\w-]{22}", re.ASCII)


def mark_of(request) -> str:
    """Of this form: as posted, or in the address that the script leaves in the history; else a new one."""
    mark = request.POST.get(FIELD) or request.GET.get(FIELD) or ""
    return mark if _MARK.fullmatch(mark) else new_code()


def begun_by(request, mark: str) -> Claim | None:
    """The draft that the form of this mark has made, while it is one."""
    code = request.session.get("drafts", {}).get(mark)
    return draft_of(request, code) if code else None


def draft_of(request, code: str) -> Claim | None:
    try:
        claim = reading.own_claim(code, enrolments_of(request.user))
    except Claim.DoesNotExist:
        return None
    return claim if claim.is_draft else None


def just_begun(request) -> tuple[str, Claim | None]:
    """The last mark and its draft, of which nothing but the first step was filled in; for browsers without a script,
    whose «Back» asks for the form anew.
    """
    drafts = request.session.get("drafts", {})
    if not drafts:
        return "", None
    mark, code = list(drafts.items())[-1]
    draft = draft_of(request, code)
    if draft and any((draft.home_province_id, draft.service_type_id, draft.paid_amount)):
        draft = None
    return mark, draft


def remember(request, mark: str, claim: Claim) -> None:
    drafts = request.session.get("drafts", {})
    if list(drafts.items())[-1:] == [(mark, claim.code)]:
        return
    drafts = {known: code for known, code in drafts.items() if known != mark} | {mark: claim.code}
    request.session["drafts"] = dict(list(drafts.items())[-MOST:])
