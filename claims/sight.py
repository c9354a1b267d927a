"""Who sees which claims, for the statements that read them: those of these people under these contracts."""

from collections.abc import Iterable

from members.models import Enrolment

SEEN = "(claim.contract_id, claim.insured_id) IN %(sight)s"


def sight(enrolments: Iterable[Enrolment]) -> tuple[tuple[int | None, int | None], ...]:
    """Of which people under which contracts; of nobody, where there is no cover at all."""
    return tuple((one.contract_id, one.person_id) for one in enrolments) or ((None, None),)
