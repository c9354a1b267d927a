"""Getting at one claim: by its tracking code, by whose it is, or the next that waits."""

from django.db import transaction

from claims import lifecycle
from claims.lifecycle import household
from claims.models import Claim
from members.models import Person, User

# Of claims that may not be taken by this officer, so many are passed over.
TRIES = 20


def find(text: str) -> dict | None:
    """Where ten digits lead: a tracking code, or a national ID (which must not stand in an address)."""
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        return None
    if Claim.objects.filter(tracking_code=text).exists():
        return {"q": text}
    person = Person.objects.filter(national_id=text).values_list("pk", flat=True).first()
    return {"person": person} if person else None


def take_next(officer: User) -> Claim | None:
    """The oldest claim that nobody has and this officer may take; two officers at once get different ones."""
    free = Claim.objects.in_queue().filter(officer=None).exclude(first_approval_by=officer)
    if not officer.has_perm("claims.supervise_claim"):
        free = free.filter(first_approval_by=None)
    free = free.exclude(insured__in=household.people_of(officer).values("person"))
    refused = []
    for _ in range(TRIES):
        with transaction.atomic():
            rows = free.exclude(pk__in=refused).order_by("queued_at", "pk")
            claim = rows.select_for_update(skip_locked=True, of=["self"]).first()
            if claim is None:
                return None
            try:
                return lifecycle.take(claim, by=officer)
            except lifecycle.Refused:
                refused.append(claim.pk)
    return None
