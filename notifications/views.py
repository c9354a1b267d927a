"""Delivery reports from the providers, and the demo phone. Nothing here belongs to a member."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from notifications import doubt, reports
from notifications.gateways import KNOWN, base, gateway
from notifications.models import DemoText

# More in one report than any provider sends.
MOST_REPORTS = 1000


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def report(request, provider, secret):
    """Told again or too late, a report changes nothing."""
    _admit(provider, secret)
    try:
        for fields in _reports(request):
            for number, status in gateway(provider).report(fields):
                doubt.apply(provider, number, status)
    except base.NotSupported:
        raise Http404 from None
    except (ValueError, KeyError, TypeError, RecursionError):
        return HttpResponseBadRequest("unreadable", content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def demo_phone(request):
    """What would have been sent, newest first; the address exists on a developer's machine only."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/phone.html", {"texts": DemoText.objects.all()[:100]})


def _admit(provider: str, secret: str) -> None:
    expected = reports.key_of(provider)
    # Compared even for an unknown provider, so that the time of the answer says nothing.
    fits = constant_time_compare(secret, expected) and expected != ""
    if provider not in KNOWN or not fits:
        raise Http404


def _reports(request) -> list[dict]:
    """The fields of each report, whichever way the provider packs them."""
    if request.content_type == "application/json":
        content = json.loads(request.body)
        reports = content if isinstance(content, list) else [content]
        if len(reports) > MOST_REPORTS or not all(isinstance(fields, dict) for fields in reports):
            raise ValueError("not a list of reports")
        return reports
    return [(request.POST or request.GET).dict()]
