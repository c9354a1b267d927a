"""What was sent each time, and what has changed since: mended deficiencies and the officer's "what is new"."""

from claims import reading
from claims.models import Claim, Deficiency, Status, Submission
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
    if not claim.round:
        return None
    return Submission.objects.values_list("values", flat=True).get(claim=claim, round=claim.round)


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
