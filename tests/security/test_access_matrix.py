"""Every address, every method, everybody: what is not theirs looks as if it were not there; asking changes nothing."""

import pytest
import time_machine
from django.core import serializers
from django.urls import reverse
from django.utils import timezone

from claims.models import Claim, ClaimEvent, Deficiency, Document, Submission
from members.models import Discrepancy, Enrolment
from notifications.models import Message
from tests.security import matrix
from tests.security.conftest import signed_in
from tests.security.matrix import HOUSEHOLD, LINES, MEMBER, METHODS, OPEN, PICTURE
from tests.tokens import without_tokens

pytestmark = pytest.mark.django_db

NAMES = sorted(LINES)
MISSING = "A" * 22
KEPT = (Claim, ClaimEvent, Deficiency, Document, Submission, Discrepancy, Enrolment, Message)


def address(name, code=None) -> str:
    line = LINES[name]
    return reverse(name, args=[code] if line.kind in (HOUSEHOLD, PICTURE) else line.arguments)


def named(*kinds):
    return pytest.mark.parametrize("name", [name for name in NAMES if LINES[name].kind in kinds])


def stored() -> str:
    return "".join(serializers.serialize("json", model.objects.order_by("pk")) for model in KEPT)


def codes_of(name, claim) -> str:
    return claim.documents.first().code if LINES[name].kind == PICTURE else claim.code


def test_every_address_has_its_line(settings):
    # The tests run as a developer's machine does: the two addresses of the demo are among them.
    assert matrix.names() == set(LINES)


@named(MEMBER, HOUSEHOLD, PICTURE)
def test_who_is_not_signed_in_is_led_to_the_login(name):
    client = signed_in()
    for method in METHODS:
        answer = client.generic(method, address(name, MISSING))
        assert answer.status_code == 302, method
        assert answer["Location"].startswith("/login/?next=/"), method


@named(OPEN)
def test_an_open_page_serves_its_methods_only(name, client):
    for method in METHODS:
        answer = client.generic(method, address(name))
        if method in LINES[name].methods:
            assert answer.status_code in (200, 302, 401, 403, 404), method
            assert not answer.get("Location", "").startswith("/login/?next="), method
        else:
            assert answer.status_code == 405, method


def test_staff_are_shown_to_their_own_door(cast):
    client = signed_in(cast.reviewer)
    for name in NAMES:
        if LINES[name].kind == MEMBER and name != "catalog:centres":
            answer = client.get(address(name))
            assert (answer.status_code, answer["Location"]) == (302, "/admin/"), name


def test_what_is_anothers_and_what_is_not_there_look_the_same(filled, askers):
    """The same 404 for a stranger and for a dependant, whatever the method; an officer is led to the desk."""
    before = stored()
    # Each page tells when the session ends, and a minute later that would be another second.
    with time_machine.travel(timezone.now(), tick=False):
        for name in NAMES:
            if LINES[name].kind not in (HOUSEHOLD, PICTURE):
                continue
            for claim in (filled.draft, filled.deficient):
                for method in METHODS:
                    for who in ("stranger", "dependant"):
                        refused_alike(askers[who], name, method, claim)
                    refused_to_staff(askers["officer"], name, method, claim)
    assert stored() == before


def refused_alike(client, name, method, claim):
    foreign = client.generic(method, address(name, codes_of(name, claim)))
    missing = client.generic(method, address(name, MISSING))
    expected = 404 if method in LINES[name].methods else 405
    assert foreign.status_code == missing.status_code == expected, (name, method)
    assert words_of(foreign) == words_of(missing), (name, method)
    assert sorted(foreign.headers) == sorted(missing.headers), (name, method)


def words_of(answer) -> str:
    """The page without the token of its «خروج», which is masked anew each time."""
    return without_tokens(answer.content.decode())


def refused_to_staff(client, name, method, claim):
    answer = client.generic(method, address(name, codes_of(name, claim)))
    if LINES[name].kind == HOUSEHOLD:
        assert (answer.status_code, answer["Location"]) == (302, "/admin/"), (name, method)
    elif method not in LINES[name].methods:
        assert answer.status_code == 405, (name, method)
    elif claim.is_draft:
        # Nobody but its member reads a draft.
        assert answer.status_code == 404, (name, method)


def test_her_own_pages_answer_and_reading_changes_nothing(filled, cast):
    client = signed_in(cast.maryam)
    before = stored()
    for name in NAMES:
        for claim in (filled.draft, filled.deficient):
            for method in ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"):
                answer = client.generic(method, address(name, codes_of(name, claim)))
                if method in LINES[name].methods:
                    assert answer.status_code in (200, 302, 403, 404), (name, method)
                else:
                    assert answer.status_code == 405, (name, method)
    assert stored() == before


def test_a_post_without_its_token_is_refused(filled, cast):
    client = signed_in(cast.maryam)
    client.handler.enforce_csrf_checks = True
    before = stored()
    for name in NAMES:
        if "POST" in LINES[name].methods and LINES[name].kind != OPEN:
            answer = client.post(address(name, filled.draft.code), {"submit": "1"})
            assert answer.status_code == 403, name
            assert "دوباره" in answer.content.decode(), name
    assert stored() == before


def test_signing_out_takes_a_post(cast):
    client = signed_in(cast.maryam)
    assert client.get(reverse("members:logout")).status_code == 405
    assert client.get(reverse("members:account")).status_code == 200
    client.post(reverse("members:logout"))
    assert client.get(reverse("members:account")).status_code == 302


def test_a_dependant_reads_the_claims_about_themselves_alone(filled, cast):
    """Filed by the primary insured for him, a claim is his to read, too."""
    client = signed_in(cast.husband)
    Claim.objects.filter(pk=filled.deficient.pk).update(insured=cast.husband.person)
    assert client.get(address("claims:detail", filled.deficient.code)).status_code == 200
    assert client.get(address("claims:detail", filled.draft.code)).status_code == 404
    listed = client.get(reverse("claims:list") + "?all_contracts=on").content.decode()
    assert filled.deficient.get_absolute_url() in listed
    assert filled.draft.code not in listed


# Staff and strangers stand before these alike.
ADMIN_DOORS = {"login", "logout", "second_factor", "jsi18n"}


@pytest.mark.parametrize("who", ["anonymous", "stranger", "dependant"])
def test_no_page_of_the_staff_opens_for_anybody_else(who, askers):
    addresses = matrix.admin_addresses()
    assert "/admin/claims/claim/1/change/" in addresses.values()
    for name, path in addresses.items():
        if name in ADMIN_DOORS:
            continue
        for method in METHODS:
            answer = askers[who].generic(method, path)
            assert answer.status_code in (302, 403, 404, 405), (path, method)
            if answer.status_code == 302:
                assert "/login/" in answer["Location"] or answer["Location"] == path, (path, method)


def test_a_head_says_what_the_page_would(filled, cast):
    """Monitors, link checkers and browsers ask for it before they fetch a page."""
    client = signed_in(cast.maryam)
    for name in NAMES:
        if "HEAD" not in LINES[name].methods:
            continue
        page, head = (
            client.generic(method, address(name, codes_of(name, filled.draft))) for method in ("GET", "HEAD")
        )
        assert head.status_code == page.status_code, name
        assert head.get("Location") == page.get("Location"), name
        assert head.get("Content-Type") == page.get("Content-Type"), name
