"""A claim with everything its pages print, in one statement; what the catalogue keeps in memory comes from there.

Who may see it is part of the statement: nothing here finds a claim by its bare identifier alone, but for changing
one that was found before.
"""

from collections.abc import Iterable

from django.db import connection, models
from django.utils import timezone

from catalog.models import (
    BaseInsurer,
    DocumentType,
    MedicalCentre,
    Province,
    Reason,
    Service,
    ServiceType,
)
from catalog.tables import catalogue
from claims.earlier import EARLIER, Earlier
from claims.models import Claim, Document
from claims.sight import ONE_SEEN, SEEN, pairs, sight
from members.models import Enrolment
from portal.lib.joined import Joined

PAPERS = """
    (SELECT coalesce(json_agg(document ORDER BY document."order", document.id), '[]')
       FROM claims_document document WHERE document.claim_id = claim.id AND document.removed_at IS NULL),
    (SELECT coalesce(json_agg(missing ORDER BY missing.id), '[]')
       FROM claims_missingdocument missing WHERE missing.claim_id = claim.id)
"""


def _own(name: str, more: str = "") -> Joined:
    return Joined(
        f"""
        SELECT {{claim}}, {{centre}}, {PAPERS}{more}
          FROM claims_claim claim LEFT JOIN catalog_medicalcentre centre ON centre.id = claim.centre_id
         WHERE claim.code = %(code)s AND {ONE_SEEN}
        """,
        name=name,
        links={"claim": ("centre",)},
        claim=Claim,
        centre=MedicalCentre,
    )


_own_claim, _own_with_earlier = _own("own_claim"), _own("own_claim_with_earlier", f", {EARLIER}")
# Neither names nor papers: a statement that has waited for the lock would bring those of before.
_locked = Joined(
    "SELECT {claim} FROM claims_claim claim WHERE claim.id = %(pk)s FOR UPDATE",
    name="locked_claim",
    claim=Claim,
)
# Who has waited for the lock asked for the time before it: a later change must not look like an earlier one.
_touched = Joined(
    """
    UPDATE claims_claim claim SET changed_at = CASE
               WHEN claim.changed_at >= %(now)s AND claim.changed_at < %(now)s + interval '1 minute'
               THEN claim.changed_at + interval '1 microsecond' ELSE %(now)s END
     WHERE claim.id = %(pk)s RETURNING {claim}
    """,
    name="touched_claim",
    claim=Claim,
)
_papers = Joined(f"SELECT {PAPERS} FROM claims_claim claim WHERE claim.id = %(pk)s", name="papers")
_locked_to_send = Joined(
    """
    SELECT {claim}, nextval('claims_tracking_number')
      FROM claims_claim claim WHERE claim.id = %(pk)s FOR UPDATE
    """,
    name="locked_to_send",
    claim=Claim,
)
_room = Joined(
    """
    SELECT count(*), coalesce(max("order"), 0), EXISTS (
               SELECT FROM claims_missingdocument WHERE claim_id = %(pk)s AND document_type_id = %(title)s
           )
      FROM claims_document WHERE claim_id = %(pk)s AND removed_at IS NULL
    """,
    name="room_for_documents",
)
_centre = Joined(
    "SELECT {centre} FROM catalog_medicalcentre centre WHERE centre.id = %(pk)s AND centre.is_active",
    name="centre_on_offer",
    centre=MedicalCentre,
)
_document = Joined(
    f"""
    SELECT {{document}} FROM claims_document document JOIN claims_claim claim ON claim.id = document.claim_id
     WHERE document.code = %(code)s AND {ONE_SEEN}
    """,
    name="own_document",
    document=Document,
)
_visits = Joined(
    f"""
    SELECT claim.centre_id FROM claims_claim claim
     WHERE claim.centre_id IS NOT NULL AND {SEEN} ORDER BY claim.id DESC LIMIT 20
    """
)
IN_MEMORY = {
    "home_province": Province,
    "service_type": ServiceType,
    "service": Service,
    "base_insurer": BaseInsurer,
    "rejection_reason": Reason,
}


