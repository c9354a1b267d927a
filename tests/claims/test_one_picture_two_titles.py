"""«برای مدرک دیگری هم»: one photo of two papers serves both, without being sent twice."""

from pathlib import Path

import pytest
from django.conf import settings

from claims import documents, tasks
from claims.models import Document
from claims.steps import Wizard
from tests.claims.conftest import photo


@pytest.fixture
def with_one_picture(filling):
    filling.start()
    filling.post("details", filling.details())
    filling.post("documents", {"file_invoice": photo("قبض و دستور")})
    return filling


@pytest.fixture
def with_both(with_one_picture):
    """The one picture as invoice and as the physician's order."""
    with_one_picture.post("documents", {"also": Document.objects.get().pk})
    again = Document.objects.latest("pk")
    with_one_picture.post("documents", {f"title_{again.pk}": "physician_order"})
    return with_one_picture


def step(filling):
    return Wizard(filling.claim, filling.cast.maryam)["documents"]


def is_there(document) -> bool:
    names = (document.name, documents.thumbnail_name(document.name))
    return all(Path(settings.DOCUMENT_ROOT, name).is_file() for name in names)


def test_a_second_card_of_the_same_picture_waits_for_its_own_title(with_one_picture):
    first = Document.objects.get()

    answer = with_one_picture.post("documents", {"also": first.pk}, headers={"accept": "application/json"})
    again = Document.objects.latest("pk")

    assert answer.json()["count"] == 2
    assert (again.sha256, again.source_sha256) == (first.sha256, first.source_sha256)
    assert again.title is None and first.title.code == "invoice"
    assert (
        "عنوان همهٔ تصاویر را انتخاب کنید."
        in with_one_picture.post("documents", {"next": "1"}).content.decode()
    )


def test_it_counts_for_both_papers(with_both):
    filled = {slot.document_type.code: len(slot.images) for slot in step(with_both).slots}

    assert filled["invoice"] == filled["physician_order"] == 1
    assert [str(row.value) for row in step(with_both).summary()] == ["قبض (فاکتور)", "دستور پزشک"]
    assert step(with_both).brief() == ["۲ تصویر"]


def test_it_is_no_duplicate_of_itself(with_both):
    assert step(with_both).sent_before == []


@pytest.mark.parametrize("removed", ["first", "last"])
def test_each_goes_without_the_other(with_both, removed):
    gone, left = Document.objects.order_by("pk" if removed == "first" else "-pk")

    with_both.post("documents", {"remove": gone.pk})

    assert Document.objects.get() == left
    assert is_there(left)


def test_each_is_turned_and_replaced_alone(with_both):
    first, again = Document.objects.order_by("pk")

    with_both.post("documents", {"rotate": again.pk})
    turned = Document.objects.latest("pk")
    with_both.post("documents", {f"replace_{turned.pk}": photo("تازه")})

    first.refresh_from_db()
    replaced = Document.objects.exclude(pk=first.pk).get()
    assert is_there(first) and is_there(replaced)
    assert replaced.sha256 != first.sha256
    assert replaced.title.code == "physician_order"


def test_the_sweep_takes_neither(with_both, settings):
    settings.ORPHAN_PICTURE_HOURS = -1

    tasks.sweep_pictures()

    assert all(is_there(one) for one in Document.objects.all())


def test_the_twenty_first_is_refused_and_leaves_no_file(with_one_picture):
    with_one_picture.post(
        "documents", {"images": [photo(str(number), size=(300, 300)) for number in range(19)]}
    )

    answer = with_one_picture.post("documents", {"also": Document.objects.first().pk}, follow=True)

    assert "حداکثر ۲۰ تصویر" in answer.content.decode()
    assert Document.objects.count() == 20
    assert len(list(Path(settings.DOCUMENT_ROOT).rglob("*.small.jpg"))) == 20


def test_a_picture_whose_file_is_gone_is_told(with_one_picture):
    document = Document.objects.get()
    documents.discard(document.name)

    answer = with_one_picture.client.post(
        with_one_picture.url("documents"), {"also": document.pk}, follow=True
    )

    assert "در پنجره یا دستگاه دیگری حذف یا عوض شده است" in answer.content.decode()


def test_the_officer_sees_it_under_both_titles(with_both):
    with_both.post("documents", {"file_report": photo("جواب"), "next": "1"})
    with_both.confirm_mobile()
    with_both.post("review", {"submit": "1"})

    sent = with_both.claim.submissions.get().values["documents"]
    titles = {row.title_id: row.sha256 for row in Document.objects.all()}

    assert len(sent) == 3
    assert len(set(titles)) == 3 and len(set(titles.values())) == 2
