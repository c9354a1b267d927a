"""The floor of a list page: session, user, one query and a template."""

from django.shortcuts import render

from claims.models import Claim


def claims(request):
    rows = Claim.objects.filter(filed_by=request.user).select_related("insured", "service_type", "centre")
    return render(request, "peers/list.html", {"claims": rows.order_by("-pk")[:20], "user": request.user})
