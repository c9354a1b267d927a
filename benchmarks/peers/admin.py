"""The default admin: columns, filters and a search, as the tutorial shows them."""

from django.contrib import admin

from claims.models import Claim

site = admin.AdminSite(name="peers")


@admin.register(Claim, site=site)
class ClaimAdmin(admin.ModelAdmin):
    list_display = [
        "tracking_code",
        "insured",
        "contract",
        "service_type",
        "paid_amount",
        "status",
        "submitted_at",
    ]
    list_filter = ["status", "contract", "home_province", "service_type", "officer"]
    list_select_related = ["insured", "contract", "service_type"]
    search_fields = ["tracking_code", "insured__national_id", "insured__last_name"]
    ordering = ["submitted_at"]
    list_per_page = 25
