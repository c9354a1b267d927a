"""A file that comes again because its answer was lost: `since` names what the page had seen at the first try."""

from pathlib import Path

import pytest
from django.conf import settings

from claims.models import Document
from claims.steps import Wizard
from tests.claims.conftest import Filling, photo


@pytest.fixture
def at_documents(filling) -> Filling:
    filling.start()
    filling.post("details", filling.details())
    return filling


def seen(filling) -> str:
    return Wizard(filling.claim, filling.cast.maryam)["documents"].fingerprint


def rows() -> list[tuple]:
    return list(Document.objects.order_by("pk").values_list("pk", "title__code"))


def kept_files() -> set[Path]:
    return set(Path(settings.DOCUMENT_ROOT).rglob("*.jpg"))


def test_what_has_arrived_is_not_kept_twice(at_documents, django_capture_on_commit_callbacks):
    before = seen(at_documents)
    at_documents.post("documents", {"file_invoice": photo("one")})
    there, files = rows(), kept_files()

    with django_capture_on_commit_callbacks(execute=True):
        at_documents.post("documents", {"file_invoice": photo("one"), "since": before})

    assert rows() == there
    assert kept_files() == files


def test_not_even_where_it_was_turned_and_titled_meanwhile(at_documents):
    before = seen(at_documents)
    at_documents.post("documents", {"images": photo("one")})
    at_documents.post("documents", {"rotate": rows()[0][0]})
    at_documents.post("documents", {f"title_{rows()[0][0]}": "report"})

    at_documents.post("documents", {"images": photo("one"), "since": before})

    assert [title for _, title in rows()] == ["report"]


def test_what_has_not_arrived_is_taken(at_documents):
    before = seen(at_documents)
    at_documents.post("documents", {"file_invoice": photo("one")})

    at_documents.post("documents", {"file_report": photo("two"), "since": before})

    assert [title for _, title in rows()] == ["invoice", "report"]


def test_the_same_photo_chosen_for_another_paper_is_another_image(at_documents):
    at_documents.post("documents", {"file_invoice": photo("both")})

    at_documents.post("documents", {"file_report": photo("both"), "since": seen(at_documents)})

    assert [title for _, title in rows()] == ["invoice", "report"]


def test_a_replacement_that_has_arrived_replaces_once(at_documents):
    at_documents.post("documents", {"file_invoice": photo("old")})
    before, ((old, _),) = seen(at_documents), rows()
    at_documents.post("documents", {f"replace_{old}": photo("new")})
    there = rows()

    at_documents.post("documents", {f"replace_{old}": photo("new"), "since": before})

    assert rows() == there and there[0][0] != old
