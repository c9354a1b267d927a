"""Of people every look is written down: at a page, and at what a national ID has found."""

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


class SeenIsRecorded:
    """For model admins: who has looked at which row is in the access log."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and request.method == "GET":
            access_log.record(request, obj, "seen")
        return super().render_change_form(request, context, add, change, form_url, obj)
