"""After «ثبت درخواست»: the slip with the tracking code, and the receipt to keep or print."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from claims import story, turns
from claims.receipt import pdf
from claims.steps import Wizard
from claims.views import frame
from claims.views.owned import own_claim
from members.views import member_required


@member_required
@require_safe
def submitted(request, code):
    """Can be bookmarked; once the claim has moved on, its own page says more."""
    claim = own_claim(request, code)
    if not claim.tracking_code:
        return redirect(Wizard(claim, request.user).next_url())
    now = turns.now(claim, request.user)
    context = {
        "claim": claim,
        "now": now,
        "arrival": turns.arrival(claim, now),
        "next_steps": story.what_next(claim, is_turn=now.is_turn),
        "branch": turns.branch_of(claim) if claim.lacks_originals and claim.is_open else None,
    }
    return render(request, "claims/submitted.html", context)


@member_required
@require_safe
def receipt(request, code):
    claim = own_claim(request, code)
    if not claim.tracking_code:
        raise Http404
    content = pdf(
        claim,
        groups=frame.groups(Wizard(claim, request.user)),
        address=request.build_absolute_uri(claim.get_absolute_url()),
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{claim.tracking_code}.pdf"'
    return response
