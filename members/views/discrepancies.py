"""«مغایرت‌های اعلام‌شده»: the member's reports with state and answer, and a new one from any page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members import discrepancies, limits, sessions
from members.forms.discrepancies import DiscrepancyForm
from members.views import member_required

REPORTED = "گزارش شما ثبت شد؛ پاسخ را همین‌جا می‌بینید و با پیامک هم خبر می‌دهیم."


@member_required
@never_cache
@require_safe
def reports(request):
    rows = request.user.discrepancies.select_related("person", "contract")
    return render(request, "members/discrepancies/list.html", {"reports": rows})


@member_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    begun = sessions.kept_values(request) or request.GET
    initial = {name: begun[name] for name in ("subject", "person", "text", "about") if name in begun}
    form = DiscrepancyForm(request.POST or None, member=request.user, initial=initial)
    if sessions.is_sent(request) and form.is_valid():
        try:
            limits.spend("report", request.user.pk)
        except limits.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            discrepancies.report(request.user, contract=request.contract or None, **form.report())
            messages.success(request, REPORTED)
            return redirect("members:discrepancies")
    return render(request, "members/discrepancies/new.html", {"form": form})
