"""A NUL in an address finds nothing; no page fails for it."""

import pytest
from django.test import Client
from django.urls import reverse

MEMBERS = {
    "claims:new": ["like"],
    "claims:list": ["status", "person", "since", "tracking_code", "before"],
    "claims:cases": ["before"],
    "catalog:centres": ["q", "province", "centre_type", "for"],
    "members:messages": ["page"],
    "members:discrepancy_new": ["subject", "person", "about"],
}
STAFF = {
    "notifications_message": [
        "q",
        "kind",
        "provider",
        "state__exact",
        "cause",
        "queue",
        "created_at__gte",
        "p",
    ],
    "claims_claim": ["q", "person", "status", "contract", "officer", "page"],
    "catalog_medicalcentre": ["q", "province__id__exact", "o"],
    "members_enrolment": ["q"],
    "members_user": ["q"],
    "auditlog_logentry": ["q"],
}
WORDS = ["%00", "a%00b", "%%0000", "\x00"]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("name", "names"), MEMBERS.items(), ids=list(MEMBERS))
def test_of_a_member(cast, client, name, names, word):
    client.force_login(cast.maryam)
    client.raise_request_exception = False

    for one in names:
        assert client.get(f"{reverse(name)}?{one}={word}").status_code < 500, one


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(("name", "names"), STAFF.items(), ids=list(STAFF))
def test_of_the_staff(django_user_model, db, name, names, word):
    client = Client(raise_request_exception=False)
    client.force_login(django_user_model.objects.create_superuser("admin", "Quiet-river-27"))

    for one in names:
        answer = client.get(f"{reverse(f'admin:{name}_changelist')}?{one}={word}")
        assert answer.status_code < 500, one


@pytest.mark.parametrize(
    "name", ["notifications_message", "members_enrolment", "members_user", "members_person"]
)
def test_of_a_search_by_post(django_user_model, db, name):
    client = Client(raise_request_exception=False)
    client.force_login(django_user_model.objects.create_superuser("admin", "Quiet-river-27"))

    for word in ("\0", "a\0b"):
        answer = client.post(reverse(f"admin:{name}_find"), {"wanted": word}, follow=True)
        assert answer.status_code < 500
