"""Two tabs, or two devices, on one draft: never a silent mix."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import DocumentType
from claims import lifecycle
from claims.lifecycle.filling import ChangedMeanwhile
from claims.models import Claim, Status
from claims.steps import Wizard
from portal.lib import dates
from tests.claims.conftest import photo

JSON = {"headers": {"accept": "application/json"}}


def seen(filling, name):
    return Wizard(filling.claim, filling.cast.maryam)[name].fingerprint


def test_the_later_save_is_shown_what_changed_and_then_may_mean_it(filling):
    filling.start()
    old = seen(filling, "details")
    filling.post("details", filling.details(paid_amount="2000000", seen=old))

    answer = filling.post("details", filling.details(paid_amount="3000000", seen=old))
    page = answer.content.decode()

    assert answer.status_code == 409
    assert filling.claim.paid_amount == 2_000_000
    assert "در پنجره یا دستگاه دیگری تغییر کرده است" in page
    assert "۲٬۰۰۰٬۰۰۰" in page and "3000000" in page

    filling.post("details", filling.details(paid_amount="3000000", seen=seen(filling, "details")))
    assert filling.claim.paid_amount == 3_000_000


def test_another_step_saved_meanwhile_is_not_touched(filling):
    filling.start()
    old = seen(filling, "basics")
    filling.post("details", filling.details())

    answer = filling.post("basics", filling.basics(insured=filling.cast.child.pk, seen=old))

    assert answer.status_code == 302
    assert filling.claim.paid_amount == 1_510_000
    assert filling.claim.insured == filling.cast.child


def test_a_stale_tab_cannot_write_into_a_claim_that_was_sent(filling):
    filling.submitted()

    answer = filling.post("details", filling.details(paid_amount="9990000"))

    assert answer.status_code == 302
    assert filling.claim.paid_amount == 1_510_000
    assert filling.claim.status == Status.SUBMITTED


def test_what_is_sent_is_what_was_reviewed(filling):
    """A review page left open must not send an amount it never showed."""
    filling.to_review()
    reviewed = Wizard(filling.claim, filling.cast.maryam).fingerprint
    filling.post("details", filling.details(paid_amount="2000000", centre=filling.claim.centre_id))

    filling.post("review", {"submit": "1", "seen": reviewed})
    page = filling.client.get(filling.url("review")).content.decode()

    assert filling.claim.status == Status.DRAFT
    assert "در پنجره یا دستگاه دیگری تغییر کرده است" in page

    filling.claim.refresh_from_db()
    now = Wizard(Claim.objects.get(pk=filling.claim.pk), filling.cast.maryam).fingerprint
    filling.post("review", {"submit": "1", "seen": now})
    assert filling.claim.status == Status.SUBMITTED


def test_a_draft_discarded_in_another_window_is_gone_without_an_error(filling):
    filling.start()
    url = filling.url("details")
    filling.client.post(filling.url("discard"))

    assert filling.client.post(url, filling.details()).status_code == 404


def test_a_claim_withdrawn_between_reading_and_saving_is_told(filling, monkeypatch):
    filling.submitted()
    Claim.objects.filter(pk=filling.claim.pk).update(status=Status.DEFICIENT, answer_until=dates.today())
    save = lifecycle.save_step

    def withdrawn_first(step, form):
        lifecycle.withdraw(step.claim, by=filling.cast.maryam)
        return save(step, form)

    monkeypatch.setattr(lifecycle, "save_step", withdrawn_first)
    answer = filling.client.post(filling.url("details"), filling.details(paid_amount="5000000"), follow=True)

    assert "دیگر قابل ویرایش نیست" in answer.content.decode()


# --- «تصاویر مدارک» ---------------------------------------------------------------------------------


# --- Between the reading and the writing of one request --------------------------------------------


@pytest.fixture
def overtaken(filling):
    """What a request has read, and its form, at the moment another one is about to write."""
    filling.start()
    filling.post("details", filling.details())
    step = Wizard(Claim.objects.get(pk=filling.claim.pk), filling.cast.maryam)["details"]
    form = step.form(filling.details(paid_amount="3000000", seen=step.fingerprint))
    assert form.is_valid()
    return step, form


def test_another_step_written_meanwhile_stays_and_this_one_is_saved(filling, overtaken):
    filling.post("basics", filling.basics(insured=filling.cast.child.pk))

    claim = lifecycle.save_step(*overtaken)

    filling.claim.refresh_from_db()
    assert claim.insured_id == filling.claim.insured_id == filling.cast.child.pk
    assert claim.paid_amount == filling.claim.paid_amount == 3_000_000


def test_the_same_step_written_meanwhile_is_not_overwritten(filling, overtaken):
    filling.post("details", filling.details(paid_amount="2000000"))

    with pytest.raises(ChangedMeanwhile):
        lifecycle.save_step(*overtaken)

    filling.claim.refresh_from_db()
    assert filling.claim.paid_amount == 2_000_000


def test_a_claim_deleted_meanwhile_is_not_written_again(filling, overtaken):
    filling.client.post(filling.url("discard"))

    with pytest.raises(Claim.DoesNotExist):
        lifecycle.save_step(*overtaken)


def test_who_was_not_overtaken_saves_in_one_statement(overtaken, django_assert_num_queries):
    with django_assert_num_queries(1):
        lifecycle.save_step(*overtaken)


@pytest.fixture
def with_pictures(filling):
    """At the documents with two pictures, an invoice and one without a title."""
    filling.start()
    filling.post("details", filling.details())
    filling.post("documents", {"file_invoice": photo("قبض"), "images": photo("برگه")})
    return filling


def title(filling, place) -> str:
    document = filling.claim.documents.present()[place]
    return document.title.code if document.title else ""


def field(filling, place) -> str:
    return f"title_{filling.claim.documents.present()[place].pk}"


def report_reason(filling) -> str:
    return f"missing_{DocumentType.objects.get(code='report').pk}"


def test_a_title_chosen_in_another_window_is_told_and_not_overwritten(with_pictures):
    old, name = seen(with_pictures, "documents"), field(with_pictures, 1)
    with_pictures.post("documents", {name: "physician_order", "seen": old})

    answer = with_pictures.post("documents", {name: "report", "seen": old, "next": "1"})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert title(with_pictures, 1) == "physician_order"
    assert "در پنجره یا دستگاه دیگری تغییر کرده است" in page
    assert "عنوان تازهٔ تصویر «بی‌عنوان»" in page
    assert '<option value="report" selected>' in page

    with_pictures.post("documents", {name: "report", "seen": seen(with_pictures, "documents"), "next": "1"})
    assert title(with_pictures, 1) == "report"


def test_a_reason_written_in_another_window_is_told_and_not_overwritten(with_pictures):
    old, name = seen(with_pictures, "documents"), report_reason(with_pictures)
    with_pictures.post("documents", {name: "مرکز نداد", "seen": old})

    answer = with_pictures.post("documents", {name: "گم شد", "seen": old}, **JSON)

    assert answer.status_code == 409
    assert "مرکز نداد" in answer.json()["changed"]
    assert with_pictures.claim.missing_documents.get().reason == "مرکز نداد"

    with_pictures.post("documents", {name: "گم شد", "seen": answer.json()["seen"]}, **JSON)
    assert with_pictures.claim.missing_documents.get().reason == "گم شد"


def test_who_goes_on_is_told_of_pictures_that_came_or_went(with_pictures):
    old, names = seen(with_pictures, "documents"), [field(with_pictures, place) for place in (0, 1)]
    with_pictures.post("documents", {"file_report": photo("جواب")})
    with_pictures.post("documents", {"remove": names[0].removeprefix("title_")})

    answer = with_pictures.post("documents", {names[1]: "physician_order", "seen": old, "next": "1"})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "افزوده شد" in page and "حذف یا عوض شد" in page
    assert title(with_pictures, 0) == ""


def test_a_file_sent_from_a_stale_window_is_taken_all_the_same(with_pictures):
    old, name = seen(with_pictures, "documents"), field(with_pictures, 1)
    with_pictures.post("documents", {name: "physician_order", "seen": old})

    answer = with_pictures.post("documents", {name: "other", "seen": old, "file_report": photo("جواب")})

    assert answer.status_code == 409
    assert [title(with_pictures, place) for place in range(3)] == ["invoice", "physician_order", "report"]


def test_a_file_meant_to_replace_a_picture_that_is_gone_is_kept(with_pictures):
    gone = with_pictures.claim.documents.present()[1].pk
    with_pictures.post("documents", {"remove": gone})

    with_pictures.post("documents", {f"replace_{gone}": photo("تازه")})

    assert with_pictures.claim.documents.present().count() == 2


def test_ones_own_uploads_on_the_way_are_no_other_window(with_pictures):
    """Three go up at once: the page has not heard of the first when it posts a title."""
    old, name = seen(with_pictures, "documents"), field(with_pictures, 1)
    with_pictures.post("documents", {"file_report": photo("جواب")}, **JSON)
    replaced = with_pictures.claim.documents.present()[0].pk
    with_pictures.post("documents", {f"replace_{replaced}": photo("تازه")}, **JSON)

    answer = with_pictures.post("documents", {name: "other", "seen": old}, **JSON)

    assert answer.status_code == 200 and not answer.json()["changed"]
    assert "other" in [title(with_pictures, place) for place in range(3)]
    assert answer.json()["seen"] == seen(with_pictures, "documents")


def test_of_uploads_beside_each_other_the_later_one_looks_later(with_pictures):
    """The script draws no older list over a newer: the one that waited for the other's lock is the newer."""
    just_now = timezone.now() + timedelta(seconds=5)
    Claim.objects.filter(pk=with_pictures.claim.pk).update(changed_at=just_now)

    answer = with_pictures.post("documents", {"file_report": photo("جواب")}, **JSON)

    assert answer.json()["at"] > just_now.timestamp()


