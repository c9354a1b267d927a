"""Of people every look is written down: at a page, and at what a national ID has found."""

from django.contrib.admin import RelatedFieldListFilter

from catalog.models import Contract
from members import access_log
from portal.lib import admin
from portal.lib.text import compact


class FoundByPost(admin.FoundByPost):
    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown and compact(shown["cl"].typed).isdecimal():
            for row in shown["cl"].result_list:
                access_log.record(request, row, "found")
        return response


class ContractFilter(RelatedFieldListFilter):
    """A renewed contract keeps its title: the number tells them apart."""

    def field_choices(self, field, request, model_admin):
        contracts = Contract.objects.order_by("-start_date", "number")
        return [(one.pk, number_and_title(one)) for one in contracts]


def number_and_title(contract: Contract) -> str:
    return f"{contract.number}، {contract.title}" if contract.title else contract.number


class SeenIsRecorded:
    """For model admins: who has looked at which row is in the access log."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.method == "GET":
            access_log.record(request, obj, "seen")
        return super().render_change_form(request, context, add, change, form_url, obj)
