"""What is written to the officer beside «ثبت درخواست» outlives the session; sending stays the member's press."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from claims.models import Status
from tests.cast import PASSWORD
from tests.claims.test_deficient_claim import returned  # noqa: F401

WORDS = "این قبض برای دو خدمت است."


def come_in(filling) -> None:
    """Through the login page, which alone lets a browser be known again."""
    filling.client.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    person = filling.cast.maryam.person
    answer = filling.client.post(
        "/login/",
        {
            "national_id": person.national_id,
            "password": PASSWORD,
            "membership_type": filling.cast.maryam.membership_type_id,
            "captcha": "PASSED",
        },
    )
    assert answer.status_code == 302


def end_the_session(filling) -> None:
    session = filling.client.session
    session["begun"] = session["seen"] = int((timezone.now() - timedelta(days=1)).timestamp())
    session.save()


def page(filling, name) -> str:
    return filling.client.get(filling.url(name)).content.decode()


@pytest.fixture
def at_review_again(filling):
    """At the review of a claim that looks like one that was sent before."""
    come_in(filling)
    filling.submitted()
    return filling.to_review()


def test_a_reason_stands_again_after_the_login_and_nothing_was_sent(at_review_again):
    filling = at_review_again
    end_the_session(filling)

    answer = filling.post("review", {"submit": "1", "duplicate_reason": WORDS})
    assert answer.url.startswith("/login/")
    come_in(filling)

    assert f">{WORDS}</textarea>" in page(filling, "review")
    filling.claim.refresh_from_db()
    assert filling.claim.status == Status.DRAFT


def test_a_post_without_the_button_sends_nothing_and_keeps_the_words(at_review_again):
    """The page posts itself when the session ends; by another clock it may still be open."""
    filling = at_review_again

    answer = filling.post("review", {"duplicate_reason": WORDS})

    assert answer.url == filling.url("review")
    assert filling.claim.status == Status.DRAFT
    assert f">{WORDS}</textarea>" in page(filling, "review")

    filling.post("review", {"submit": "1", "duplicate_reason": WORDS})
    assert filling.claim.duplicate_reason == WORDS


def test_a_refusal_takes_no_words_along(at_review_again):
    filling = at_review_again

    filling.post("review", {"submit": "1", "seen": "of another window", "duplicate_reason": WORDS})

    assert filling.claim.status == Status.DRAFT
    assert f">{WORDS}</textarea>" in page(filling, "review")


@pytest.mark.parametrize("where", ["review", "detail"])
def test_a_note_stands_again_on_the_page_where_it_was_written(returned, where):  # noqa: F811
    filling = returned
    come_in(filling)
    end_the_session(filling)

    address = f"http://testserver{filling.url(where)}"
    filling.post("review", {"submit": "1", "note": WORDS}, headers={"referer": address})
    come_in(filling)

    assert f">{WORDS}</textarea>" in page(filling, where)


def test_what_was_sent_does_not_stand_in_the_next_round(returned):  # noqa: F811
    filling = returned
    filling.post("review", {"submit": "1", "note": WORDS})

    assert filling.claim.status == Status.SUBMITTED
    assert f"review-{filling.claim.code}" not in str(dict(filling.client.session))
