"""The same file again, on the same day, with nothing touched since: known to be in force without being read."""

import hashlib
from functools import cache
from pathlib import Path

from django.db import connection

from catalog.models import Contract
from members.models import RosterImport
from members.roster.terms import Day, terms_of

# In the changes of a committed import: what it was judged by, and who wrote the roster as it then was.
BASIS = "basis"


def in_force(content: bytes, contract: Contract, *, today: Day | None = None) -> RosterImport | None:
    """The import that already did all that this file can do; None when there is any doubt."""
    committed = RosterImport.objects.filter(contract=contract, state=RosterImport.State.COMMITTED)
    last = committed.order_by("-committed_at", "-pk").first()
    if last is None or last.sha256 != hashlib.sha256(content).hexdigest():
        return None
    basis = last.changes.get(BASIS)
    if not basis or basis["judged_by"] != _judged_by(contract, today):
        return None
    return last if _is_untouched(contract, basis) else None


def oldest_writer() -> str:
    """Who writes now and was not done: asked before an import looks at the roster."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::xid::text")
        return cursor.fetchone()[0]


def basis_of(roster_import: RosterImport, *, oldest: str, today: Day) -> dict:
    """For an import whose row was just saved, by the same (sub)transaction that wrote the roster."""
    contract = roster_import.contract
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM members_rosterimport WHERE id = %s", [roster_import.pk])
        (writer,) = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM members_enrolment WHERE contract_id = %s", [contract.pk])
        (people,) = cursor.fetchone()
    judged_by = _judged_by(contract, today)
    return {"judged_by": judged_by, "writer": writer, "oldest": oldest, "people": people}


def _judged_by(contract: Contract, today: Day | None) -> str:
    """The contract's terms, the catalogue's lists, the day, and the rules themselves."""
    return hashlib.sha256(f"{terms_of(contract, today=today)!r}{_rules()}".encode()).hexdigest()


@cache
def _rules() -> str:
    """Another after each deployment that changes any of them."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _is_untouched(contract: Contract, basis: dict) -> bool:
    """No row is gone, and none was written by anybody who was not done when the import began, but the import itself."""
    written_since = "({0}.xmin <> %(writer)s::xid AND age({0}.xmin) <= age(%(oldest)s::xid))"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) = %(people)s AND NOT coalesce(bool_or("
            f"{written_since.format('e')} OR {written_since.format('p')}), false)"
            " FROM members_enrolment e JOIN members_person p ON p.id = e.person_id"
            " WHERE e.contract_id = %(contract)s",
            basis | {"contract": contract.pk},
        )
        return cursor.fetchone()[0]