def own_claim(code: str, enrolments: Iterable[Enrolment], *, with_earlier: bool = False) -> Claim:
    """The claim of this code among those these enrolments see; Claim.DoesNotExist where there is none.

    `with_earlier`: and what was claimed before, for pages that tell of it.
    """
    statement = _own_with_earlier if with_earlier else _own_claim
    for row in statement.rows(code=code, **pairs(enrolments)):
        claim = row.claim
        claim.picture_rows, claim.missing_rows, *told = row.extra
        if told:
            claim.earlier_claims = Earlier(*told)
        return named(with_cover(claim, enrolments))
    raise Claim.DoesNotExist


def own_document(code: str, enrolments: Iterable[Enrolment]) -> Document:
    for row in _document.rows(code=code, **pairs(enrolments)):
        return row.document
    raise Document.DoesNotExist


def locked_claim(claim: Claim) -> Claim:
    """As it is now, its row locked until the transaction ends."""
    return as_it_is(claim, _locked.rows(pk=claim.pk))


def touched_claim(claim: Claim) -> Claim:
    """The same, with this moment as its last change."""
    return as_it_is(claim, _touched.rows(pk=claim.pk, now=timezone.now()))


def as_it_is(claim: Claim, rows) -> Claim:
    """The row as found, with the names that were read before where they are still its own."""
    for row in rows:
        for name in ("insured", "contract", "centre"):
            field = Claim._meta.get_field(name)
            if getattr(claim, field.attname) == getattr(row.claim, field.attname) and field.is_cached(claim):
                field.set_cached_value(row.claim, field.get_cached_value(claim))
        return named(row.claim)
    raise Claim.DoesNotExist


def locked_to_send(claim: Claim) -> tuple[Claim, int]:
    """Locked, with its papers as they are now, and with the next number for a tracking code.

    A number that is not used is lost; there are enough.
    """
    rows = list(_locked_to_send.rows(pk=claim.pk))
    current = as_it_is(claim, rows)
    if current.changed_at == claim.changed_at and hasattr(claim, "picture_rows"):
        # Whoever changes a paper notes it in the claim.
        current.picture_rows, current.missing_rows = claim.picture_rows, claim.missing_rows
    else:
        current.picture_rows, current.missing_rows = next(_papers.rows(pk=claim.pk)).extra
    return current, *rows[0].extra


def papers_of(claim: Claim) -> tuple[list[Document], dict[int, str]]:
    """The pictures in their order, and {document type: why it is missing}."""
    if hasattr(claim, "picture_rows"):
        pictures, missing = claim.picture_rows, claim.missing_rows
    else:
        pictures, missing = next(_papers.rows(pk=claim.pk)).extra
    documents = [listed(row) for row in pictures]
    return documents, {row["document_type_id"]: row["reason"] for row in missing}


def room(claim: Claim, title: DocumentType | None) -> tuple[int, int, bool]:
    """How many pictures there are, the last one's place, and whether a reason stands in place of this paper."""
    return next(_room.rows(pk=claim.pk, title=title and title.pk)).extra


def centre_on_offer(typed: str) -> MedicalCentre | None:
    """The centre of this key, which may have been typed."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 18):
        return None
    return next((row.centre for row in _centre.rows(pk=int(typed))), None)


def recent_centres(enrolments: Iterable[Enrolment], *, most: int) -> list[int]:
    """Where these people were treated lately, newest first."""
    visits = [row.extra[0] for row in _visits.rows(sight=sight(enrolments))]
    return list(dict.fromkeys(visits))[:most]


def listed(row: dict) -> Document:
    names = [name for name in _COLUMNS if name in row]
    document = Document.from_db(connection.alias, names, [row[name] for name in names])
    if document.title_id:
        document.title = catalogue().get(DocumentType, document.title_id)
    return document


def with_cover(claim: Claim, enrolments: Iterable[Enrolment]) -> Claim:
    """Contract and person are those of the enrolment by which it is seen."""
    cover = next(
        one
        for one in enrolments
        if one.contract_id == claim.contract_id and one.person_id == claim.insured_id
    )
    claim.contract, claim.insured = cover.contract, cover.person
    return claim


def named(claim: Claim) -> Claim:
    for name, model in IN_MEMORY.items():
        if found := catalogue().get(model, getattr(claim, f"{name}_id")):
            Claim._meta.get_field(name).set_cached_value(claim, found)
    return claim


# JSON brings moments as text; they are read when somebody asks.
_COLUMNS = [
    field.attname for field in Document._meta.concrete_fields if not isinstance(field, models.DateTimeField)
]
