"""What was claimed before and looks like a claim: the member is told and may go on, the officer sees both."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.models import Claim
from claims.sight import ONE_SEEN, pairs
from members.models import Enrolment, Person
from portal.lib.joined import Joined

MOST_TOLD = 3

# `other` is an earlier claim: of the same person, date, service and amount, and not refused.
ALIKE = """
    other.insured_id = claim.insured_id AND other.service_date = claim.service_date
    AND other.service_type_id = claim.service_type_id
    AND other.service_id IS NOT DISTINCT FROM claim.service_id
    AND other.paid_amount = claim.paid_amount AND other.tracking_code IS NOT NULL AND other.id <> claim.id
    AND other.status NOT IN ('rejected', 'withdrawn', 'expired')
"""
# Three columns beside a `claim`, in the order of Earlier. By OFFSET 0 a picture leads to its claim by the key, not by
# a join with all of them, and is looked for once.
EARLIER = f"""
    ARRAY(SELECT other.tracking_code FROM claims_claim other WHERE {ALIKE} ORDER BY other.id LIMIT {MOST_TOLD}),
    (SELECT min(other.tracking_code) FROM claims_claim other
      WHERE claim.eprescription_code <> '' AND other.eprescription_code = claim.eprescription_code
        AND other.insured_id = claim.insured_id AND other.base_insurer_id = claim.base_insurer_id
        AND other.id <> claim.id),
    (SELECT coalesce(json_object_agg(digest, code), '{{{{}}}}')
       FROM (SELECT mine.source_sha256 AS digest,
                    (SELECT other.tracking_code FROM claims_document theirs, LATERAL (
                         SELECT * FROM claims_claim WHERE id = theirs.claim_id OFFSET 0
                     ) other
                      WHERE theirs.source_sha256 = mine.source_sha256 AND theirs.removed_at IS NULL
                        AND other.tracking_code IS NOT NULL AND other.id <> claim.id
                        AND {ONE_SEEN.replace("claim.", "other.")}
                      ORDER BY theirs.id DESC LIMIT 1) AS code
               FROM claims_document mine WHERE mine.claim_id = claim.id AND mine.removed_at IS NULL OFFSET 0) AS sent
      WHERE code IS NOT NULL)
"""
_earlier = Joined(f"SELECT {EARLIER} FROM claims_claim claim WHERE claim.id = %(pk)s")
_alike = Joined(
    f"""
    SELECT {{other}}, {{insured}}
      FROM claims_claim claim JOIN claims_claim other ON {ALIKE} JOIN members_person insured
        ON insured.id = other.insured_id
     WHERE claim.id = %(pk)s ORDER BY other.id LIMIT %(most)s
    """,
    links={"other": ("insured",)},
    other=Claim,
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
    """As it is stored; a page of the wizard has read it with the claim itself (claims/reading.py)."""
    return Earlier(*next(_earlier.rows(pk=claim.pk, **pairs(enrolments))).extra)


def alike(claim: Claim, *, most: int) -> list[Claim]:
    return [row.other for row in _alike.rows(pk=claim.pk, most=most)]
