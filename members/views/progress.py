"""How far somebody has come in the activation: kept on the server, read again against today's roster."""

import time
from dataclasses import asdict, dataclass
from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect

from catalog.models import MembershipType
from members import activation, limits

KEY, TYPED = "activation", "activation_typed"
LIFE_SECONDS = 30 * 60
ANSWERS = "answers"

BEGIN_HERE = "فعال‌سازی از این صفحه آغاز می‌شود؛ لطفاً مشخصات خود را وارد کنید."
BEGIN_AGAIN = "فهرست بیمه‌شدگان در این میان به‌روز شده است؛ لطفاً مشخصات خود را دوباره وارد کنید."


@dataclass
class Progress:
    type_id: int
    person_id: int
    first_name: str
    begun: int
    # What the proof rested on: the roster's number, or answers while the roster held no number.
    proof: str = ""
    # A keyed hash of the password that was filled in here: another window's is not confirmed by this one.
    prepared: str = ""

    @classmethod
    def of(cls, request) -> "Progress | None":
        kept = request.session.get(KEY)
        found = cls(**kept) if kept else None
        return found if found and time.time() - found.begun < LIFE_SECONDS else None

    def save(self, request) -> None:
        request.session[KEY] = asdict(self)

    def is_proven(self, found: activation.Candidate) -> bool:
        """A proof by a number that the roster no longer holds proves nothing any more."""
        return self.proof == proof_for(found)


def proof_for(found: activation.Candidate) -> str:
    return found.mobile or ANSWERS


def begin(request, found: activation.Candidate, *, first_name: str) -> Progress:
    progress = Progress(found.membership_type.pk, found.person.pk, first_name, int(time.time()))
    progress.save(request)
    return progress


def prove(request, found: activation.Candidate) -> None:
    """The session goes on under a new key: what follows shows the roster."""
    progress = request.progress
    progress.proof = proof_for(found)
    progress.save(request)
    request.session.cycle_key()


def prepare(request, account) -> None:
    request.progress.prepared = _key_of(account)
    request.progress.save(request)


def is_prepared(request, account) -> bool:
    return request.progress.prepared == _key_of(account)


def end(request) -> None:
    for key in (KEY, TYPED):
        request.session.pop(key, None)


def after_a_match(view):
    """Hands the view today's candidate; who skipped a page, or has left the roster, begins at the first."""

    @wraps(view)
    def guarded(request):
        progress = request.progress = Progress.of(request)
        if progress is None:
            return _to_the_beginning(request, BEGIN_HERE)
        membership_type = MembershipType.objects.get(pk=progress.type_id)
        found = activation.candidate(membership_type, person=progress.person_id)
        if found is None:
            return _to_the_beginning(request, BEGIN_AGAIN)
        return view(request, found)

    return guarded


def after_the_proof(view):
    """Besides, the account: who has not proved themselves yet does that first."""

    @after_a_match
    @wraps(view)
    def guarded(request, found):
        if not request.progress.is_proven(found):
            return redirect("members:activate_code")
        return view(request, found, activation.account_of(found))

    return guarded


def _key_of(account) -> str:
    return limits.keyed("prepared", account.password, account.mobile)


def _to_the_beginning(request, sentence: str):
    end(request)
    messages.info(request, sentence)
    return redirect("members:activate")
