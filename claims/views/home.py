"""`/`: the question for a new browser, staff to their queue, and for a member what waits for them."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from claims import listing, turns
from members.access import enrolments_of
from members.views.login import welcome

MOST_WAITING = 10
LATEST = 3


@login_not_required
@require_safe
def home(request):
    if not request.user.is_authenticated:
        return welcome(request)
    if not request.user.is_member:
        return redirect("admin:index")
    household = enrolments_of(request.user)
    waiting = listing.waiting(household, most=MOST_WAITING + 1, order=listing.NEWEST)
    context = {
        "waiting": [turns.waiting(claim, request.user) for claim in waiting[:MOST_WAITING]],
        "more_wait": len(waiting) > MOST_WAITING,
        "latest": listing.others(household, most=LATEST, contract=request.contract and request.contract.pk),
    }
    return render(request, "claims/home.html", context)
