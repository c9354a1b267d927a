"""The wizard's pages: one view walks the steps, the mobile and the review add their own buttons."""

import copy

from django.contrib import messages as notes
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims import lifecycle, reading
from claims.lifecycle.filling import ChangedMeanwhile
from claims.models import Claim
from claims.steps import Wizard
from claims.steps.wizard import REVIEW, step_url
from claims.views import beginning, confirming, frame
from claims.views.owned import own_claim, tells_refusals
from claims.views.parked import explained, forget, kept, park, parked
from members import limits
from members.views import member_required
from portal.lib.text import stored_lines

KEPT_DRAFT = "پیش‌نویس شما نگه داشته شد؛ هر زمان خواستید ادامه دهید."
KEPT_CHANGES = "تغییرات شما نگه داشته شد، ولی هنوز ارسال نشده است؛ پیش از پایان مهلت آن را بفرستید."
# What a member may write to the officer beside the button that sends.
WRITTEN = ("note", "duplicate_reason")


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """The first step, unsaved; its POST makes the draft row, and sent again goes on with that one."""
    mark = beginning.mark_of(request)
    begun = beginning.begun_by(request, mark)
    if begun and request.method != "POST":
        return redirect(step_url(begun, "basics"))
    wizard = Wizard(begun or unsaved(request), request.user)
    step, earlier = wizard["basics"], like(request)
    # Without `seen`: what was not stored yet nobody else can have changed.
    posted = {name: value for name, value in request.POST.items() if name != "seen"}
    form = step.form(posted if request.method == "POST" else None)
    if not form.contracts:
        return render(request, "claims/not_open.html")
    insured = earlier.insured_id if earlier else request.user.person_id
    form.initial |= {"insured": str(insured)} | kept(request)
    if request.method == "POST" and form.is_valid():
        claim = (
            lifecycle.save_step(step, form) if begun else lifecycle.start(request.user, form, like=earlier)
        )
        beginning.remember(request, mark, claim)
        return redirect(wizard.once_saved("basics", claim, form).next_url())
    context = frame.of_step(request, wizard, step, form) | {"mark": mark, "like": earlier}
    if not form.is_bound:
        context["last_mark"], context["last_draft"] = beginning.just_begun(request)
    return render(request, step.template_name, context)


def unsaved(request) -> Claim:
    chosen = request.contract if request.contract and request.contract.e_claims else None
    return Claim(filed_by=request.user, contract=chosen)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def step(request, code, name):
    claim = own_claim(request, code, with_earlier=request.method != "POST")
    if request.method == "POST":
        lifecycle.ensure_editable(claim)
    wizard = Wizard(claim, request.user)
    if not claim.is_editable or not wizard.may_open(name):
        return redirect(wizard.next_url())
    step, key = wizard[name], f"{name}-{claim.code}"
    if request.method == "POST" and "find_centre" in request.POST:
        park(request, key)
        return redirect(centre_search(step, request.POST.get("centre_text", "")))
    form = step.form(request.POST or None)
    form.initial |= parked(request, key) | kept(request) | chosen_centre(request)
    if request.method == "POST" and form.is_valid():
        try:
            claim = lifecycle.save_step(step, form)
        except ChangedMeanwhile as changed:
            return show_changes(request, changed, step, form)
        forget(request, key)
        return redirect(wizard.once_saved(name, claim, form).next_url())
    return render(request, step.template_name, frame.of_step(request, wizard, step, form))


@member_required
@require_safe
@tells_refusals
def papers(request, code):
    """For the script: what the next step will ask for if this one were saved as it is being filled in."""
    wizard = Wizard(own_claim(request, code), request.user)
    if not wizard.claim.is_editable or not wizard.may_open("details"):
        return redirect(wizard.next_url())
    form = wizard["details"].form(request.GET)
    form.is_valid()
    claim = copy.copy(wizard.claim)
    for name in ("service_type", "service"):
        row = form.cleaned_data.get(name)
        setattr(claim, f"{name}_id", row.pk if row else None)
    claim.has_eprescription = form.cleaned_data.get("has_eprescription")
    slots = Wizard(claim, request.user)["documents"].slots
    return render(request, "claims/parts/papers.html", {"slots": slots})


