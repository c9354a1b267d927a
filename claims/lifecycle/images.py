"""The pictures of a claim that is being filled in or mended: added, turned, replaced, titled, taken away."""

from collections.abc import Collection, Iterable, Sequence

from django.utils import timezone

from catalog.models import DocumentType
from claims import documents, reading
from claims.lifecycle.filling import ChangedMeanwhile, discard_files, editing
from claims.lifecycle.moves import Refused
from claims.models import Claim, Document
from claims.models.documents import new_code
from portal.lib.joined import Joined
from portal.lib.writing import all_added

MOST_IMAGES = 20
GONE = "این تصویر در پنجره یا دستگاه دیگری حذف یا عوض شده است."
TOO_MANY_IMAGES = "هر درخواست حداکثر ۲۰ تصویر دارد؛ پیش از افزودن، تصویری را حذف کنید."

# A form posts the reasons of all its slots, every time.
_reasons_given = Joined(
    """
    INSERT INTO claims_missingdocument (claim_id, document_type_id, reason)
    SELECT %(claim)s, paper.* FROM unnest(%(papers)s::bigint[], %(reasons)s::text[]) paper
    ON CONFLICT (claim_id, document_type_id) DO UPDATE SET reason = excluded.reason RETURNING id
    """,
    name="reasons_given",
)


def add_documents(
    claim: Claim,
    images: Sequence[documents.CleanImage],
    *,
    title: DocumentType | None,
    instead_of: Document | None = None,
    known: Collection[int] | None = None,
    place: int | None = None,
) -> list[Document]:
    """Keep the files, then the rows. A process killed between the two leaves a file for the sweep, never a row.

    `instead_of` gives up its place for the new ones. `known` comes with a file that is sent once more: the
    images that were there at its first try, whose answer was lost; had it arrived, it is not kept twice.
    `place` is the order, from one, in which it was chosen where several are on their way at once; else it
    comes last.
    """
    kept = [(image, documents.keep(image, folder="claims")) for image in images]
    names = [name for _, name in kept]
    with editing(claim) as current, documents.discarded_on_failure(*names):
        if known is not None and (there := arrived(current, images, known)):
            discard_files(names)
            return there
        if instead_of is not None:
            # Its title may have been chosen in the same post.
            instead_of = current.documents.present().filter(pk=instead_of.pk).first() or instead_of
            title, place = instead_of.title, instead_of.order
            take_away(current, instead_of)
        return put(current, kept, title=title, place=place)


def put(
    claim: Claim,
    kept: Sequence[tuple[documents.CleanImage, str]],
    *,
    title: DocumentType | None,
    place: int | None,
) -> list[Document]:
    """Rows for kept images, from their place on or behind all others."""
    count, last, is_excused = reading.room(claim, title)
    if count + len(kept) > MOST_IMAGES:
        raise Refused(TOO_MANY_IMAGES)
    first = last + 1 if place is None else place
    rows = [
        new_row(claim, image, name, title=title, order=order)
        for order, (image, name) in enumerate(kept, start=first)
    ]
    all_added(*rows)
    # Who now has the paper no longer explains why it is missing.
    if is_excused:
        claim.missing_documents.filter(document_type=title).delete()
    return rows


def arrived(claim: Claim, images: Iterable[documents.CleanImage], known: Collection[int]) -> list[Document]:
    sources = {image.source_sha256 for image in images}
    present = claim.documents.present().exclude(pk__in=known)
    return [row for row in present if row.source_sha256 in sources]


def new_row(claim: Claim, image, name: str, *, title, order: int) -> Document:
    return Document(
        claim=claim,
        title=title,
        order=order,
        name=name,
        sha256=image.sha256,
        source_sha256=image.source_sha256,
        perceptual_hash=image.perceptual_hash,
        width=image.width,
        height=image.height,
        size=image.size,
        advice=",".join(image.advice),
        added_in_round=claim.round,
    )


def replace_document(
    claim: Claim,
    document: Document,
    images: Sequence[documents.CleanImage],
    *,
    known: Collection[int] | None = None,
) -> list[Document]:
    return add_documents(claim, images, title=document.title, instead_of=document, known=known)


