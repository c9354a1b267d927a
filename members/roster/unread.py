"""Who stands in a file under a number that cannot be read: they have not left, their row only waits."""

from collections import defaultdict
from datetime import date

from catalog.models import Contract
from members.models import Enrolment
from members.roster.report import Report


def people_meant(report: Report, contract: Contract) -> set[str]:
    """National IDs, as this contract has them, of those whom name and birth date give away."""
    born_by_names = _unread(report)
    if not born_by_names:
        return set()
    rows = Enrolment.objects.filter(
        contract=contract,
        person__first_key__in={first for first, _ in born_by_names},
        person__last_key__in={last for _, last in born_by_names},
    ).values_list("person__national_id", "person__first_key", "person__last_key", "person__birth_date")
    return {
        national_id
        for national_id, first, last, born in rows
        if _is_meant(born_by_names.get((first, last), set()), born and born.togregorian())
    }


def _unread(report: Report) -> dict[tuple[str, str], set[date | None]]:
    """By the keys of both names, the birth dates that stand beside them."""
    people, found = report.people, defaultdict(set)
    for row in report.findings.rejected:
        names = people.name_key(row)
        if not people["national_id"][row] and all(names):
            found[names].add(people["birth_date"][row])
    return found


def _is_meant(written: set[date | None], born: date | None) -> bool:
    # A date that cannot be read either, or that nobody knows, speaks for nobody else.
    return bool(written) and (born is None or None in written or born in written)
