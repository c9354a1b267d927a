"""Every change of a claim's status, and every saving of its steps: one public verb each. No request, no HTML.

A verb locks the claim, checks, moves, records and announces, in one transaction (`moves.py`).
What may not be is refused with the sentence the person reads.
"""

from claims.lifecycle.clock import expire, remind_deficient, remind_draft, remove_old_draft
from claims.lifecycle.filling import confirm_mobile, discard, ensure_editable, save_step, start
from claims.lifecycle.images import (
    add_documents,
    move_up,
    remove_document,
    replace_document,
    rotate_document,
    save_documents,
    use_again,
)
from claims.lifecycle.member import mend_iban, object_to, submit, withdraw
from claims.lifecycle.moves import Refused
from claims.lifecycle.officer import (
    approve,
    ask_medical_adviser,
    correct_title,
    mark_deficient,
    merge_centre,
    receive_originals,
    reject,
    release,
    request_originals,
    take,
)
from claims.lifecycle.paper import keep_paper
from claims.lifecycle.payment import fail_payment, may_pay, pay

__all__ = [
    "Refused",
    "add_documents",
    "approve",
    "ask_medical_adviser",
    "confirm_mobile",
    "correct_title",
    "discard",
    "ensure_editable",
    "expire",
    "fail_payment",
    "keep_paper",
    "mark_deficient",
    "may_pay",
    "mend_iban",
    "merge_centre",
    "move_up",
    "object_to",
    "pay",
    "receive_originals",
    "reject",
    "release",
    "remind_deficient",
    "remind_draft",
    "remove_document",
    "remove_old_draft",
    "replace_document",
    "request_originals",
    "rotate_document",
    "save_documents",
    "save_step",
    "start",
    "submit",
    "take",
    "use_again",
    "withdraw",
]
