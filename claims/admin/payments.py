"""The finance office: what is to be paid, batches for the bank, the bank's answer; every payment is one verb."""

from django import forms
from django.contrib import admin
from django.contrib import messages as notes
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims import lifecycle, paper, payments, sheets
from claims.models import PaymentBatch
from members import access_log
from portal.lib.admin import OnlyViewed
from portal.lib.forms import PersianForm

SHOWN = 50
# Between the dry run and the commit.
LASTS = 3600
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
DONE = "ردیف‌هایی که آماده بودند ثبت شد."
TOO_OLD = "از بررسی این پرونده بیش از یک ساعت گذشته است؛ آن را دوباره بفرستید."


class FileForm(PersianForm):
    file = forms.FileField(
        label="پرونده (xlsx یا csv)", widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"})
    )


@admin.register(PaymentBatch)
class PaymentBatchAdmin(OnlyViewed, admin.ModelAdmin):
    def get_urls(self):
        wrap = self.admin_site.admin_view
        both = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("", wrap(require_safe(self.office)), name="claims_paymentbatch_changelist"),
            path("new/", wrap(require_POST(self.make)), name="claims_paymentbatch_new"),
            path("result/", wrap(both(self.result)), name="claims_paymentbatch_result"),
            path("paper/", wrap(both(self.paper)), name="claims_paymentbatch_paper"),
            path("<int:pk>/change/", wrap(require_safe(self.batch)), name="claims_paymentbatch_change"),
            path(
                "<int:pk>/file/<slug:kind>/", wrap(require_safe(self.file)), name="claims_paymentbatch_file"
            ),
        ]

    def office(self, request):
        self.must(request, "claims.view_paymentbatch")
        context = {
            "title": "پرداخت‌ها",
            "sums": payments.sums(),
            "waiting": payments.due(payments.waiting()[:SHOWN]),
            "batches": PaymentBatch.objects.select_related("by")[:SHOWN],
            "may_pay": request.user.has_perm("claims.pay_claim"),
        }
        return self.drawn(request, "office", context)

    def make(self, request):
        self.must(request, "claims.pay_claim")
        if payments.leaves_own(request.user):
            notes.warning(request, payments.OWN_ARE_LEFT)
        try:
            batch = payments.make_batch(by=request.user)
        except (payments.Refused, lifecycle.Refused) as refusal:
            notes.error(request, str(refusal))
            return redirect("admin:claims_paymentbatch_changelist")
        notes.success(request, "دسته ساخته شد؛ پروندهٔ بانک را دریافت کنید.")
        return redirect("admin:claims_paymentbatch_change", batch.pk)

    def batch(self, request, pk):
        self.must(request, "claims.view_paymentbatch")
        batch = get_object_or_404(PaymentBatch.objects.select_related("by"), pk=pk)
        rows = payments.lines(batch)
        return self.drawn(request, "batch", {"title": str(batch), "batch": batch, "rows": rows})

    def file(self, request, pk, kind):
        self.must(request, "claims.pay_claim")
        if kind not in TYPES:
            raise Http404
        batch = get_object_or_404(PaymentBatch, pk=pk)
        access_log.record(request, batch, "export")
        response = HttpResponse(payments.exported(batch, kind=kind), content_type=TYPES[kind])
        response["Content-Disposition"] = f'attachment; filename="payments-{batch.pk}.{kind}"'
        return response

    def result(self, request):
        """The bank's answer to a batch."""
        return self.imported(request, payments, "result", "نتیجهٔ بانک")

    def paper(self, request):
        """Cases that were decided on paper, for «پرونده‌های من»."""
        return self.imported(request, paper, "paper", "پرونده‌های کاغذی")

    def imported(self, request, subject, name, title):
        """The file is examined first; what was shown is what is committed, judged once more."""
        self.must(request, "claims.pay_claim")
        context = {"title": title, "form": FileForm()}
        if request.method == "POST":
            act = committed if "rows" in request.POST else examined
            try:
                context |= act(request, subject)
            except (payments.Refused, sheets.Refused, lifecycle.Refused) as refusal:
                notes.error(request, str(refusal))
        return self.drawn(request, name, context)

    def drawn(self, request, name, context):
        context = self.admin_site.each_context(request) | context
        return TemplateResponse(request, f"admin/claims/paymentbatch/{name}.html", context)

    def must(self, request, permission):
        if not request.user.has_perm(permission):
            raise PermissionDenied


def examined(request, subject) -> dict:
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return {"form": form}
    rows = subject.read(form.cleaned_data["file"])
    outcomes = subject.examine(rows)
    signed = signing.dumps(rows, salt=subject.__name__, compress=True)
    return {"form": form, "outcomes": outcomes, "ready": ready(outcomes), "rows": signed}


def committed(request, subject) -> dict:
    try:
        rows = signing.loads(request.POST["rows"], salt=subject.__name__, max_age=LASTS)
    except signing.BadSignature:
        raise sheets.Refused(TOO_OLD) from None
    outcomes = subject.commit(rows, by=request.user)
    notes.success(request, DONE)
    return {"outcomes": outcomes, "ready": ready(outcomes), "is_done": True}


def ready(outcomes) -> int:
    return sum(one.is_ready for one in outcomes)
