"""What lists and pages of people have in common: found by a post, and every look is written down."""

import secrets
from urllib.parse import urlencode

from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from members import access_log
from portal.lib.text import compact

REMEMBERED, MOST_REMEMBERED, LONGEST = "wanted", 10, 100
_OUR_OWN = ("csrfmiddlewaretoken", REMEMBERED, SEARCH_VAR, "p")


class FoundList(ChangeList):
    """In its address stands a word that means the search to this session alone."""

    def __init__(self, request, *args):
        super().__init__(request, *args)
        self.typed = wanted(request, self.query)
        self.find_url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_find")


class FoundByPost:
    """For model admins: no national ID and no name stands in an address. `search(queryset, text)` finds."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_find"
        return [
            path("find/", self.admin_site.admin_view(require_POST(self.find)), name=name),
            *super().get_urls(),
        ]

    def find(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        kept = {name: value for name, value in request.POST.items() if name not in _OUR_OWN}
        if text := request.POST.get(REMEMBERED, "").strip()[:LONGEST]:
            kept[SEARCH_VAR] = remember(request, text)
        return redirect(
            f"{reverse(f'admin:{self.opts.app_label}_{self.opts.model_name}_changelist')}?{urlencode(kept)}"
        )

    def get_changelist(self, request, **kwargs):
        return FoundList

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        text = wanted(request, search_term)
        return (self.search(queryset, text) if text else queryset.none()), False

    def search(self, queryset, text: str):
        raise NotImplementedError

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown and compact(shown["cl"].typed).isdecimal():
            for row in shown["cl"].result_list:
                access_log.record(request, row, "found")
        return response


class SeenIsRecorded:
    """For model admins: who has looked at which row is in the access log."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.method == "GET":
            access_log.record(request, obj, "seen")
        return super().render_change_form(request, context, add, change, form_url, obj)


def remember(request, text: str) -> str:
    word = secrets.token_hex(4)
    kept = [*request.session.get(REMEMBERED, {}).items(), (word, text)]
    request.session[REMEMBERED] = dict(kept[-MOST_REMEMBERED:])
    return word


def wanted(request, word: str) -> str:
    return request.session.get(REMEMBERED, {}).get(word, "")
