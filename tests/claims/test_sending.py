"""What is sent is what is stored at that moment, all of it at once, and it costs few statements."""

import pytest

from claims import lifecycle, reading
from claims.models import ClaimEvent, Submission
from members.access import enrolments_of
from notifications.models import Message


@pytest.fixture
def read(filling):
    """A claim at its review, as the page of its member has read it."""
    filling.to_review()
    return reading.own_claim(filling.claim.code, enrolments_of(filling.cast.maryam))


def test_claim_event_round_and_message_come_in_three_statements(read, filling, django_assert_max_num_queries):
    # And a savepoint, which in a request is the transaction itself; now and then the texts of messages.
    with django_assert_max_num_queries(3 + 2 + 1):
        sent = lifecycle.submit(read, by=filling.cast.maryam)

    event = ClaimEvent.objects.get(claim=sent)
    assert (event.status_before, event.status_after) == ("draft", "submitted")
    assert Submission.objects.get(claim=sent).values["documents"]
    assert Message.objects.get(key=f"event-{event.pk}").values == {"tracking_code": sent.tracking_code}


def test_a_paper_that_went_after_the_page_had_read_it_is_missed(read, filling):
    lifecycle.remove_document(read, read.documents.first())

    with pytest.raises(lifecycle.Refused, match="هنوز کامل نیست"):
        lifecycle.submit(read, by=filling.cast.maryam)
    assert not Submission.objects.exists()


def test_a_claim_discarded_meanwhile_is_not_there(read, filling):
    lifecycle.discard(read)

    with pytest.raises(type(read).DoesNotExist):
        lifecycle.submit(read, by=filling.cast.maryam)
