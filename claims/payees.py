"""To whose account a claim is paid: that of the insured's primary, in the claim's contract."""

from django.db.models import OuterRef, Subquery

from members.models import Enrolment


def with_payee(claims):
    """Each with `iban`, `first_name` and `last_name` of who is paid; empty where nobody is."""
    of_insured = Enrolment.objects.filter(person=OuterRef("insured"), contract=OuterRef("contract"))
    of_primary = Enrolment.objects.filter(person=OuterRef("primary_pk"), contract=OuterRef("contract"))
    return claims.annotate(primary_pk=Subquery(of_insured.values("primary")[:1])).annotate(
        iban=Subquery(of_primary.values("iban")[:1]),
        first_name=Subquery(of_primary.values("person__first_name")[:1]),
        last_name=Subquery(of_primary.values("person__last_name")[:1]),
    )
