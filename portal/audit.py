"""The access log as supervisors read it; what other packages would show beside it is taken away."""

from auditlog.models import LogEntry
from django.apps import apps
from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from members.access_log import FIELDS
from portal.lib import dates
from portal.lib.admin import OnlyViewed
from portal.lib.tags import ltr
from portal.lib.text import persian_digits

MOST_COUNTED = 10_000
ACTS = {
    "claim": "درخواست را دید",
    "picture": "تصویر را دید",
    "thumbnail": "تصویر کوچک را دید",
    "export": "پرونده دریافت کرد",
    "seen": "دید",
    "found": "با کد ملی پیدا کرد",
    "upload": "بارگذاری کرد",
    "commit": "ثبت نهایی کرد",
    "second": "تأیید دوم داد",
    "discard": "کنار گذاشت",
}


class CappedPaginator(Paginator):
    """Counts no further than anybody turns pages."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[:MOST_COUNTED].count()


class KindFilter(admin.SimpleListFilter):
    title = "گونه"
    parameter_name = "action"

    def lookups(self, request, model_admin):
        action = LogEntry.Action
        return [
            (str(action.ACCESS), "دیدن و دریافت"),
            (str(action.CREATE), "افزودن"),
            (str(action.UPDATE), "تغییر"),
            (str(action.DELETE), "حذف"),
        ]

    def queryset(self, request, rows):
        return rows.filter(action=self.value()) if self.value() else rows


class AccessLogAdmin(OnlyViewed, admin.ModelAdmin):
    list_display = fields = ["when", "who", "what", "object", "address"]
    list_select_related = ["actor", "content_type"]
    list_filter = [KindFilter]
    search_fields = ["=actor__username", "=object_pk"]
    search_help_text = "نام کاربری همکار یا شمارهٔ ردیف"
    show_full_result_count = False
    paginator = CappedPaginator
    list_per_page = 50
    actions = None
    list_display_links = None

    @admin.display(description="زمان", ordering="timestamp")
    def when(self, entry):
        return dates.moment(entry.timestamp)

    @admin.display(description="همکار")
    def who(self, entry):
        return entry.actor.display_name if entry.actor else "سامانه"

    @admin.display(description="کار")
    def what(self, entry):
        changes = entry.changes or {}
        if fields := [name for name in FIELDS if name in changes]:
            return format_html_join(
                "؛ ",
                "{} را عوض کرد: از {} به {}",
                ([FIELDS[name], *(ltr(value) or "هیچ" for value in changes[name])] for name in fields),
            )
        word = next((pair[1] for pair in changes.values() if len(pair) == 2), "")
        return ACTS.get(word, "ورود دو مرحله‌ای را بازنشاند" if "second_factor" in changes else word)

    @admin.display(description="ردیف")
    def object(self, entry):
        model = entry.content_type.model_class()
        return (
            f"{model._meta.verbose_name if model else entry.content_type} {persian_digits(entry.object_pk)}"
        )

    @admin.display(description="نشانی شبکه", ordering="remote_addr")
    def address(self, entry):
        return ltr(entry.remote_addr)


def told(entry: LogEntry) -> str:
    who = entry.actor.display_name if entry.actor else "سامانه"
    return f"{who}، {dates.moment(entry.timestamp)}"


def take_over() -> None:
    """Keys of second factors are nobody's to read; the log is read in our words."""
    admin.site.unregister([TOTPDevice, StaticDevice, LogEntry])
    admin.site.register(LogEntry, AccessLogAdmin)
    apps.get_app_config("auditlog").verbose_name = "دفتر دسترسی"
    # Its own name for a row is English.
    LogEntry.__str__ = told
    LogEntry._meta.verbose_name = "دسترسی"
    LogEntry._meta.verbose_name_plural = "دسترسی‌ها"
