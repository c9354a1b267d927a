"""Accounts: members' to look at and to close, staff's to make. Passwords are set, never seen."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import format_html

from members import sessions
from members.admin.finding import FoundByPost, SeenIsRecorded
from members.forms.password import MISMATCH, RULES
from members.models import User
from portal.lib import dates
from portal.lib.fields import NationalIdField
from portal.lib.forms import PersianErrors
from portal.lib.tags import masked_mobile
from portal.lib.text import compact, match_key


class StaffFieldsMixin(PersianErrors):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "staff_national_id" in self.fields:
            self.fields["staff_national_id"] = NationalIdField(
                label="کد ملی کارمند",
                help_text="تا به درخواست‌های خانوادهٔ خودش رسیدگی نکند.",
                initial=self.instance.staff_national_id,
            )


class StaffForm(StaffFieldsMixin, UserChangeForm):
    class Meta:
        model = User
        exclude = ["password"]


class NewStaffForm(StaffFieldsMixin, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "staff_name", "staff_national_id"]

    def save(self, commit=True):
        self.instance.is_staff = True
        return super().save(commit)


class StaffPasswordForm(PersianErrors, AdminPasswordChangeForm):
    """Without Django's choice of an account that has no password: staff enter by none other."""

    error_messages = {"password_mismatch": MISMATCH}

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        told = {"password1": ("رمز عبور تازه", RULES), "password2": ("تکرار رمز عبور تازه", "")}
        for name, (label, help_text) in told.items():
            field = self.fields[name]
            field.required, field.label, field.help_text = True, label, help_text


@admin.register(User)
class AccountAdmin(FoundByPost, SeenIsRecorded, UserAdmin):
    form, add_form, change_password_form = StaffForm, NewStaffForm, StaffPasswordForm
    list_display = ["named", "kind", "number", "is_active", "seen"]
    list_filter = ["is_staff", "is_active", "groups"]
    list_select_related = ["person"]
    search_fields = ["username"]
    search_help_text = "نام کاربری کارمند، کد ملی کامل یا نام خانوادگی عضو"
    ordering = ["-pk"]
    show_full_result_count = False
    list_per_page = 50
    filter_horizontal = ["groups"]
    add_fieldsets = [
        (None, {"fields": ["username", "staff_name", "staff_national_id", "password1", "password2"]})
    ]
    staff_fields = [
        "username",
        "staff_name",
        "staff_national_id",
        "new_password",
        "groups",
        ("is_active", "is_superuser"),
        "seen",
    ]
    member_fields = [
        "whom",
        "membership_type",
        "number",
        "email",
        "is_active",
        ("activated", "seen"),
        "private",
    ]

    def get_fieldsets(self, request, account=None):
        if account is None:
            return self.add_fieldsets
        return [(None, {"fields": self.member_fields if account.is_member else self.staff_fields})]

    def get_readonly_fields(self, request, account=None):
        if account is None:
            return []
        if account.is_member:
            # An account that was never activated is opened by its owner alone.
            closable = ["is_active"] if account.activated_at else []
            return [name for row in self.member_fields for name in flat(row) if name not in closable]
        return ["new_password", "seen"] if request.user.is_superuser else [*STAFF_READ_ONLY, "new_password"]

    def search(self, queryset, text):
        digits = compact(text)
        if digits.isdecimal():
            return queryset.filter(person__national_id=digits.zfill(10))
        by_name = queryset.filter(person__last_key__startswith=match_key(text))
        return by_name | queryset.filter(username__startswith=text, is_staff=True)

    def user_change_password(self, request, id, form_url=""):
        account = self.get_object(request, id)
        may_set = account and not account.is_member
        if not may_set or (account.is_superuser and not request.user.is_superuser):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def save_model(self, request, account, form, change):
        super().save_model(request, account, form, change)
        if not account.is_active:
            sessions.end_all(account)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="نام")
    def named(self, account):
        return account.display_name

    @admin.display(description="گونه")
    def kind(self, account):
        return "عضو" if account.is_member else "کارمند"

    @admin.display(description="موبایل")
    def number(self, account):
        return masked_mobile(account.mobile) or "—"

    @admin.display(description="آخرین ورود", ordering="last_login")
    def seen(self, account):
        return dates.moment(account.last_login) if account.last_login else "—"

    @admin.display(description="زمان فعال‌سازی")
    def activated(self, account):
        return dates.moment(account.activated_at) if account.activated_at else "هنوز فعال نشده است"

    @admin.display(description="شخص")
    def whom(self, account):
        url = reverse("admin:members_person_change", args=[account.person_id])
        return format_html('<a href="{}">{}</a>', url, account.person.full_name)

    @admin.display(description="درخواست‌هایش فقط برای خودش")
    def private(self, account):
        return "بله" if account.keeps_claims_private else "خیر"

    @admin.display(description="رمز عبور")
    def new_password(self, account):
        url = reverse("admin:auth_user_password_change", args=[account.pk])
        return format_html('<a href="{}">تعیین رمز تازه</a>', url)


STAFF_READ_ONLY = [
    "username",
    "staff_name",
    "staff_national_id",
    "groups",
    "is_active",
    "is_superuser",
    "seen",
]


def flat(row) -> tuple:
    return (row,) if isinstance(row, str) else row
