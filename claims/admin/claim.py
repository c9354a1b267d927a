"""Claims in the admin: the queue as their list, the desk as their page, acts as posts; nothing else can be written."""

from django.contrib import admin
from django.contrib import messages as notes
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims import dashboard, lifecycle
from claims.admin import picking, queue
from claims.admin.acts import ACTS, DECISIONS, Typed
from claims.admin.desk import Desk, claim_of
from claims.models import Claim
from members import access_log
from portal.lib.admin import OnlyViewed
from portal.lib.text import compact, latin_digits

NOT_FOUND = "درخواستی با این کد رهگیری یا کد ملی پیدا نشد."
EMPTY = "درخواستی که بتوانید بردارید در صف نیست."


@admin.register(Claim)
class ClaimAdmin(OnlyViewed, admin.ModelAdmin):
    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(require_safe(self.queue)), name="claims_claim_changelist"),
            path("find/", wrap(require_POST(self.find)), name="claims_claim_find"),
            path("next/", wrap(require_POST(self.take_next)), name="claims_claim_next"),
            path("<slug:code>/change/", wrap(require_safe(self.desk)), name="claims_claim_change"),
            path(
                "<slug:code>/<slug:act>/",
                wrap(require_http_methods(["GET", "HEAD", "POST"])(self.act)),
                name="claims_claim_act",
            ),
        ]

    def queue(self, request):
        self.must(request, "claims.view_claim")
        context = {
            "title": "صف رسیدگی",
            "queue": queue.Queue(request.GET, request.user),
            "median_days": dashboard.median_days(),
            "may_review": request.user.has_perm("claims.review_claim"),
        }
        return self.drawn(request, "admin/claims/claim/queue.html", context)

    def find(self, request):
        """By a post, so that no national ID stands in an address."""
        self.must(request, "claims.view_claim")
        found = picking.find(compact(latin_digits(request.POST.get("wanted", "")))[:20])
        if found is None:
            notes.error(request, NOT_FOUND)
            return redirect("admin:claims_claim_changelist")
        name, value = next(iter(found.items()))
        return redirect(f"{reverse('admin:claims_claim_changelist')}?{name}={value}")

    def take_next(self, request):
        self.must(request, "claims.review_claim")
        claim = picking.take_next(request.user)
        if claim is None:
            notes.info(request, EMPTY)
            return redirect("admin:claims_claim_changelist")
        return redirect("admin:claims_claim_change", claim.code)

    def desk(self, request, code):
        self.must(request, "claims.view_claim")
        claim = claim_or_404(code)
        access_log.record(request, claim, "claim")
        return self.drawn_desk(request, Desk(request, claim, tab=request.GET.get("tab", "")))

    def act(self, request, code, act):
        """One act of the desk; refused or not finished, the desk stands there again with everything typed."""
        self.must(request, "claims.view_claim")
        claim = claim_or_404(code)
        if act not in ACTS:
            raise Http404
        if request.method != "POST":
            return redirect("admin:claims_claim_change", code)
        try:
            outcome = ACTS[act](request, claim)
        except lifecycle.Refused as refusal:
            notes.error(request, str(refusal))
            return self.after(request, claim, "")
        if isinstance(outcome, Typed):
            claim = claim_or_404(code)
            return self.drawn_desk(request, Desk(request, claim, bound=outcome.forms, tab=outcome.tab))
        notes.success(request, outcome)
        return self.after(request, claim, act)

    def after(self, request, claim, act):
        """A decision leads back to the queue, a mark back to the desk at the same image."""
        if act in DECISIONS or request.POST.get("back") == "queue":
            return redirect("admin:claims_claim_changelist")
        url = reverse("admin:claims_claim_change", args=[claim.code])
        image = request.POST.get("image", "")
        return redirect(f"{url}?image={image}" if image.replace("-", "").replace("_", "").isalnum() else url)

    def drawn_desk(self, request, desk):
        return self.drawn(request, "admin/claims/claim/desk.html", {"title": desk.claim.title, "desk": desk})

    def drawn(self, request, template, context):
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)

    def must(self, request, permission):
        if not request.user.has_perm(permission):
            raise PermissionDenied


def claim_or_404(code) -> Claim:
    try:
        return claim_of(code)
    except Claim.DoesNotExist:
        raise Http404 from None
