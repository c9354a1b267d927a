"""The employer's roster: examine a file, compare it with the roster in force, commit it. No HTTP.

    report = examine(file, name="list.xlsx", contract=contract)
    changes = compare(report, contract)
    commit(report, contract=contract, by=user)

Rows that wait are settled one by one: fix, accept_stand_alone, refuse. Whatever cannot be taken raises
RosterRefused with the sentence its bringer reads.
"""

from typing import BinaryIO

from catalog.models import Contract
from members.roster import saving
from members.roster.comparing import Changes
from members.roster.examination import examined
from members.roster.reasons import OUTCOME_TITLES, REASONS, RosterRefused
from members.roster.report import Report, ReportRow
from members.roster.report_files import as_json, as_workbook
from members.roster.saving import SecondPersonNeeded
from members.roster.terms import Day, people_of_others, primaries_of, terms_of
from members.roster.waiting import accept_stand_alone, fix, may_stand_alone, others_known, refuse

__all__ = [
    "OUTCOME_TITLES",
    "REASONS",
    "Changes",
    "Report",
    "ReportRow",
    "RosterRefused",
    "SecondPersonNeeded",
    "accept_stand_alone",
    "as_json",
    "as_workbook",
    "commit",
    "compare",
    "examine",
    "fix",
    "may_stand_alone",
    "others_known",
    "refuse",
]


def examine(
    file: BinaryIO | bytes, *, name: str, contract: Contract, today: Day | None = None, progress=None
) -> Report:
    """Read, repair and judge every row; `progress` is called with percentages on the way. Writes nothing."""
    content = file if isinstance(file, bytes) else file.read()
    return examined(
        content,
        name=name,
        terms=terms_of(contract, today=today),
        enrolled=primaries_of(contract, today),
        of_others=people_of_others(contract),
        progress=progress,
    )


def compare(report: Report, contract: Contract) -> Changes:
    """What a commit would do now."""
    return saving.compare(report, contract, today=report.today)


def commit(report: Report, *, contract: Contract, by, seconded_by=None, into=None):
    """Take the report into force, wholly or not at all; returns the RosterImport.

    Two imports of one contract queue up. More than 5 % leavers need `seconded_by`, another person than `by`.
    `into` is the RosterImport of an upload; without it a new one is written. The same file again writes nothing.
    """
    return saving.commit(
        report, contract=contract, by=by, today=report.today, seconded_by=seconded_by, into=into
    )
