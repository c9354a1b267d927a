"""Pages that belong to no app: health, metrics and the pages for when something went wrong."""

import prometheus_client
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import kept_forms
from portal import clock, demo

OUT_OF_DATE = (
    "این صفحه قدیمی شده بود و فرم فرستاده نشد. آنچه نوشته‌اید سر جایش است؛ بررسی کنید و دوباره بفرستید."
)
OUT_OF_DATE_WITH_FILES = f"{OUT_OF_DATE} فایل‌ها را دوباره انتخاب کنید."


@login_not_required
@require_safe
@never_cache
def live(request):
    return JsonResponse({"alive": True})


@login_not_required
@require_safe
@never_cache
def ready(request):
    """503 with the reason while this process should get no requests."""
    try:
        clock.ensure_agreement(connection)
    except clock.ClockIsOff as error:
        seconds = error.drift.total_seconds()
        return JsonResponse({"ready": False, "reason": "clock", "seconds": seconds}, status=503)
    except DatabaseError:
        return JsonResponse({"ready": False, "reason": "database"}, status=503)
    return JsonResponse({"ready": True})


@login_not_required
@require_safe
@never_cache
def metrics(request):
    """For Prometheus alone: with METRICS_TOKEN set it must come as a bearer token."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not (settings.DEBUG or (token and constant_time_compare(token, given))):
        return HttpResponseForbidden()
    return HttpResponse(
        prometheus_client.generate_latest(), content_type=prometheus_client.CONTENT_TYPE_LATEST
    )


@login_not_required
@require_safe
def components(request):
    return render(request, "demo/components.html", demo.components())


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    return render(request, "500.html", status=500)


def csrf_failure(request, reason=""):
    """Who has logged in anew in another window has a page whose token is out of date, and words typed in it."""
    # Of a strange page, and of a script that asks for itself, nothing is kept.
    is_page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and request.accepts("text/html")
    if reason.startswith("CSRF token") and is_page and (page := kept_forms.stand_again(request)):
        messages.info(request, OUT_OF_DATE_WITH_FILES if request.FILES else OUT_OF_DATE)
        return redirect(page)
    return render(request, "csrf.html", status=403)
