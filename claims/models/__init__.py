"""A claim, its documents, what officers said of it, and everything that happened.

Columns, constraints and querysets; no flow.
"""

from claims.models.claim import Claim
from claims.models.documents import Document, MissingDocument
from claims.models.history import ClaimEvent, Submission
from claims.models.review import Deduction, Deficiency, PaymentBatch, PaymentLine
from claims.models.status import Status

__all__ = [
    "Claim",
    "ClaimEvent",
    "Deduction",
    "Deficiency",
    "Document",
    "MissingDocument",
    "PaymentBatch",
    "PaymentLine",
    "Status",
    "Submission",
]
