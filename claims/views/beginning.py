"""The first step's form knows the draft it has made: sent again from «Back», it goes on with that one."""

import re

from claims.models import Claim, Status
from claims.models.claim import new_code
from claims.views.owned import own_claims

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
    return own_claims(request).filter(code=code, status=Status.DRAFT).first() if code else None


def remember(request, mark: str, claim: Claim) -> None:
    drafts = request.session.get("drafts", {}) | {mark: claim.code}
    request.session["drafts"] = dict(list(drafts.items())[-MOST:])
