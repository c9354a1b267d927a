"""The staff's side of claims: the queue, the review desk, payments."""

from claims.admin.claim import ClaimAdmin

__all__ = ["ClaimAdmin"]
