"""What happened is never changed, and the database keeps what must never be false."""

import pytest
from django.db import IntegrityError, connection, transaction

from claims.models import Claim, ClaimEvent, Status, Submission


@pytest.mark.parametrize("table", ["claims_claimevent", "claims_submission"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET claim_id = claim_id", "DELETE FROM {}"])
def test_the_database_refuses_to_change_history(filling, table, statement):
    filling.submitted()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert ClaimEvent.objects.count() == Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("columns", "truth"),
    [
        ({"status": "lost", "source": "paper"}, "claim_status_is_known"),
        ({"status": Status.SUBMITTED}, "claim_complete_once_submitted"),
        ({"tracking_code": "4071928356"}, "draft_has_no_tracking_code"),
        ({"paid_amount": 0}, "paid_amount_is_positive"),
        ({"status": Status.UNDER_REVIEW, "source": "paper"}, "claim_under_review_has_an_officer"),
    ],
)
def test_the_database_keeps_what_must_never_be_false(filling, columns, truth):
    filling.start()

    with pytest.raises(IntegrityError, match=truth), transaction.atomic():
        Claim.objects.filter(pk=filling.claim.pk).update(**columns)


def test_a_tracking_code_is_given_once(filling):
    code = filling.submitted().tracking_code
    first = filling.claim
    second = filling.submitted()
    assert second.pk != first.pk

    with pytest.raises(IntegrityError, match="tracking_code_unique_once_given"), transaction.atomic():
        Claim.objects.filter(pk=second.pk).update(tracking_code=code)
