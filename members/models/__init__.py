"""Accounts, insured people and their households, the rosters they come from, and what they report."""

from members.models.accounts import AccountSession, KeptForm, Limit, OneTimeCode, Session, User
from members.models.people import Enrolment, Person
from members.models.reports import Discrepancy
from members.models.rosters import RosterImport, RosterRow

__all__ = [
    "AccountSession",
    "Discrepancy",
    "Enrolment",
    "KeptForm",
    "Limit",
    "OneTimeCode",
    "Person",
    "RosterImport",
    "RosterRow",
    "Session",
    "User",
]
