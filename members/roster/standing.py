"""The roster in force in the words of a file: what it says of each person whose cover goes on."""

from collections.abc import Iterable
from datetime import date

from catalog.models import Contract
from members.roster.comparing import ENROLMENT_FIELDS, IS_IN_FORCE, PERSON_FIELDS, last_day_of_leavers

# Where the roster in force keeps what a file says; of mobile and iban what the employer said last.
_KEPT_AS = {
    **{name: f"p.{name}" for name in PERSON_FIELDS},
    **{name: f"e.{name}" for name in ENROLMENT_FIELDS},
    "primary_national_id": "q.national_id",
    "mobile": "e.roster_mobile",
    "iban": "e.roster_iban",
}


def lines_in_force(cursor, contract: Contract, fields: Iterable[str], *, today: date) -> dict[str, str]:
    """By national ID, these fields as COPY writes them; only where it would escape something they are others."""
    texts = ", ".join(f"coalesce({_KEPT_AS[field]}::text, '\\N')" for field in fields)
    cursor.execute(
        f"SELECT p.national_id, concat_ws(E'\\t', {texts})"
        " FROM members_enrolment e"
        " JOIN members_person p ON p.id = e.person_id"
        " JOIN members_person q ON q.id = e.primary_id"
        f" WHERE {IS_IN_FORCE}",
        {"contract": contract.pk, "last_day": last_day_of_leavers(today)},
    )
    return dict(cursor)
