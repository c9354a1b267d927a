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


# Whoever this contract has already is corrected in the sight of the operator: by the difference that is shown.
KNOWN_OTHERWISE = """
    JOIN members_person p ON p.national_id = i.national_id
    WHERE (p.last_key <> i.last_key OR p.birth_date <> i.birth_date)
      AND NOT EXISTS (SELECT FROM members_enrolment e WHERE e.person_id = p.id AND e.contract_id = %(contract)s)
"""
_STRANGERS = f"""
    SELECT p.national_id
    FROM unnest(%(national_id)s::varchar[], %(last_key)s::varchar[], %(birth_date)s::date[])
        AS i (national_id, last_key, birth_date)
    {KNOWN_OTHERWISE}
"""


def strangers_of(contract: Contract):
    """A look-up of national IDs that belong to somebody else, in one statement for a whole roster."""

    def strangers(national_ids, last_keys, birth_dates) -> frozenset[str]:
        arrays = {
            # Hardly two are alike, and nothing of them is read as anything else.
            "national_id": f"{{{','.join(national_ids)}}}",
            "last_key": _array(last_keys),
            "birth_date": _array(birth_dates),
        }
        with connection.cursor() as cursor:
            cursor.execute(_STRANGERS, arrays | {"contract": contract.pk})
            return frozenset(national_id for (national_id,) in cursor.fetchall())

    return strangers


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"'})


def _array(values: Iterable) -> str:
    """As one text: what takes a hundred thousand parameters apart costs more than the search."""
    quoted = {
        value: "NULL" if value is None else f'"{str(value).translate(_ESCAPES)}"' for value in set(values)
    }
    return f"{{{','.join(map(quoted.__getitem__, values))}}}"
