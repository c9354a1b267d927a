"""While PostgreSQL is away every page is a short Persian 503 that says when to try again."""

import sys

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError, close_old_connections
from django.http import HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 5


class DatabaseOutageMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not getattr(request, "database_is_away", False):
            return response
        # The dead connection is dropped, so that the next request opens a new one.
        close_old_connections()
        return outage_page()


def notice(request, **_) -> None:
    """Django turns what a middleware below raises into its own 500: here alone every exception passes by."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        request.database_is_away = True


got_request_exception.connect(notice)


def outage_page():
    return HttpResponse(
        render_to_string("503.html"), status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
    )
