"""«نوع خدمت» is changed after the papers were photographed: nothing of them is lost, what is asked for now is said."""

import pytest

from claims.models import Document
from tests.claims.conftest import photo

NOTE = "از مدارک این خدمت نیست"


@pytest.fixture
def of_imaging(filling):
    """Everything is there for an imaging; then the member sees that it was the dentist."""
    filling.start()
    filling.post("details", filling.details())
    filling.add_documents()
    filling.post("details", filling.details(service_type="dental"))
    return filling


def page(filling) -> str:
    return filling.client.get(filling.url("documents")).content.decode()


def titles() -> dict[str, int]:
    return dict(Document.objects.values_list("title__code", "pk"))


def test_the_papers_keep_their_titles_and_one_is_asked_for(of_imaging):
    kept = titles()
    shown = page(of_imaging)
    assert f"«جواب (ریپورت)»، «دستور پزشک»، «قبض (فاکتور)» {NOTE}" in shown
    assert '<option value="invoice" selected>' in shown

    going_on = {f"title_{pk}": code for code, pk in kept.items()} | {"next": "1"}
    answer = of_imaging.post("documents", going_on)

    assert titles() == kept
    assert answer.status_code == 422
    assert "تصویر «فاکتور دندان‌پزشکی» بارگذاری نشده است" in answer.content.decode()


def test_a_paper_that_is_the_one_asked_for_takes_its_title(of_imaging):
    chosen = {f"title_{pk}": code for code, pk in titles().items()}
    chosen[f"title_{titles()['invoice']}"] = "dental_invoice"

    answer = of_imaging.post("documents", chosen | {"next": "1"})

    assert answer.url == of_imaging.url("mobile")
    assert set(titles()) == {"dental_invoice", "physician_order", "report"}
    assert NOTE not in page(of_imaging)


def test_who_changes_the_service_back_finds_everything_as_it_was(of_imaging):
    of_imaging.post("documents", {f"title_{pk}": code for code, pk in titles().items()})

    answer = of_imaging.post("details", of_imaging.details())

    assert answer.url == of_imaging.url("mobile")


def test_papers_of_no_slot_are_not_spoken_of(filling):
    filling.start()
    filling.post("details", filling.details())
    filling.post("documents", {"file_other": photo("سایر")})

    assert NOTE not in page(filling)
