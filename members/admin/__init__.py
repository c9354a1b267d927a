"""What staff see and change of people, accounts and reports. No password and no code is ever shown."""

from members.admin.accounts import AccountAdmin
from members.admin.groups import StaffGroupAdmin
from members.admin.people import EnrolmentAdmin, PersonAdmin
from members.admin.reports import DiscrepancyAdmin
from members.admin.rosters import RosterImportAdmin, RosterRowAdmin

__all__ = [
    "AccountAdmin",
    "DiscrepancyAdmin",
    "EnrolmentAdmin",
    "PersonAdmin",
    "RosterImportAdmin",
    "RosterRowAdmin",
    "StaffGroupAdmin",
]
