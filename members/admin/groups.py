"""Groups of the staff: what each may do, in Persian; Django writes its permissions in English."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, Permission

from members.models import User

ACTS = {"add": "افزودن", "change": "تغییر", "delete": "حذف", "view": "دیدن"}
# Staff never meet it by a name of its own.
UNNAMED = {"submission": "نسخهٔ فرستاده‌شدهٔ درخواست"}
OUR_APPS = ("claims", "members", "catalog", "notifications", "auth", "auditlog")

admin.site.unregister(Group)


class PermissionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, permission):
        model = permission.content_type.model_class()
        act, _, rest = permission.codename.partition("_")
        what = UNNAMED.get(permission.content_type.model, model._meta.verbose_name)
        is_djangos = act in ACTS and rest == permission.content_type.model
        return f"{what}: {ACTS[act] if is_djangos else permission.name}"


@admin.register(Group)
class StaffGroupAdmin(GroupAdmin):
    def get_deleted_objects(self, objs, request):
        """The group, and who loses what it allows; Django would list the rows between them by English names."""
        _, _, perms_needed, protected = super().get_deleted_objects(objs, request)
        members = User.objects.filter(groups__in=objs).distinct()
        rows = [*(f"گروه: {group}" for group in objs), *(f"عضو گروه: {one.display_name}" for one in members)]
        return rows, {"گروه‌ها": len(objs), "عضوهای گروه": len(members)}, perms_needed, protected

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "permissions":
            rows = Permission.objects.filter(content_type__app_label__in=OUR_APPS)
            kwargs["queryset"] = rows.select_related("content_type")
            kwargs["form_class"] = PermissionsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)
