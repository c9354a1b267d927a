"""The staff's site: Django's admin in Persian, behind a password, a second factor and the limits of every login."""

from django.contrib.admin import AdminSite, ModelAdmin, ShowFacets
from django.urls import NoReverseMatch, URLResolver, path, reverse, reverse_lazy

from claims import dashboard
from members import staff
from portal import staff_login

# label, icon, url name, permission: what stands at the top of every page for those who may.
NAVIGATION = [
    ("صف رسیدگی", "inbox", "admin:claims_claim_changelist", "claims.view_claim"),
    ("پرداخت‌ها", "banknote", "admin:claims_paymentbatch_changelist", "claims.pay_claim"),
    ("مغایرت‌ها", "flag", "admin:members_discrepancy_changelist", "members.view_discrepancy"),
    ("فهرست اسامی", "users", "admin:members_rosterimport_changelist", "members.view_rosterimport"),
]
# Pages of a section that do not lie under its address.
BELONGS = {"admin:members_rosterimport_changelist": "admin:members_rosterrow_changelist"}


# To count the rows of every choice of every filter would cost more than the page.
ModelAdmin.show_facets = ShowFacets.NEVER


class PortalAdminSite(AdminSite):
    site_title = site_header = "مدیریت بیمهٔ تکمیلی"
    index_title = "میز کار"
    site_url = None
    enable_nav_sidebar = False
    empty_value_display = "—"

    def has_permission(self, request):
        return staff.may_enter(request.user)

    def get_urls(self):
        own = [
            path("second-factor/", staff_login.second_factor, name="second_factor"),
            path("colleagues/", self.admin_view(staff_login.colleagues), name="colleagues"),
        ]
        urls = own + super().get_urls()
        name_login(urls)
        return urls

    def each_context(self, request):
        return super().each_context(request) | {"navigation": navigation(request)}

    def index(self, request, extra_context=None):
        context = {
            "dashboard": dashboard.of_staff(request.user),
            "may_help": request.user.has_perm("claims.supervise_claim"),
        }
        return super().index(request, context | (extra_context or {}))

    def login(self, request, extra_context=None):
        return staff_login.login(request)

    login.login_required = False

    def logout(self, request, extra_context=None):
        return staff_login.logout(request)


def name_login(patterns) -> None:
    """Without a session every page of the staff leads to their own login, those of the models too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            name_login(pattern.url_patterns)
        elif not hasattr(pattern.callback, "login_url"):
            # A method of the site keeps what is said of it on its function.
            view = getattr(pattern.callback, "__func__", pattern.callback)
            view.login_url = reverse_lazy("admin:login")


def navigation(request) -> list[dict]:
    if not staff.may_enter(request.user):
        return []
    rows = []
    for label, icon, name, permission in NAVIGATION:
        if request.user.has_perm(permission) and (url := address(name)):
            current = request.path.startswith((url, address(BELONGS.get(name, name))))
            rows.append({"label": label, "icon": icon, "url": url, "is_current": current})
    return rows


def address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
