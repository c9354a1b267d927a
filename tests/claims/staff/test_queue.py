"""The work queue: oldest first, counted, filtered, searched; what waits nobody else's hands is taken from it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims import lifecycle
from claims.admin import queue
from claims.models import Claim, Status
from claims.models.claim import new_code
from claims.tracking import new_tracking_code
from tests.cast import REVIEWERS, enrol, make_contract, make_person, make_staff

QUEUE = "admin:claims_claim_changelist"


@pytest.fixture
def many(submitted):
    """`many(12)` puts as many claims beside the first, each a day older than the one before."""

    def copy(number, **changes):
        rows = []
        for age in range(number):
            claim = Claim.objects.get(pk=submitted.pk)
            claim.pk, claim.code = None, new_code()
            claim.tracking_code = new_tracking_code()
            claim.queued_at = timezone.now() - timedelta(days=age + 1)
            for name, value in changes.items():
                setattr(claim, name, value)
            rows.append(claim)
        return Claim.objects.bulk_create(rows)

    return copy


@pytest.fixture
def reviewer(cast):
    client = Client()
    client.force_login(cast.reviewer)
    return client


def lines(answer):
    return [line.claim for line in answer.context["queue"].lines]


def test_the_oldest_stands_first_and_drafts_never_appear(reviewer, filling, submitted, many):
    older = many(3)
    filling.start()

    shown = lines(reviewer.get(reverse(QUEUE)))

    assert shown == [*reversed(older), submitted]


def test_what_is_in_hand_stands_above_everything(cast, reviewer, submitted, many):
    many(3)
    lifecycle.take(submitted, by=cast.reviewer)

    answer = reviewer.get(reverse(QUEUE))

    assert lines(answer)[0] == submitted
    assert "ادامه" in answer.content.decode()


@pytest.mark.parametrize(
    ("days", "tone", "words"),
    [(0, "", "امروز"), (1, "", "دیروز"), (3, "turn", "۳ روز"), (4, "turn", "۴ روز"), (5, "late", "۵ روز")],
)
def test_the_age_is_coloured_by_the_contract(submitted, days, tone, words):
    submitted.queued_at = timezone.now() - timedelta(days=days)

    assert queue.age_of(submitted) == queue.Age(words, tone)


def test_filters_narrow_the_queue_and_are_counted(cast, reviewer, submitted, many):
    many(2, paid_amount=60_000_000)
    other = make_contract("OTHER-1")
    enrol(cast.maryam.person, other)
    many(1, contract=other)

    assert len(lines(reviewer.get(reverse(QUEUE), {"amount": "large"}))) == 2
    assert len(lines(reviewer.get(reverse(QUEUE), {"contract": other.pk}))) == 1
    assert lines(reviewer.get(reverse(QUEUE), {"status": "under_review"})) == []
    page = reviewer.get(reverse(QUEUE))
    counts = {choice.label: choice.count for _, choices in page.context["queue"].groups for choice in choices}
    assert counts["OTHER-1"] == 1
    assert counts["بیش از ۵۰ میلیون"] == 2
    assert counts["همه"] == 4


def test_a_nonsense_filter_is_left_out(reviewer, submitted):
    answer = reviewer.get(
        reverse(QUEUE), {"status": "draft", "contract": "1 OR 1", "page": "x", "officer": "۱"}
    )

    assert lines(answer) == [submitted]


def test_decided_claims_are_found_outside_the_queue(cast, reviewer, submitted):
    lifecycle.take(submitted, by=cast.reviewer)
    lifecycle.approve(submitted, by=cast.reviewer)

    assert lines(reviewer.get(reverse(QUEUE))) == []
    assert lines(reviewer.get(reverse(QUEUE), {"status": "approved"})) == [submitted]


def test_a_tracking_code_is_found_and_a_national_id_stands_in_no_address(cast, reviewer, submitted):
    by_code = reviewer.post(reverse("admin:claims_claim_find"), {"wanted": submitted.tracking_code})
    by_person = reviewer.post(reverse("admin:claims_claim_find"), {"wanted": cast.maryam.person.national_id})
    nothing = reviewer.post(reverse("admin:claims_claim_find"), {"wanted": "۱۲۳"}, follow=True)

    assert by_code.url == f"{reverse(QUEUE)}?q={submitted.tracking_code}"
    assert cast.maryam.person.national_id not in by_person.url
    assert lines(reviewer.get(by_code.url)) == lines(reviewer.get(by_person.url)) == [submitted]
    assert "پیدا نشد" in nothing.content.decode()


def test_pages_of_the_queue_follow_one_another(reviewer, submitted, many):
    many(30)

    first, second = (lines(reviewer.get(reverse(QUEUE), {"page": number})) for number in (1, 2))

    assert (len(first), len(second)) == (25, 6)
    assert second[-1] == submitted


def test_the_next_claim_is_the_oldest_that_nobody_has(cast, reviewer, submitted, many):
    oldest = many(2)[-1]
    lifecycle.take(oldest, by=make_staff("colleague", "آرش نیک‌سیرت", REVIEWERS))

    reviewer.post(reverse("admin:claims_claim_next"))

    taken = Claim.objects.get(officer=cast.reviewer)
    assert taken.status == Status.UNDER_REVIEW
    assert taken.queued_at > oldest.queued_at
    assert taken != submitted


def test_the_next_claim_is_never_of_the_officers_own_household(cast, reviewer, submitted, many):
    cast.reviewer.staff_national_id = cast.husband.person.national_id
    cast.reviewer.save(update_fields=["staff_national_id"])
    stranger = many(1, insured=cast.stranger.person)[0]
    many(2)

    reviewer.post(reverse("admin:claims_claim_next"))
    reviewer.post(reverse("admin:claims_claim_next"))

    assert list(Claim.objects.filter(officer=cast.reviewer)) == [stranger]


def test_an_empty_queue_says_so(cast, reviewer, catalogue):
    answer = reviewer.post(reverse("admin:claims_claim_next"), follow=True)

    assert "در صف نیست" in answer.content.decode()


def test_nothing_is_taken_by_get(reviewer, submitted):
    assert reviewer.get(reverse("admin:claims_claim_next")).status_code == 405
    submitted.refresh_from_db()
    assert submitted.officer is None


def test_finance_sees_the_queue_but_takes_nothing(cast, submitted):
    client = Client()
    client.force_login(cast.finance)

    page = client.get(reverse(QUEUE))

    assert lines(page) == [submitted]
    assert "برداشتن" not in page.content.decode()
    assert client.post(reverse("admin:claims_claim_next")).status_code == 403


def test_the_queue_costs_ten_statements_at_most_whatever_it_holds(
    cast, reviewer, submitted, many, catalogue_in_memory, django_assert_max_num_queries
):
    lifecycle.take(submitted, by=cast.reviewer)
    reviewer.get(reverse(QUEUE))
    with django_assert_max_num_queries(10) as few:
        reviewer.get(reverse(QUEUE))
    many(60, insured=make_person())

    with django_assert_max_num_queries(10) as lots:
        reviewer.get(reverse(QUEUE))
        assert len(lots.captured_queries) == len(few.captured_queries)
    with django_assert_max_num_queries(10):
        reviewer.get(reverse(QUEUE), {"status": "submitted", "amount": "small", "page": 2})
    with django_assert_max_num_queries(10):
        reviewer.get(reverse(QUEUE), {"q": submitted.tracking_code})
