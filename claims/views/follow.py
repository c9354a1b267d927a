"""«درخواست‌های هزینهٔ خسارت»: the list, one claim's story, and what a member may still do with it."""

from django.contrib import messages as notes
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims import lifecycle, listing, messages, story, turns
from claims.forms.follow import FilterForm, ObjectionForm
from claims.lifecycle.member import (
    PRIMARY_MENDS,
    days_to_answer,
    is_answer_late,
    is_at_the_bank,
    may_mend_iban,
    may_object,
    may_withdraw,
    why_no_objection,
)
from claims.models import Status
from claims.steps import Wizard
from claims.steps.wizard import REVIEW
from claims.views import frame
from claims.views.owned import own_claim, tells_refusals
from claims.views.parked import explained, kept
from members.access import enrolments_of
from members.forms.account import ChangeIbanForm
from members.sessions import is_sent, must_ask_password
from members.views import member_required

PAGE = 20
# Of what waits for a member, however much it is.
MOST = 500


@member_required
@require_safe
def claims(request):
    """Keyset pages: the last costs what the first does."""
    household = enrolments_of(request.user)
    form = FilterForm(request.GET or None, enrolments=household)
    narrowed = form.narrowed(contract=request.contract)
    most = MOST if form.shows_all_waiting else PAGE
    waiting = [] if form.cursor else listing.waiting(household, most=most + 1, **narrowed)
    rows = listing.others(household, most=PAGE + 1, before=form.cursor, **narrowed)
    context = {
        "form": form,
        "waiting": [turns.waiting(claim, request.user) for claim in waiting[:most]],
        "more_wait": len(waiting) > most,
        "claims": rows[:PAGE],
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
    }
    return render(request, "claims/list.html", context)


@member_required
@require_safe
def detail(request, code):
    claim = own_claim(request, code)
    if claim.is_draft:
        return redirect(Wizard(claim, request.user).next_url())
    wizard = Wizard(claim, request.user)
    now = turns.now(claim, request.user)
    events = list(claim.events.all())
    deficiencies = story.deficiency_rows(claim) if claim.status == Status.DEFICIENT else []
    is_late = bool(deficiencies) and is_answer_late(claim)
    context = {
        "claim": claim,
        "timeline": story.timeline(events),
        "now": now,
        "next_steps": story.what_next(claim, is_turn=now.is_turn),
        "branch": turns.branch_of(claim) if claim.lacks_originals and claim.is_open else None,
        "groups": frame.groups(wizard),
        "texts": messages.sent_of(claim, events),
        "deficiencies": deficiencies,
        "unmended": sum(not row["cured"] for row in deficiencies),
        "days_left": days_to_answer(claim) if deficiencies and not is_late else None,
        "is_late": is_late,
        "fingerprint": wizard.fingerprint,
        "typed": explained(request, claim),
        "may_send": claim.status == Status.DEFICIENT and wizard.may_open(REVIEW),
        "may_withdraw": may_withdraw(claim),
        "may_object": may_object(claim),
        "is_at_the_bank": is_at_the_bank(claim),
        "deductions": claim.deductions.select_related("reason"),
    }
    return render(request, "claims/detail.html", context)


@member_required
@require_POST
@tells_refusals
def withdraw(request, code):
    """«انصراف»."""
    lifecycle.withdraw(own_claim(request, code), by=request.user)
    notes.success(request, "انصراف شما ثبت شد.")
    return redirect("claims:detail", code)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def object_to(request, code):
    """«اعتراض»."""
    claim = own_claim(request, code)
    if not may_object(claim) and request.method != "POST":
        if refusal := why_no_objection(claim):
            notes.info(request, refusal)
        return redirect(claim)
    form = ObjectionForm(request.POST or None, initial=kept(request))
    if is_sent(request) and form.is_valid():
        lifecycle.object_to(claim, by=request.user, text=form.cleaned_data["text"])
        notes.success(request, "اعتراض شما ثبت شد؛ کارشناس دیگری آن را بررسی می‌کند.")
        return redirect(claim)
    return render(request, "claims/objection.html", {"claim": claim, "form": form})


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
@tells_refusals
def mend_iban(request, code):
    claim = own_claim(request, code)
    if claim.status != Status.PAYMENT_FAILED and not turns.lacks_iban(claim, request.user):
        return redirect(claim)
    if not may_mend_iban(claim, request.user):
        notes.warning(request, PRIMARY_MENDS)
        return redirect(claim)
    form = ChangeIbanForm(
        request.POST or None,
        user=request.user,
        asks_password=must_ask_password(request),
        initial=kept(request),
    )
    if request.method == "POST" and form.is_valid():
        lifecycle.mend_iban(claim, by=request.user, iban=form.cleaned_data["iban"])
        notes.success(request, "شمارهٔ شبا ثبت شد؛ مبلغ در نوبت پرداخت است.")
        return redirect(claim)
    title = turns.GIVE_IBAN if claim.status == Status.APPROVED else turns.MEND_IBAN
    return render(request, "claims/iban.html", {"claim": claim, "form": form, "title": title})