def rotate_document(claim: Claim, document: Document, *, degrees: int = 90) -> Document:
    """A new image beside the old one; the row turns to it, so the two never disagree."""
    try:
        with documents.open_image(document.name) as file:
            turned = documents.rotate(file.read(), degrees=degrees)
    except FileNotFoundError:
        raise Refused(GONE) from None
    name = documents.keep(turned, folder="claims")
    with editing(claim) as current, documents.discarded_on_failure(name):
        old = present(current, document)
        row = new_row(current, turned, name, title=old.title, order=old.order)
        # The same picture in another claim is still found by the file it came from.
        row.source_sha256, row.advice, row.advice_dismissed = (
            old.source_sha256,
            old.advice,
            old.advice_dismissed,
        )
        row.save()
        take_away(current, old)
    return row


def use_again(claim: Claim, document: Document) -> Document:
    """The same picture for another title: a row with a file of its own, so that each can go alone."""
    try:
        name = documents.copy(document.name, folder="claims")
    except FileNotFoundError:
        raise Refused(GONE) from None
    with editing(claim) as current, documents.discarded_on_failure(name):
        row = present(current, document)
        if current.documents.filter(removed_at=None).count() >= MOST_IMAGES:
            raise Refused(TOO_MANY_IMAGES)
        row.pk, row._state.adding = None, True
        row.code, row.name, row.title = new_code(), name, None
        row.added_in_round, row.added_at = current.round, timezone.now()
        row.save(force_insert=True)
    return row


def present(claim: Claim, document: Document) -> Document:
    """As its row is now."""
    row = claim.documents.present().filter(pk=document.pk).first()
    if row is None:
        raise Refused(GONE)
    return row


def remove_document(claim: Claim, document: Document) -> None:
    with editing(claim) as current:
        take_away(current, document)


def take_away(claim: Claim, document: Document) -> None:
    """What an officer may have seen is only marked as removed."""
    if document.added_in_round < claim.round:
        Document.objects.filter(pk=document.pk).update(removed_at=timezone.now())
        return
    Document.objects.filter(pk=document.pk).delete()
    discard_files([document.name])


def save_documents(step, form, *, leads_on: bool, kept_as_is: set[int]) -> None:
    """Titles, reasons, and whose advice the member has put aside, unless another window says otherwise.

    Who is led on to the next page is also told of images that came or went meanwhile.
    """
    titles, reasons = form.chosen_titles(), form.reasons()
    if not (titles or reasons or kept_as_is):
        refuse_changes(step, form, leads_on=leads_on)
        return
    with editing(step.claim) as claim:
        current = type(step)(claim, step.member)
        refuse_changes(current, form, leads_on=leads_on)
        set_titles(current.documents, titles, kept_as_is)
        keep_missing(claim, reasons)


def refuse_changes(step, form, *, leads_on: bool) -> None:
    if rows := step.changes_since(form, leads_on=leads_on):
        raise ChangedMeanwhile(step.claim, rows)


def set_titles(
    documents: list[Document], titles: dict[int, DocumentType | None], kept_as_is: set[int]
) -> None:
    changed = [row for row in documents if titles.get(row.pk, row.title) != row.title or row.pk in kept_as_is]
    for row in changed:
        row.title = titles.get(row.pk, row.title)
        row.advice_dismissed = row.advice_dismissed or row.pk in kept_as_is
    Document.objects.bulk_update(changed, ["title", "advice_dismissed"])


def keep_missing(claim: Claim, reasons: dict[int, str]) -> None:
    """«این مدرک را ندارم»: document type → reason; an empty reason takes it back."""
    given = {pk: reason for pk, reason in reasons.items() if reason}
    taken_back = reasons.keys() - given
    if given:
        _reasons_given.rows(claim=claim.pk, papers=list(given), reasons=list(given.values()))
    if taken_back:
        claim.missing_documents.filter(document_type__in=taken_back).delete()


def move_up(claim: Claim, document: Document, *, past: Document) -> None:
    """Before `past`, which stands before it where the member looks."""
    with editing(claim) as current:
        rows = list(current.documents.present())
        pks = [row.pk for row in rows]
        if not {document.pk, past.pk} <= set(pks):
            raise Refused(GONE)
        rows.insert(pks.index(past.pk), rows.pop(pks.index(document.pk)))
        for order, row in enumerate(rows, start=1):
            row.order = order
        Document.objects.bulk_update(rows, ["order"])
