"""Payments that the bank sent back: as soon as there is another account to pay to, they wait for the next batch.

Whoever wrote the account down, the member, the employer's list or the staff: claims hear of it here alone.
"""

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.fields.json import KT

from claims.lifecycle.moves import Verb, move_all
from claims.models import Claim, ClaimEvent, PaymentLine, Status
from claims.payees import with_payee

CHANGED_SINCE = "بانک مبلغ را به شبای پیشین فرستاده بود؛ به شبای تازه دوباره پرداخت می‌شود."


def iban_changed(*, contract, by, why: str, payee=None, **_) -> None:
    """Every payment of `contract` that came back from another account than there is now goes out again.

    Where the `payee` gave it themselves all of theirs do: a closed account may have been opened again.
    """
    returned = with_origin(with_payee(Claim.objects.filter(status=Status.PAYMENT_FAILED, contract=contract)))
    is_news = ~Q(iban=F("came_back_from"))
    again = returned.filter(is_news | Q(primary_pk=payee.pk) if payee else is_news)
    pks = list(again.exclude(iban="").values_list("pk", flat=True))
    if pks:
        # Read once more under the lock: somebody else may have been as fast.
        locked = Claim.objects.filter(pk__in=pks, status=Status.PAYMENT_FAILED).order_by("pk")
        claims = list(locked.select_for_update(of=["self"]))
        move_all(claims, Verb.IBAN_MENDED, by=by, note=why, payment_batch=None)


def with_origin(claims):
    """`came_back_from`: the account that the bank had been given, as far as it is known."""
    failures = ClaimEvent.objects.filter(claim=OuterRef("pk"), verb=Verb.PAYMENT_FAILED).order_by("-pk")
    given = failures.annotate(given=KT("details__iban")).values("given")
    return claims.annotate(came_back_from=Subquery(given[:1]))


def account_of(claim: Claim) -> str:
    return with_payee(Claim.objects.filter(pk=claim.pk)).values_list("iban", flat=True).get() or ""


def account_given_to_the_bank(claim: Claim) -> str:
    """As in the file; what was paid without one went to the account that stands here."""
    lines = PaymentLine.objects.filter(claim=claim, batch=claim.payment_batch_id)
    return lines.values_list("iban", flat=True).first() or account_of(claim)
