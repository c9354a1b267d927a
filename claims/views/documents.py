"""«تصاویر مدارک»: one form whose buttons add, turn, replace and remove; the script posts the same form file by file."""

from dataclasses import dataclass, field

from django.contrib import messages as notes
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from catalog.models import DocumentType
from catalog.tables import catalogue
from claims import documents as pictures
from claims import lifecycle
from claims.lifecycle.filling import ChangedMeanwhile
from claims.steps import Wizard
from claims.steps.shown import Shown
from claims.steps.wizard import step_url
from claims.views import frame
from claims.views.owned import own_claim, tells_refusals
from claims.views.parked import kept
from members import limits
from members.views import member_required
from portal.lib import dates
from portal.lib.uploads import without_room

REFUSALS = (pictures.FileRefused, pictures.StorageFull, lifecycle.Refused, limits.TooMany)
# Where a small integer ends, with room for the pages of one more PDF.
LAST_PLACE = 32_000
TYPED = ("title_", "missing_")


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def documents(request, code):
    claim = own_claim(request, code, with_earlier=request.method != "POST")
    if request.method == "POST":
        lifecycle.ensure_editable(claim)
    wizard = Wizard(claim, request.user)
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    if not claim.is_editable or not wizard.may_open("documents"):
        return redirect(wizard.next_url())
    step = wizard["documents"]
    if request.method != "POST":
        form = step.form()
        form.initial |= kept(request)
        return page(request, wizard, form)
    outcome = act(request, step)
    step = Wizard(own_claim(request, code), request.user)["documents"]
    if wants_json:
        return as_json(request, step, outcome)
    for name, sentence in outcome.refusals:
        notes.error(request, f"«{name}»: {sentence}" if name else sentence)
    if outcome.changed:
        return show_changes(request, step, outcome.changed)
    if "next" in request.POST and not outcome.refusals:
        return go_on(request, step.claim)
    return redirect(step_url(claim, "documents"))


@dataclass
class Outcome:
    """`refusals`: the file's name and the sentence; `instead`: which image took the place of which."""

    refusals: list[tuple[str, str]] = field(default_factory=list)
    changed: ChangedMeanwhile | None = None
    instead: dict[int, int] = field(default_factory=dict)


def act(request, step) -> Outcome:
    """Everything the post asks for, typed titles and reasons first, so that no button loses them.

    Files are taken whatever else is refused: unlike words they could not stand in the form again.
    """
    outcome = Outcome()
    try:
        keep_typed(request, step)
        outcome.instead |= press(request, step)
    except ChangedMeanwhile as changed:
        outcome.changed = changed
    except REFUSALS as refusal:
        outcome.refusals.append(("", str(refusal)))
    outcome.refusals += [(name, str(pictures.StorageFull())) for name in without_room(request)]
    for name, files in request.FILES.lists():
        add(request, step, name, files, outcome)
    return outcome


def keep_typed(request, step) -> None:
    form = step.form(request.POST)
    form.is_valid()
    kept_as_is = {one.pk for one in step.documents if request.POST.get("keep") == str(one.pk)}
    lifecycle.save_documents(step, form, leads_on="next" in request.POST, kept_as_is=kept_as_is)


def press(request, step) -> dict[int, int]:
    """The button of one image. Answers which image took whose place."""
    pressed = {name: asked(request, name, step) for name in ("rotate", "up", "remove", "also")}
    if pressed["rotate"]:
        return {pressed["rotate"].pk: lifecycle.rotate_document(step.claim, pressed["rotate"]).pk}
    if pressed["up"] and (past := step.before(pressed["up"])):
        lifecycle.move_up(step.claim, pressed["up"], past=past)
    if pressed["also"]:
        lifecycle.use_again(step.claim, pressed["also"])
    if pressed["remove"]:
        lifecycle.remove_document(step.claim, pressed["remove"])
    return {}


def asked(request, name, step):
    """The image whose button was pressed."""
    return next((one for one in step.documents if request.POST.get(name) == str(one.pk)), None)


def add(request, step, name, files, outcome) -> None:
    """One file never takes others along: each has its own refusal."""
    replaced = next((one for one in step.documents if name == f"replace_{one.pk}"), None)
    known, place = known_at_first(request), chosen_place(request)
    for file in files:
        try:
            images = cleaned(request, file)
            if replaced:
                first, *_ = lifecycle.replace_document(step.claim, replaced, images, known=known)
                outcome.instead[replaced.pk] = first.pk
            else:
                lifecycle.add_documents(
                    step.claim, images, title=title_of_slot(name), known=known, place=place
                )
        except REFUSALS as refusal:
            outcome.refusals.append((file.name, str(refusal)))


def known_at_first(request) -> set[int] | None:
    """What the page had seen when a file went up that now comes again, as nobody knows whether it arrived."""
    return set(Shown.read(request.POST["since"]).titles) if "since" in request.POST else None


def chosen_place(request) -> int | None:
    """Files of one choice arrive as they can; each knows where it stood in it."""
    typed = request.POST.get("place", "")
    place = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    return place if 0 < place <= LAST_PLACE else None


def cleaned(request, file) -> list[pictures.CleanImage]:
    """Counted, then decoded, before any row is locked."""
    limits.spend_all({"upload": 1, "upload-size": file.size // 1024 + 1}, request.user.pk)
    return pictures.clean(file, name=file.name)


def title_of_slot(name: str):
    """`file_<code>` comes from a slot and presets its title; `images` has none yet."""
    if not name.startswith("file_"):
        return None
    return catalogue().coded(DocumentType, name.removeprefix("file_"))


def go_on(request, claim):
    wizard = Wizard(claim, request.user)
    step = wizard["documents"]
    if step.is_complete:
        return redirect(wizard.next_url())
    return page(request, wizard, step.bound, status=422)


def page(request, wizard, form, status=200, **more):
    context = frame.of_step(request, wizard, wizard["documents"], form) | more
    return render(request, "claims/steps/documents.html", context, status=status)


def show_changes(request, step, changed):
    """What the other window stored, beside what was typed here: «بعدی» now means it."""
    form = step.form()
    form.initial |= {name: value for name, value in request.POST.items() if name.startswith(TYPED)}
    more = {"changed": {"sentence": str(changed), "rows": changed.rows}}
    return page(request, Wizard(step.claim, request.user), form, status=409, **more)


def as_json(request, step, outcome):
    """What the script puts in place of the list: drawn by the same template."""
    context = {"step": step, "form": step.form()}
    changed = outcome.changed and {"sentence": str(outcome.changed), "rows": outcome.changed.rows}
    return JsonResponse(
        {
            "html": render_to_string("claims/steps/document_list.html", context, request),
            "changed": render_to_string("claims/parts/changed.html", changed) if changed else "",
            "count": len(step.documents),
            "seen": step.fingerprint,
            "last_place": step.last_place,
            # Answers overtake each other: an older one must not stand over a newer.
            "at": step.claim.changed_at.timestamp(),
            "saved": dates.clock(step.claim.changed_at),
            "instead": outcome.instead,
            "refusals": [sentence for _, sentence in outcome.refusals],
        },
        status=409 if changed else 422 if outcome.refusals else 200,
    )
