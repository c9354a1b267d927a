"""Officers at the queue and the desk, through the browser's door."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog import tables
from claims import lifecycle
from claims.models import Claim
from tests.cast import REVIEWERS, make_staff


class Desk:
    """One of the staff with a browser of their own, and the claim on the desk."""

    def __init__(self, user, claim: Claim):
        self.user = user
        self.claim = claim
        self.client = Client()
        self.client.force_login(user)

    def open(self, **query):
        return self.client.get(reverse("admin:claims_claim_change", args=[self.claim.code]), query)

    def page(self, **query) -> str:
        return self.open(**query).content.decode()

    def act(self, name, values=None, **more):
        answer = self.client.post(
            reverse("admin:claims_claim_act", args=[self.claim.code, name]),
            (values or {}) | more,
            follow=True,
        )
        self.claim.refresh_from_db()
        return answer

    def queue(self, **query):
        return self.client.get(reverse("admin:claims_claim_changelist"), query)


@pytest.fixture
def submitted(filling) -> Claim:
    return filling.submitted()


@pytest.fixture
def desk(cast, submitted) -> Desk:
    """The reviewer has taken the claim."""
    lifecycle.take(submitted, by=cast.reviewer)
    submitted.refresh_from_db()
    return Desk(cast.reviewer, submitted)


@pytest.fixture
def colleague(submitted) -> Desk:
    """Another reviewer, looking at the same claim."""
    return Desk(make_staff("colleague", "آرش نیک‌سیرت", REVIEWERS), submitted)


@pytest.fixture
def chief(cast, submitted) -> Desk:
    return Desk(cast.supervisor, submitted)


@pytest.fixture
def office(cast, submitted) -> Desk:
    """The finance office."""
    return Desk(cast.finance, submitted)


@pytest.fixture
def catalogue_in_memory():
    """Statements are counted without those that read the catalogue for the first time."""
    tables.catalogue()
