"""After «ثبت درخواست»: the slip with the tracking code, and the receipt to keep or print."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from claims import story
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
    context = {"claim": claim, "next_steps": story.what_next(claim), "now": story.happening_now(claim)}
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
