"""What the admin pages of several apps have in common."""

import operator
import secrets
from functools import reduce
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from portal.lib.fields import PersianTextField
from portal.lib.text import latin_digits, persian_digits, stored

REMEMBERED, MOST_REMEMBERED, LONGEST = "wanted", 10, 100
_OUR_OWN = ("csrfmiddlewaretoken", REMEMBERED, SEARCH_VAR, "p")


class NumberText(PersianTextField):
    """A number or code that stands in a column of text."""

    def to_python(self, value):
        text = super().to_python(value)
        return latin_digits(text) if text else text


class TypedAsPeopleDo:
    """For model admins and inlines: any digits and Arabic letters, in fields and in the search; one form is kept."""

    # Columns of text that hold numbers or codes.
    numbers = frozenset({"code", "number", "area_code", "source_id"})

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, models.CharField | models.TextField) and not db_field.choices:
            kwargs["form_class"] = NumberText if db_field.name in self.numbers else PersianTextField
        elif isinstance(db_field, models.IntegerField):
            # A field of type=number takes no Persian digit.
            attributes = {"class": "vIntegerField", "inputmode": "numeric", "dir": "ltr"}
            kwargs["widget"] = forms.TextInput(attributes)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_search_results(self, request, queryset, search_term):
        # Numbers are kept in Latin digits, words with those they were typed with.
        text = stored(search_term)
        spellings = dict.fromkeys((text, latin_digits(text), persian_digits(text)))
        found = [super(TypedAsPeopleDo, self).get_search_results(request, queryset, one) for one in spellings]
        return reduce(operator.or_, (rows for rows, _ in found)), any(twice for _, twice in found)


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
