"""The household's claims as its lists show them: what waits for the member, and all others, newest first."""

from collections.abc import Iterable
from functools import lru_cache

from catalog.models import MedicalCentre
from claims.models import Claim
from claims.models.claim import WAITING
from claims.reading import PAPERS, SEEN, named, sight, with_cover
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
    return {"sight": sight(enrolments), "turns": tuple(WAITING), "most": most}


@lru_cache
def _waiting(chosen: tuple[str, ...], order: str) -> Joined:
    return _statement(f", {PAPERS}", "claim.status IN %(turns)s", chosen, order)


@lru_cache
def _others(chosen: tuple[str, ...]) -> Joined:
    return _statement("", "claim.status NOT IN %(turns)s", chosen, NEWEST)


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
