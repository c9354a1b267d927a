"""«تصاویر مدارک»: one form whose buttons add, turn, replace and remove; the script posts the same form file by file."""

from django.contrib import messages as notes
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from catalog.models import DocumentType
from catalog.tables import catalogue
from claims import documents as pictures
from claims import lifecycle
from claims.steps import Wizard
from claims.steps.wizard import step_url
from claims.views import frame
from claims.views.owned import own_claim, tells_refusals
from claims.views.parked import kept
from members import limits
from members.views import member_required

REFUSALS = (pictures.FileRefused, pictures.StorageFull, lifecycle.Refused, limits.TooMany)


@member_required
@require_http_methods(["GET", "POST"])
@tells_refusals
def documents(request, code):
    claim = own_claim(request, code)
    wizard = Wizard(claim, request.user)
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    if not claim.is_editable or not wizard.may_open("documents"):
        return redirect(wizard.next_url())
    step = wizard["documents"]
    if request.method == "GET":
        form = step.form()
        form.initial |= kept(request)
        return page(request, wizard, form)
    refusals = act(request, step)
    step = Wizard(own_claim(request, code), request.user)["documents"]
    if wants_json:
        return as_json(request, step, refusals)
    for name, sentence in refusals:
        notes.error(request, f"«{name}»: {sentence}" if name else sentence)
    if "next" in request.POST and not refusals:
        return go_on(request, step.claim)
    return redirect(step_url(claim, "documents"))


def act(request, step) -> list[tuple[str, str]]:
    """Everything the post asks for, typed titles and reasons first, so that no button loses them.

    Answers with what was refused: the file's name, and the sentence.
    """
    keep_typed(request, step)
    refusals = []
    try:
        press(request, step)
    except REFUSALS as refusal:
        refusals.append(("", str(refusal)))
    for name, files in request.FILES.lists():
        if not name.startswith("replace_"):
            refusals += add(request, step.claim, name, files)
    return refusals


def keep_typed(request, step) -> None:
    form = step.form(request.POST)
    form.is_valid()
    titles, reasons = form.chosen_titles(), form.reasons()
    kept_as_is = {one.pk for one in step.documents if request.POST.get("keep") == str(one.pk)}
    if titles or kept_as_is:
        lifecycle.arrange_documents(step.claim, titles=titles, order=order_of(request), kept_as_is=kept_as_is)
    if reasons:
        lifecycle.keep_missing(step.claim, reasons=reasons)


def order_of(request) -> list[int]:
    return [int(pk) for pk in request.POST.getlist("order") if pk.isascii() and pk.isdigit()]


def press(request, step) -> None:
    """The button of one image: turn, remove, replace."""
    for document in step.documents:
        if request.POST.get("rotate") == str(document.pk):
            lifecycle.rotate_document(step.claim, document)
        elif request.POST.get("up") == str(document.pk):
            lifecycle.arrange_documents(
                step.claim, titles={}, order=moved_up(step.documents, document), kept_as_is=set()
            )
        elif request.POST.get("remove") == str(document.pk):
            lifecycle.remove_document(step.claim, document)
        elif file := request.FILES.get(f"replace_{document.pk}"):
            lifecycle.replace_document(step.claim, document, cleaned(request, file))


def moved_up(documents, document) -> list[int]:
    """The order with this image one place earlier."""
    order = [one.pk for one in documents]
    place = order.index(document.pk)
    order.insert(max(place - 1, 0), order.pop(place))
    return order


def add(request, claim, name, files) -> list[tuple[str, str]]:
    """One file never takes others along: each has its own refusal."""
    title = title_of_slot(name)
    refusals = []
    for file in files:
        try:
            lifecycle.add_documents(claim, cleaned(request, file), title=title)
        except REFUSALS as refusal:
            refusals.append((file.name, str(refusal)))
    return refusals


def cleaned(request, file) -> list[pictures.CleanImage]:
    """Counted, then decoded, before any row is locked."""
    limits.spend("upload", request.user.pk)
    limits.spend("upload-size", request.user.pk, amount=file.size // 1024 + 1)
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


def page(request, wizard, form, status=200):
    context = frame.of_step(request, wizard, wizard["documents"], form)
    return render(request, "claims/steps/documents.html", context, status=status)


def as_json(request, step, refusals):
    """What the script puts in place of the list: drawn by the same template."""
    context = {"step": step, "form": step.form()}
    return JsonResponse(
        {
            "html": render_to_string("claims/steps/document_list.html", context, request),
            "count": len(step.documents),
            "refusals": [sentence for _, sentence in refusals],
        },
        status=422 if refusals else 200,
    )
