"""What was claimed before and looks like this claim: the member is told and may go on, the officer sees both."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.models import Claim
from claims.reading import SEEN, papers_of, sight
from members.models import Enrolment, Person
from portal.lib.joined import Joined

MOST_TOLD = 3

# The same person, date, service and amount, and not refused.
ALIKE = """
    claim.insured_id = %(insured)s AND claim.service_date = %(day)s
    AND claim.service_type_id = %(service_type)s AND claim.service_id IS NOT DISTINCT FROM %(service)s
    AND claim.paid_amount = %(amount)s AND claim.tracking_code IS NOT NULL AND claim.id <> %(but)s
    AND claim.status NOT IN ('rejected', 'withdrawn', 'expired')
"""
_earlier = Joined(
    f"""
    SELECT
      ARRAY(SELECT claim.tracking_code FROM claims_claim claim WHERE {ALIKE} ORDER BY claim.id LIMIT {MOST_TOLD}),
      (SELECT min(claim.tracking_code) FROM claims_claim claim
        WHERE %(prescription)s <> '' AND claim.eprescription_code = %(prescription)s
          AND claim.insured_id = %(insured)s AND claim.base_insurer_id = %(base_insurer)s
          AND claim.tracking_code IS NOT NULL AND claim.id <> %(but)s),
      (SELECT coalesce(json_object_agg(digest, code), '{{{{}}}}')
         FROM (SELECT DISTINCT ON (document.source_sha256) document.source_sha256 AS digest, claim.tracking_code AS code
                 FROM claims_document document JOIN claims_claim claim ON claim.id = document.claim_id
                WHERE document.source_sha256 = ANY(%(digests)s) AND document.removed_at IS NULL
                  AND claim.tracking_code IS NOT NULL AND claim.id <> %(but)s AND {SEEN}
                ORDER BY document.source_sha256, claim.id DESC) AS sent)
    """
)
_alike = Joined(
    f"""
    SELECT {{claim}}, {{insured}} FROM claims_claim claim JOIN members_person insured ON insured.id = claim.insured_id
     WHERE {ALIKE} ORDER BY claim.id LIMIT %(most)s
    """,
    links={"claim": ("insured",)},
    claim=Claim,
    insured=Person,
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Tracking codes: of claims alike, of one with the same prescription, and by digest of the picture they carry.

    Of strangers' claims with the same picture only officers hear.
    """

    alike: list[str]
    same_prescription: str | None
    sent_before: dict[str, str]


def earlier(claim: Claim, enrolments: Iterable[Enrolment]) -> Earlier:
    documents, _ = papers_of(claim)
    (row,) = _earlier.rows(
        **columns(claim),
        prescription=claim.eprescription_code,
        base_insurer=claim.base_insurer_id,
        digests=[one.source_sha256 for one in documents],
        sight=sight(enrolments),
    )
    return Earlier(*row.extra)


def alike(claim: Claim, *, most: int) -> list[Claim]:
    return [row.claim for row in _alike.rows(**columns(claim), most=most)]


def columns(claim: Claim) -> dict:
    return {
        "but": claim.pk,
        "insured": claim.insured_id,
        "day": claim.service_date and claim.service_date.togregorian(),
        "service_type": claim.service_type_id,
        "service": claim.service_id,
        "amount": claim.paid_amount,
    }
