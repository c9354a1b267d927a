"""The household's claims as its lists show them: what waits for the member, and all others, newest first."""

from collections.abc import Iterable
from functools import lru_cache

from catalog.models import Contract, MedicalCentre
from claims import turns
from claims.models import Claim
from claims.models.status import WAITING
from claims.reading import PAPERS, named, with_cover
from claims.sight import SEEN, sight
from members.models import Enrolment
from portal.lib.joined import Joined

# What a list may be narrowed by; `before` is where the page before ended.
CONDITIONS = {
    "contract": "claim.contract_id = %(contract)s",
    "status": "claim.status = %(status)s",
    "insured": "claim.insured_id = %(insured)s",
    "since": "claim.service_date >= %(since)s",
    "until": "claim.service_date <= %(until)s",
    "service_type": "claim.service_type_id = %(service_type)s",
    "tracking_code": "claim.tracking_code = %(tracking_code)s",
    "before": "claim.id < %(before)s",
}
# As turns.now tells it of one claim: `always` are contracts, `unpaid` people under them who cannot be paid.
YOUR_TURN = """(
    claim.status IN %(turns)s
    OR claim.source = 'portal' AND claim.status IN ('submitted', 'under_review')
       AND claim.originals_received_at IS NULL
       AND (claim.originals_requested_at IS NOT NULL OR claim.contract_id IN %(always)s)
    OR claim.source = 'portal' AND claim.status = 'approved' AND claim.payment_batch_id IS NULL
       AND (claim.contract_id, claim.insured_id) IN %(unpaid)s
)"""
NEWEST = "claim.id DESC"
DRAFTS_FIRST = f"(claim.status = 'draft') DESC, {NEWEST}"


def waiting(
    enrolments: Iterable[Enrolment], *, most: int, order: str = DRAFTS_FIRST, **narrowed
) -> list[Claim]:
    """It is the member's turn. They come with their papers, so that drafts can be judged."""
    chosen = {name: value for name, value in narrowed.items() if value}
    found = []
    for row in _waiting(tuple(chosen), order).rows(**chosen, **shared(enrolments, most)):
        row.claim.picture_rows, row.claim.missing_rows = row.extra
        found.append(named(with_cover(row.claim, enrolments)))
    return found


def others(enrolments: Iterable[Enrolment], *, most: int, **narrowed) -> list[Claim]:
    chosen = {name: value for name, value in narrowed.items() if value}
    rows = _others(tuple(chosen)).rows(**chosen, **shared(enrolments, most))
    return [named(with_cover(row.claim, enrolments)) for row in rows]


def shared(enrolments, most) -> dict:
    # No row has a key of zero: a list that is empty would make the condition unknown, and its contrary too.
    unpaid = turns.without_iban(enrolments)
    return {
        "sight": sight(enrolments),
        "turns": tuple(WAITING),
        "always": tuple(
            one.contract_id for one in enrolments if one.contract.originals == Contract.Originals.ALWAYS
        )
        or (0,),
        "unpaid": tuple((one.contract_id, one.person_id) for one in enrolments if one.contract_id in unpaid)
        or ((0, 0),),
        "most": most,
    }


@lru_cache
def _waiting(chosen: tuple[str, ...], order: str) -> Joined:
    return _statement(f", {PAPERS}", YOUR_TURN, chosen, order)


@lru_cache
def _others(chosen: tuple[str, ...]) -> Joined:
    return _statement("", f"NOT {YOUR_TURN}", chosen, NEWEST)


def _statement(more: str, whose_turn: str, chosen: tuple[str, ...], order: str) -> Joined:
    conditions = " AND ".join([SEEN, whose_turn, *(CONDITIONS[name] for name in chosen)])
    return Joined(
        f"""
        SELECT {{claim}}, {{centre}}{more}
          FROM claims_claim claim LEFT JOIN catalog_medicalcentre centre ON centre.id = claim.centre_id
         WHERE {conditions} ORDER BY {order} LIMIT %(most)s
        """,
        links={"claim": ("centre",)},
        claim=Claim,
        centre=MedicalCentre,
    )
