"""What changed since the last round, and which other claims look like this one."""

from dataclasses import dataclass, field

from django.db.models import Q

from claims import earlier, rounds
from claims.models import Claim, Deficiency, Document, Status
from claims.steps import Wizard

ALIKE = 5
# Bits set in the hash of a picture with something on it.
LEAST_UNLIKE, MOST_UNLIKE = 6, 58


@dataclass
class Changes:
    """Between the round before and the last one sent; empty in the first round."""

    old_values: dict[str, object] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    new_pictures: set[int] = field(default_factory=set)
    removed: int = 0
    deficiencies: list[tuple[Deficiency, bool]] = field(default_factory=list)
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.labels or self.new_pictures or self.removed or self.deficiencies or self.note)


def changes(claim: Claim, wizard: Wizard, *, deficiencies, events) -> Changes:
    if claim.round < 2:
        return Changes()
    sent = rounds.sent(claim, [claim.round - 1, claim.round])
    before, after = sent[claim.round - 1], sent[claim.round]
    columns, titles = rounds.changed_columns(before, after), rounds.changed_titles(before, after)
    old = old_rows(claim, before, columns)
    rows = [row for step in wizard if step.name != "documents" for row in step.summary()]
    changed = [row for row in rows if columns.intersection(row.columns)]
    was = {one[0] for one in before["documents"]}
    now = {one[0] for one in after["documents"]}
    return Changes(
        old_values={row.label: old.get(row.label) for row in changed},
        labels=[row.label for row in changed],
        new_pictures=now - was,
        removed=len(was - now),
        deficiencies=[
            (one, rounds.is_mended(one, columns, titles))
            for one in deficiencies
            if one.round == claim.round - 1
        ],
        note=next((one.note for one in reversed(events) if one.verb == "resubmitted"), ""),
    )


def old_rows(claim: Claim, before: dict, columns: set[str]) -> dict[str, object]:
    """The values as they stood in the summary of the round before: the same steps, asked about the old columns."""
    if not columns:
        return {}
    old = rounds.with_columns(claim, before, columns)
    steps = [step for step in Wizard(old, None) if step.name in ("basics", "details")]
    return {row.label: row.value for step in steps for row in step.summary()} | {
        "شمارهٔ موبایل": before.get("mobile")
    }


@dataclass(frozen=True, slots=True)
class Alike:
    claim: Claim
    why: str
    # The same picture in another claim is more than a likeness.
    is_serious: bool


def alike(claim: Claim, documents: list[Document]) -> list[Alike]:
    """The most telling likeness of each claim, the serious ones first."""
    found: dict[int, Alike] = {}
    for document in same_pictures(claim, documents):
        found.setdefault(
            document.claim_id, Alike(document.claim, f"همین تصویر «{document}» در آن هم هست.", True)
        )
    for one in earlier.alike(claim, most=ALIKE):
        found.setdefault(one.pk, Alike(one, "همین بیمه‌شده، تاریخ، خدمت و مبلغ.", True))
    for document in same_looks(claim, documents):
        why = f"تصویری بسیار همانند «{document}» در آن هست."
        found.setdefault(document.claim_id, Alike(document.claim, why, False))
    for one in same_person_and_centre(claim):
        found.setdefault(one.pk, Alike(one, "همین بیمه‌شده و مرکز.", False))
    return list(found.values())


def same_pictures(claim: Claim, documents: list[Document]):
    hashes = [one.source_sha256 for one in documents]
    return (
        Document.objects.filter(source_sha256__in=hashes)
        .exclude(claim=claim)
        .exclude(claim__status=Status.DRAFT)
        .select_related("claim", "claim__insured", "title")
        .order_by("-pk")[:ALIKE]
    )


def same_looks(claim: Claim, documents: list[Document]):
    """Saved anew or photographed again: the hash of the look is the same, or one bit of it is not."""
    looks = {near for one in documents for near in looks_near(one.perceptual_hash)}
    return (
        # In no order: the index of the look must find them, not the newest rows read backwards.
        Document.objects.filter(perceptual_hash__in=looks)
        .exclude(source_sha256__in=[one.source_sha256 for one in documents])
        .exclude(claim=claim)
        .exclude(claim__status=Status.DRAFT)
        .select_related("claim", "claim__insured", "title")[:ALIKE]
    )


def looks_near(look: str) -> list[str]:
    bits = int(look or "0", 16)
    # Few steps of light in either direction: an empty sheet looks like every other.
    if not MOST_UNLIKE >= bits.bit_count() >= LEAST_UNLIKE:
        return []
    return [look, *(f"{bits ^ 1 << place:016x}" for place in range(64))]


def same_person_and_centre(claim: Claim):
    if claim.centre_id:
        centre = Q(centre=claim.centre_id)
    else:
        centre = Q(centre=None, centre_name=claim.centre_name) & ~Q(centre_name="")
    return (
        Claim.objects.filter(centre, insured=claim.insured_id)
        .exclude(pk=claim.pk)
        .exclude(status=Status.DRAFT)
        .order_by("-pk")[:ALIKE]
    )


def sentence(found: Changes, documents: list[Document]) -> str:
    """«مبلغ پرداخت‌شده و یک تصویر (جواب).»"""
    parts = list(found.labels)
    parts += [f"تصویر تازهٔ «{one}»" for one in documents if one.pk in found.new_pictures]
    if found.removed:
        parts.append("تصویرهای برداشته‌شده")
    if not parts:
        return "هیچ مقداری عوض نشده است."
    return (" و ".join(["، ".join(parts[:-1]), parts[-1]]) if parts[1:] else parts[0]) + "."
