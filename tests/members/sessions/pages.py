"""The portal's addresses and one page with a form, for tests of sessions."""

from django.http import JsonResponse
from django.urls import path

from members import sessions
from portal.urls import handler403, handler404, handler500
from portal.urls import urlpatterns as of_the_portal

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def form(request):
    values = sessions.kept_values(request)
    return JsonResponse({"kept": dict(values.lists()) if values else None})


urlpatterns = [path("form/", form), path("form/act/", form), *of_the_portal]