def test_an_old_page_does_not_put_pictures_back_into_their_old_order(with_pictures):
    first, second = (one.pk for one in with_pictures.claim.documents.present())
    with_pictures.post("documents", {f"title_{second}": "invoice"})
    old = seen(with_pictures, "documents")
    with_pictures.post("documents", {"up": second})

    with_pictures.post("documents", {f"title_{second}": "report", "order": [first, second], "seen": old})

    assert [one.pk for one in with_pictures.claim.documents.present()] == [second, first]


# --- «شمارهٔ موبایل» --------------------------------------------------------------------------------


def test_a_number_confirmed_in_another_window_is_told_and_not_overwritten(filling):
    filling.start()
    filling.post("details", filling.details())
    filling.add_documents()
    old, mine = seen(filling, "mobile"), filling.cast.maryam.mobile
    filling.confirm_mobile()
    Claim.objects.filter(pk=filling.claim.pk).update(mobile="09351234567")

    answer = filling.post("mobile", {"mobile": mine, "seen": old, "next": "1"})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert filling.claim.mobile == "09351234567"
    assert "در پنجره یا دستگاه دیگری تغییر کرده است" in page
    assert mine in page

    filling.post("mobile", {"mobile": mine, "seen": seen(filling, "mobile"), "next": "1"})
    assert filling.claim.mobile == mine


@pytest.mark.parametrize("name", ["basics", "details", "documents", "mobile"])
def test_what_is_written_after_another_window_has_sent_the_claim_is_not_dropped_in_silence(filling, name):
    claim = filling.submitted()
    typed = {"basics": filling.basics(), "details": filling.details(paid_amount="3000000")}

    answer = filling.post(name, typed.get(name, {"next": "1"}), follow=True)

    assert answer.redirect_chain[-1][0] == claim.get_absolute_url()
    assert "آنچه اکنون نوشتید ذخیره نشد" in answer.content.decode()
    assert filling.claim.paid_amount == 1_510_000
