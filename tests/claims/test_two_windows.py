"""Two tabs, or two devices, on one draft: never a silent mix."""

from claims import lifecycle
from claims.models import Claim, Status
from claims.steps import Wizard
from portal.lib import dates


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
