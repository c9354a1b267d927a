"""What every answer tells the browser: whose content runs, who may frame it, what may be kept."""

import pytest
from django.urls import reverse

from tests.cast import make_staff
from tests.security import matrix
from tests.security.conftest import signed_in
from tests.security.matrix import HOUSEHOLD, LINES, MEMBER, OPEN, PICTURE

pytestmark = pytest.mark.django_db

# The worker's and the provider's answers, and what a machine reads.
FOR_MACHINES = {"metrics", "live", "ready", "notifications:report"}


def assert_guarded(answer, what):
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy, what
    assert answer.headers["X-Content-Type-Options"] == "nosniff", what
    assert answer.headers["X-Frame-Options"] == "DENY", what
    assert answer.headers["Referrer-Policy"] == "same-origin", what
    assert "geolocation=()" in answer.headers["Permissions-Policy"], what
    return policy


def assert_of_a_page(answer, what):
    policy = assert_guarded(answer, what)
    for part in ("default-src 'self'", "img-src 'self' blob:", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy, what


def assert_kept_nowhere(answer, what):
    assert "no-store" in answer.headers["Cache-Control"], what


def test_pages_for_everybody(client):
    for name, line in LINES.items():
        if line.kind == OPEN and "GET" in line.methods:
            assert_of_a_page(client.get(reverse(name, args=line.arguments)), name)


def test_pages_of_a_member_are_kept_nowhere(filled, cast):
    """Her claims, receipts and account must not stand in the browser of a shared computer."""
    client = signed_in(cast.maryam)
    for name, line in LINES.items():
        if "GET" not in line.methods or name in FOR_MACHINES or line.kind == PICTURE:
            continue
        for claim in (filled.draft, filled.deficient):
            arguments = [claim.code] if line.kind == HOUSEHOLD else line.arguments
            answer = client.get(reverse(name, args=arguments))
            assert_of_a_page(answer, name)
            if line.kind in (MEMBER, HOUSEHOLD):
                assert_kept_nowhere(answer, name)


def test_a_picture_is_nothing_but_a_picture(filled, cast):
    client = signed_in(cast.maryam)
    picture = filled.draft.documents.first()
    for name in ("claims:file", "claims:thumbnail"):
        answer = client.get(reverse(name, args=[picture.code]))
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert assert_guarded(answer, name) == "default-src 'none'; sandbox"
        assert "private" in answer.headers["Cache-Control"]
        assert "public" not in answer.headers["Cache-Control"]


def test_answers_that_refuse_are_guarded_too(client, cast):
    client.force_login(cast.maryam)
    client.handler.enforce_csrf_checks = True
    answers = {
        "missing": client.get("/nowhere/"),
        "foreign": client.get(reverse("claims:detail", args=["A" * 22])),
        "method": client.delete(reverse("claims:list")),
        "token": client.post(reverse("claims:new")),
    }
    for what, answer in answers.items():
        assert answer.status_code in (403, 404, 405), what
        assert_of_a_page(answer, what)


def test_pages_of_the_staff(client, cast, filled):
    """Everything the admin answers to somebody who may see all of it."""
    chief = make_staff("chief", "مدیر سامانه", is_superuser=True)
    client.force_login(chief)
    answered = 0
    for name, path in matrix.admin_addresses().items():
        if name == "logout":
            continue
        answer = client.get(path)
        assert_of_a_page(answer, path)
        if answer.status_code == 200 and name != "jsi18n":
            answered += 1
            assert_kept_nowhere(answer, path)
            assert b"<script>" not in answer.content, path
            assert b" style=" not in answer.content, path
            assert b" onclick=" not in answer.content, path
    assert answered > 15
