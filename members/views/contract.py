"""Which contract the pages are about."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members import access, sessions
from members.views import member_required
from portal.lib.dates import today


@member_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contract(request):
    if request.method == "POST":
        access.choose(request, own_contract(request, request.POST.get("contract", "")))
        return redirect(next_page(request))
    rows = [(row, state_of(row)) for row in request.contracts]
    # The choice itself is not made anew by a GET: its button is the one that stands out.
    wanted = sessions.standing(request).get("contract")
    return render(request, "members/contract.html", {"rows": rows, "wanted": wanted})


def state_of(row) -> str:
    if access.is_in_force(row):
        return ""
    return "هنوز آغاز نشده" if row.start_date > today() else "پایان‌یافته"


def own_contract(request, pk: str):
    for row in request.contracts:
        if str(row.pk) == pk:
            return row
    raise Http404


def next_page(request) -> str:
    """Back to the page where the picker stood, if that page is ours."""
    page = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return page
    return "home"
