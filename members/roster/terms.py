"""What contract and catalogue say a roster is judged by: all that an examination asks of the database."""

import datetime
from collections.abc import Iterable

import jdatetime
from django.db import connection

from catalog.models import BaseInsurer, Contract, Province
from members.models import Enrolment
from members.models.people import Relation
from members.roster.families import Enrolled
from members.roster.people import Terms
from portal.lib import dates

Day = jdatetime.date | datetime.date


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


def primaries_of(contract: Contract, today: Day | None):
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


# Of the IDs of a roster hardly any belongs to other contracts alone: their names and days need not be sent along.
_OF_OTHERS = """
    SELECT p.national_id, p.last_key, p.birth_date
    FROM unnest(%(national_ids)s::varchar[]) AS i (national_id)
    JOIN members_person p ON p.national_id = i.national_id
    WHERE NOT EXISTS (SELECT FROM members_enrolment e WHERE e.person_id = p.id AND e.contract_id = %(contract)s)
"""


def people_of_others(contract: Contract):
    """A look-up of whom only other contracts have brought in, in one statement for a whole roster."""

    def of_others(national_ids: Iterable[str]) -> list[tuple[str, str, datetime.date | None]]:
        # One text: what takes a hundred thousand parameters apart costs more than the search.
        values = {"national_ids": f"{{{','.join(national_ids)}}}", "contract": contract.pk}
        with connection.cursor() as cursor:
            cursor.execute(_OF_OTHERS, values)
            return cursor.fetchall()

    return of_others