def like(request) -> Claim | None:
    """«مثل درخواست قبلی»."""
    code = request.GET.get("like")
    return own_claim(request, code) if code else None


def centre_search(step, text) -> str:
    """The search page, which leads back to this step with the centre in the address."""
    asked = {"for": step.claim.code, "q": text, "recent": ",".join(map(str, step.recent_centres))}
    return (
        f"{reverse('catalog:centres')}?{urlencode({name: value for name, value in asked.items() if value})}"
    )


def chosen_centre(request) -> dict:
    """`?centre=` comes back from the search page; nothing is saved before the step is posted."""
    chosen = request.GET.get("centre", "")
    if chosen == "missing":
        return {"centre_missing": True, "centre": "", "centre_text": ""}
    if centre := reading.centre_on_offer(chosen):
        return {"centre": str(centre.pk), "centre_text": centre.label, "centre_missing": False}
    return {}


def show_changes(request, changed, step, form, **more):
    """The later save is shown what the earlier one wrote; what was typed stays, and «بعدی» now means it."""
    wizard = Wizard(changed.claim, request.user)
    theirs = wizard[step.name]
    form.data = form.data.copy()
    form.data["seen"] = theirs.fingerprint
    context = frame.of_step(request, wizard, theirs, form) | more
    context["changed"] = {"sentence": str(changed), "rows": frame.differences(theirs, form)}
    return render(request, step.template_name, context, status=409)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def mobile(request, code):
    claim = own_claim(request, code, with_earlier=request.method != "POST")
    if request.method == "POST":
        lifecycle.ensure_editable(claim)
    wizard = Wizard(claim, request.user)
    if not claim.is_editable or not wizard.may_open("mobile"):
        return redirect(wizard.next_url())
    answer = confirming.Confirming(request, wizard["mobile"])
    try:
        if request.method == "POST" and answer.is_done():
            return redirect(wizard.once_saved("mobile", answer.step.claim).next_url())
    except ChangedMeanwhile as changed:
        return show_changes(request, changed, wizard["mobile"], answer.form, **answer.context())
    context = frame.of_step(request, wizard, wizard["mobile"], answer.form) | answer.context()
    return render(request, "claims/steps/mobile.html", context)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def review(request, code):
    claim = own_claim(request, code, with_earlier=request.method != "POST")
    wizard = Wizard(claim, request.user)
    if not claim.is_editable:
        return redirect(after_submit(claim) if request.method == "POST" else claim)
    if request.method == "POST":
        return submit(request, claim)
    if not wizard.may_open(REVIEW):
        return redirect(wizard.next_url())
    context = frame.of_review(request, wizard) | {"typed": explained(request, claim)}
    return render(request, "claims/steps/review.html", context)


def submit(request, claim):
    """Only the member's own press sends; what was written beside it stands again until it was sent."""
    key = f"review-{claim.code}"
    # Mostly there is nothing, and then no session has to be written.
    keep = park if any(request.POST.get(name) for name in WRITTEN) else forget
    keep(request, key)
    if "cancel" in request.POST:
        notes.info(request, KEPT_DRAFT if claim.is_draft else KEPT_CHANGES)
        return redirect("claims:list" if claim.is_draft else claim)
    if "submit" not in request.POST:
        return redirect(Wizard(claim, request.user).next_url())
    try:
        limits.spend("submit", request.user.pk)
        claim = lifecycle.submit(
            claim,
            by=request.user,
            seen=request.POST.get("seen", ""),
            note=typed(request, "note", 1000),
            duplicate_reason=typed(request, "duplicate_reason", 300),
        )
    except (lifecycle.Refused, limits.TooMany) as refusal:
        notes.error(request, str(refusal))
        return redirect(Wizard(own_claim(request, claim.code), request.user).next_url())
    forget(request, key)
    return redirect(after_submit(claim))


def typed(request, name: str, longest: int) -> str:
    return stored_lines(request.POST.get(name, ""))[:longest]


def after_submit(claim) -> str:
    return reverse("claims:submitted", args=[claim.code])


@member_required
@require_POST
@tells_refusals
def discard(request, code):
    """«حذف پیش‌نویس»."""
    lifecycle.discard(own_claim(request, code))
    notes.success(request, "پیش‌نویس حذف شد.")
    return redirect("claims:list")
