"""The employer's roster: examine a file, compare it with the roster in force, commit it. No HTTP.

    report = examine(file, name="list.xlsx", contract=contract)
    changes = compare(report, contract)
    commit(report, contract=contract, by=user)

A file that cannot be taken at all raises RosterRefused with the sentence its bringer reads.
"""

import datetime
from typing import BinaryIO

import jdatetime

from catalog.models import BaseInsurer, Contract, Province
from members.models import Enrolment
from members.models.people import Relation
from members.roster import saving
from members.roster.comparing import Changes
from members.roster.examination import examined, reexamined
from members.roster.families import Enrolled
from members.roster.people import Terms
from members.roster.reasons import OUTCOME_TITLES, REASONS, RosterRefused
from members.roster.report import Report, ReportRow
from members.roster.report_files import as_json, as_workbook
from members.roster.saving import SecondPersonNeeded
from portal.lib import dates

__all__ = [
    "OUTCOME_TITLES",
    "REASONS",
    "Changes",
    "Report",
    "ReportRow",
    "RosterRefused",
    "SecondPersonNeeded",
    "as_json",
    "as_workbook",
    "commit",
    "compare",
    "examine",
    "examine_row",
]

Day = jdatetime.date | datetime.date


def examine(
    file: BinaryIO | bytes, *, name: str, contract: Contract, today: Day | None = None, progress=None
) -> Report:
    """Read, repair and judge every row; `progress` is called with percentages on the way. Writes nothing."""
    content = file if isinstance(file, bytes) else file.read()
    return examined(
        content,
        name=name,
        terms=terms_of(contract, today=today),
        enrolled=_primaries_of(contract, today),
        progress=progress,
    )


def examine_row(values: dict[str, str], *, contract: Contract, today: Day | None = None) -> Report:
    """The report of one row typed by an operator, judged as if it stood in a file."""
    return reexamined(values, terms=terms_of(contract, today=today), enrolled=_primaries_of(contract, today))


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


def terms_of(contract: Contract, *, today: Day | None = None) -> Terms:
    provinces = list(Province.objects.values_list("code", "name", "title"))
    return Terms(
        start=_gregorian(contract.start_date),
        end=_gregorian(contract.end_date),
        plans=list(contract.plans.values_list("title", flat=True)),
        today=_gregorian(today or dates.today()),
        base_insurers=dict(BaseInsurer.objects.values_list("title", "code")),
        provinces={name: code for code, *names in provinces for name in names},
    )


def _gregorian(day: Day) -> datetime.date:
    return day.togregorian() if isinstance(day, jdatetime.date) else day


def _primaries_of(contract: Contract, today: Day | None):
    """A look-up of primary insured whom the contract covers, though the file does not name them."""
    day = min(_gregorian(today or dates.today()), _gregorian(contract.end_date))

    def enrolled(national_ids: set[str]) -> dict[str, Enrolled]:
        if not national_ids:
            return {}
        rows = Enrolment.objects.filter(
            contract=contract,
            relation=Relation.SELF,
            cover_end__gte=day,
            person__national_id__in=national_ids,
        ).values_list("person__national_id", "person__birth_date", "person__gender")
        return {
            national_id: Enrolled(_gregorian(born) if born else None, gender)
            for national_id, born, gender in rows
        }

    return enrolled
