"""«پرونده‌های من»: every decided case of the household in the chosen contract."""

from django.db.models import Prefetch, Sum
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Deduction
from claims.views.owned import own_claims
from members.views import member_required

PAGE = 20


@member_required
@require_safe
def cases(request):
    # A lazy object around None is not None itself.
    decided = own_claims(request).decided().filter(contract=request.contract or None)
    decided = decided.select_related("rejection_reason").prefetch_related(
        Prefetch("deductions", Deduction.objects.select_related("reason"))
    )
    before = request.GET.get("before", "")
    totals = decided.aggregate(paid=Sum("paid_amount"), payable=Sum("payable_amount"))
    if before.isascii() and before.isdigit():
        decided = decided.filter(pk__lt=int(before[:17]))
    rows = list(decided.order_by("-pk")[: PAGE + 1])
    older = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return render(request, "claims/cases.html", {"cases": rows[:PAGE], "older": older, "totals": totals})
