"""What the admin pages of several apps have in common."""

import secrets
from urllib.parse import urlencode

from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

REMEMBERED, MOST_REMEMBERED, LONGEST = "wanted", 10, 100
_OUR_OWN = ("csrfmiddlewaretoken", REMEMBERED, SEARCH_VAR, "p")


class OnlyViewed:
    """Rows that the portal writes itself: the admin shows them, and what changes them are named acts."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


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
        # What no text of the database holds is not looked for (portal/addresses.py).
        if text := request.POST.get(REMEMBERED, "").replace("\0", "").strip()[:LONGEST]:
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


def remember(request, text: str) -> str:
    word = secrets.token_hex(4)
    kept = [*request.session.get(REMEMBERED, {}).items(), (word, text)]
    request.session[REMEMBERED] = dict(kept[-MOST_REMEMBERED:])
    return word


def wanted(request, word: str) -> str:
    return request.session.get(REMEMBERED, {}).get(word, "")
