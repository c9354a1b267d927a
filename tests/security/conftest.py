"""The household with a claim in several states, and a browser for everybody who might ask."""

from types import SimpleNamespace

import pytest
from django.test import Client

from claims import lifecycle
from tests.claims.conftest import Filling, catalogue  # noqa: F401  (the fixture that `filled` stands on)


@pytest.fixture
def filled(cast, catalogue):  # noqa: F811
    """Maryam's claims, through the pages: a draft with pictures, one submitted, one that is deficient."""
    drafts, deficient = Filling(signed_in(cast.maryam), cast), Filling(signed_in(cast.maryam), cast)
    drafts.to_review()
    deficient.start()
    deficient.post("details", deficient.details(paid_amount="2000000"))
    deficient.add_documents()
    deficient.confirm_mobile()
    deficient.post("review", {"submit": "1"})
    lifecycle.take(deficient.claim, by=cast.reviewer)
    lifecycle.mark_deficient(deficient.claim, by=cast.reviewer, found=[blurred()])
    deficient.claim.refresh_from_db()
    return SimpleNamespace(draft=drafts.claim, deficient=deficient.claim)


def blurred():
    from catalog.models import Reason
    from claims.lifecycle.officer import FoundDeficiency

    reason = Reason.objects.filter(kind="deficiency", section="documents").first()
    return FoundDeficiency(reason=reason, text="قبض خوانا نیست.")


def signed_in(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def askers(cast):
    """Everybody who is not Maryam: nobody, somebody else's account, a dependant of hers, an officer."""
    return {
        "anonymous": signed_in(),
        "stranger": signed_in(cast.stranger),
        "dependant": signed_in(cast.husband),
        "officer": signed_in(cast.reviewer),
    }
