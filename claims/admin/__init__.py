"""The staff's side of claims: the queue, the review desk, payments."""

from claims.admin.claim import ClaimAdmin
from claims.admin.payments import PaymentBatchAdmin

__all__ = ["ClaimAdmin", "PaymentBatchAdmin"]
