"""Everything that happened to a claim, as colleagues read it: who, when, what."""

from catalog.models import DocumentType
from catalog.tables import catalogue
from claims.models import ClaimEvent
from portal.lib.money import grouped

Verb = ClaimEvent.Verb


def told(events: list[ClaimEvent]) -> list[dict]:
    """Newest first."""
    return [
        {"title": one.get_verb_display(), "by": name_of(one), "at": one.at, "text": words_of(one)}
        for one in reversed(events)
    ]


def name_of(event: ClaimEvent) -> str:
    return event.by.display_name if event.by_id else "سامانه"


def words_of(event: ClaimEvent) -> str:
    """What an act adds to its own name."""
    details, parts = event.details, []
    if event.verb == Verb.MARKED_DEFICIENT:
        parts.append("، ".join(details.get("codes", [])))
    elif event.verb == Verb.ORIGINALS_REQUESTED:
        parts.append(details.get("branch", ""))
    elif event.verb == Verb.TITLE_CORRECTED:
        parts.append(f"از «{title_of(details.get('from'))}» به «{title_of(details.get('to'))}»")
    elif event.verb == Verb.CENTRE_MERGED:
        parts.append(details.get("name", ""))
    elif event.verb == Verb.PAID:
        parts.append(f"{grouped(details.get('amount') or 0)} ریال")
        if details.get("reference"):
            parts.append(f"شمارهٔ پیگیری {details['reference']}")
    return "؛ ".join(filter(None, [*parts, event.note]))


def title_of(pk) -> str:
    row = catalogue().get(DocumentType, pk)
    return row.title if row else "بی‌عنوان"
