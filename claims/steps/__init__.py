"""The steps of the wizard, their order, and which of them still needs something.

A step is complete when its own form, bound to what is stored, is valid: nothing is stored about it
and no rule stands here twice. No status changes, no request.
"""

from claims.steps.basics import BasicsStep
from claims.steps.details import DetailsStep
from claims.steps.documents import DocumentsStep
from claims.steps.mobile import MobileStep
from claims.steps.wizard import STEPS, Wizard

__all__ = ["STEPS", "BasicsStep", "DetailsStep", "DocumentsStep", "MobileStep", "Wizard"]
