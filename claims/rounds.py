"""What was sent each time, and what has changed since: mended deficiencies and the officer's "what is new"."""

import copy
from datetime import date

import jdatetime
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from claims import reading
from claims.models import Claim, ClaimEvent, Deficiency, Document, Status, Submission
from claims.places import PLACES

BASICS = ("service_date", "contract_id", "insured_id")
DETAILS = (
    "home_province_id",
    "centre_id",
    "centre_name",
    "centre_city",
    "paid_amount",
    "service_type_id",
    "service_id",
    "base_insurer_id",
    "medical_council_number",
    "has_eprescription",
    "eprescription_code",
    "notes",
)
MOBILE = ("mobile",)
WITH_THE_MEMBER = (Status.DEFICIENT, Status.EXPIRED, Status.WITHDRAWN)
SECTIONS = {"basics": BASICS, "details": DETAILS, "mobile": MOBILE}


def snapshot(claim: Claim) -> dict:
    """Everything the member says, as JSON: columns, `documents` as [pk, title, sha256], `missing` as title: reason."""
    values = {name: as_json(getattr(claim, name)) for name in BASICS + DETAILS + MOBILE}
    documents, missing = reading.papers_of(claim)
    values["documents"] = [[one.pk, one.title_id, one.sha256] for one in documents]
    values["missing"] = {str(pk): reason for pk, reason in missing.items()}
    return values


def as_json(value):
    return value.togregorian().isoformat() if hasattr(value, "togregorian") else value


def last_sent(claim: Claim) -> dict | None:
    """The values of the last round; None before the first."""
    return sent(claim, [claim.round])[claim.round] if claim.round else None


def sent(claim: Claim, rounds: list[int]) -> dict[int, dict]:
    """The values of each round, with what officers have corrected since: their corrections are no member's."""
    corrections = ClaimEvent.objects.filter(
        claim=OuterRef("claim"), verb__in=list(CORRECTIONS), at__gte=OuterRef("at")
    ).order_by("pk")
    rows = Submission.objects.filter(claim=claim, round__in=rounds).annotate(
        corrections=ArraySubquery(corrections.values(row=JSONObject(verb="verb", details="details")))
    )
    return {row.round: corrected(row.values, row.corrections) for row in rows}


def corrected(values: dict, corrections: list[dict]) -> dict:
    for one in corrections:
        values = CORRECTIONS[one["verb"]](values, one["details"])
    return values


def with_title(values: dict, details: dict) -> dict:
    documents = [
        [pk, details["to"] if pk == details["document"] else title, sha256]
        for pk, title, sha256 in values["documents"]
    ]
    return values | {"documents": documents}


def with_centre(values: dict, details: dict) -> dict:
    # Where the member has meanwhile chosen another, there was nothing to match.
    if values.get("centre_id") or "centre" not in details:
        return values
    return values | {"centre_id": details["centre"], "centre_name": "", "centre_city": ""}


CORRECTIONS = {ClaimEvent.Verb.TITLE_CORRECTED: with_title, ClaimEvent.Verb.CENTRE_MERGED: with_centre}


def as_sent(claim: Claim) -> Claim:
    """For officers: while the member mends, and where it ended so, what was sent and not what is being written."""
    if claim.status not in WITH_THE_MEMBER or not claim.round:
        return claim
    values = last_sent(claim)
    old = with_columns(claim, values, changed_columns(values, snapshot(claim)))
    titles = {pk: title for pk, title, _ in values["documents"]}
    rows = {row["id"]: row for row in Document.objects.filter(pk__in=titles).values()}
    old.picture_rows = [rows[pk] | {"title_id": title} for pk, title in titles.items() if pk in rows]
    old.missing_rows = [
        {"document_type_id": int(pk), "reason": reason} for pk, reason in values["missing"].items()
    ]
    return old


def with_columns(claim: Claim, values: dict, columns: set[str]) -> Claim:
    """A copy that is never saved, with these columns as they were."""
    old = copy.copy(claim)
    old._state = copy.copy(claim._state)
    old._state.fields_cache = dict(claim._state.fields_cache)
    for name in columns:
        setattr(old, name, as_column(name, values.get(name)))
    return old


def as_column(name: str, value):
    if name == "service_date" and value:
        return jdatetime.date.fromgregorian(date=date.fromisoformat(value))
    return value


def changed_columns(before: dict, after: dict) -> set[str]:
    return {name for name in BASICS + DETAILS + MOBILE if before.get(name) != after.get(name)}


def changed_titles(before: dict, after: dict) -> set[int]:
    """Document types whose pictures, or whose reason for being missing, are no longer the same."""

    def by_title(values):
        pictures = {}
        for _, title, sha256 in values["documents"]:
            pictures.setdefault(title, set()).add(sha256)
        for title, reason in values["missing"].items():
            pictures.setdefault(int(title), set()).add(reason)
        return pictures

    old, new = by_title(before), by_title(after)
    return {title for title in old.keys() | new.keys() if title and old.get(title) != new.get(title)}


def deficiencies_with_state(claim: Claim) -> list[tuple[Deficiency, bool]]:
    """The open deficiencies, each with whether its place has changed since it was marked."""
    if claim.status != Status.DEFICIENT:
        return []
    before, after = last_sent(claim), snapshot(claim)
    columns, titles = changed_columns(before, after), changed_titles(before, after)
    open_ones = claim.deficiencies.filter(round=claim.round).select_related("reason", "document_type")
    return [(one, is_mended(one, columns, titles)) for one in open_ones]


def is_mended(deficiency: Deficiency, columns: set[str], titles: set[int]) -> bool:
    if deficiency.document_type_id:
        return deficiency.document_type_id in titles
    if deficiency.field in PLACES:
        return not columns.isdisjoint(PLACES[deficiency.field].columns)
    if deficiency.section == "documents":
        return bool(titles)
    # A whole step may be mended elsewhere, as by taking a picture away; a named field only in its step.
    elsewhere = not deficiency.field and bool(columns or titles)
    return elsewhere or not columns.isdisjoint(SECTIONS.get(deficiency.section, ()))
