"""`/`: the question for a new browser, staff to their queue, and for a member what waits for them."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from claims import story
from claims.models.claim import WAITING
from claims.views.owned import own_claims
from members.views.login import welcome

MOST_WAITING = 10


@login_not_required
@require_safe
def home(request):
    if not request.user.is_authenticated:
        return welcome(request)
    if not request.user.is_member:
        return redirect("admin:index")
    waiting = [
        story.waiting(claim, request.user)
        for claim in own_claims(request).waiting_for_member().with_documents().order_by("-pk")[:MOST_WAITING]
    ]
    latest = own_claims(request).exclude(status__in=WAITING).order_by("-pk")
    if request.contract:
        latest = latest.filter(contract=request.contract)
    return render(request, "claims/home.html", {"waiting": waiting, "latest": latest[:3]})
