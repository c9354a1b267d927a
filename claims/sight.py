"""Who sees which claims, for the statements that read them: those of these people under these contracts."""

from collections.abc import Iterable

from members.models import Enrolment

SEEN = "(claim.contract_id, claim.insured_id) IN %(sight)s"
# The same for one claim, in a statement that is planned once and takes no tuples (portal/lib/prepared.py).
ONE_SEEN = """(claim.contract_id, claim.insured_id) IN (
    SELECT * FROM unnest(%(contracts)s::bigint[], %(people)s::bigint[])
)"""


def sight(enrolments: Iterable[Enrolment]) -> tuple[tuple[int | None, int | None], ...]:
    """Of which people under which contracts; of nobody, where there is no cover at all."""
    return tuple((one.contract_id, one.person_id) for one in enrolments) or ((None, None),)


def pairs(enrolments: Iterable[Enrolment]) -> dict[str, list[int]]:
    """The values of ONE_SEEN."""
    enrolments = list(enrolments)
    return {
        "contracts": [one.contract_id for one in enrolments],
        "people": [one.person_id for one in enrolments],
    }
