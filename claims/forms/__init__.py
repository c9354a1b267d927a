"""One form per step of the wizard; what officers fill in stands in `officer.py`."""

from claims.forms.basics import BasicsForm
from claims.forms.details import DetailsForm
from claims.forms.documents import DocumentsForm
from claims.forms.mobile import MobileForm

__all__ = ["BasicsForm", "DetailsForm", "DocumentsForm", "MobileForm"]
