"""The directory of centres: a page that works by itself, and the same search for the picker's script."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from catalog.forms import CentreSearchForm


@require_safe
def centres(request):
    search = CentreSearchForm(request.GET)
    search.full_clean()
    if request.GET.get("format") == "json" or _prefers_json(request):
        response = JsonResponse(
            {
                "outcome": search.outcome,
                "more": search.has_more,
                "results": [_shown(centre) for centre in search.centres],
            },
            json_dumps_params={"ensure_ascii": False},
        )
    else:
        response = render(request, "catalog/centres.html", {"search": search})
    patch_vary_headers(response, ["Accept"])
    return response


def _prefers_json(request) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _shown(centre) -> dict:
    return {
        "id": centre.pk,
        "name": centre.name,
        "type": centre.centre_type.title,
        "place": centre.place,
        "label": centre.label,
    }
