"""Two tabs, or two devices, on one draft: never a silent mix."""

from claims.models import Status


def seen(filling, name):
    from claims.steps import Wizard

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
