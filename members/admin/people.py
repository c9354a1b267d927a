"""People and their cover under each contract; the employer's roster stays the usual way to change them."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django_jalali.db.models import jDateField

from members.models import Enrolment, Person
from portal.lib import dates
from portal.lib.fields import IbanField, JalaliDateField, MobileField
from portal.lib.tags import ltr, masked_iban, masked_mobile
from portal.lib.text import compact, match_key


class JalaliAdmin(admin.ModelAdmin):
    """The date field of django-jalali searches instead of matching, and its widget breaks the content policy."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, jDateField):
            return JalaliDateField(label=db_field.verbose_name, required=not db_field.blank)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        # Cover is ended by its date; people and accounts stay for their claims.
        return False


class EnrolmentInline(admin.TabularInline):
    model = Enrolment
    fk_name = "person"
    extra = 0
    can_delete = False
    show_change_link = True
    fields = readonly_fields = ["contract", "relation", "primary", "cover", "number"]
    verbose_name_plural = "قراردادها"

    def has_add_permission(self, request, obj=None):
        return False

    @admin.display(description="پوشش")
    def cover(self, row):
        return f"{dates.short(row.cover_start)} تا {dates.short(row.cover_end)}"

    @admin.display(description="موبایل")
    def number(self, row):
        return masked_mobile(row.mobile) or "—"


@admin.register(Person)
class PersonAdmin(JalaliAdmin):
    list_display = ["named", "number", "father_name", "born"]
    search_fields = ["national_id", "first_key", "last_key"]
    search_help_text = "کد ملی کامل، یا نام و نام خانوادگی"
    ordering = ["last_key", "first_key"]
    show_full_result_count = False
    list_per_page = 50
    inlines = [EnrolmentInline]
    fields = [
        ("first_name", "last_name"),
        ("father_name", "gender"),
        ("national_id", "birth_certificate_number"),
        "birth_date",
    ]
    # Corrected by a roster alone: accounts carry it in their names.
    readonly_fields = ["national_id"]

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else []

    def get_search_results(self, request, queryset, search_term):
        digits = compact(search_term)
        if digits.isdecimal():
            return queryset.filter(national_id=digits.zfill(10)), False
        for word in search_term.split():
            key = match_key(word)
            queryset = queryset.filter(first_key__contains=key) | queryset.filter(last_key__contains=key)
        return queryset, False

    def save_model(self, request, person, form, change):
        person.first_key, person.last_key = match_key(person.first_name), match_key(person.last_name)
        super().save_model(request, person, form, change)

    @admin.display(description="نام", ordering="last_key")
    def named(self, person):
        return person.full_name

    @admin.display(description="کد ملی")
    def number(self, person):
        return ltr(person.national_id)

    @admin.display(description="تاریخ تولد", ordering="birth_date")
    def born(self, person):
        return dates.short(person.birth_date) if person.birth_date else "—"


@admin.register(Enrolment)
class EnrolmentAdmin(JalaliAdmin):
    list_display = ["person", "contract", "relation", "cover", "number", "account_number"]
    list_filter = ["contract", "relation"]
    list_select_related = ["person", "contract"]
    search_fields = ["person__national_id__exact", "person__last_key__startswith"]
    search_help_text = "کد ملی کامل یا آغاز نام خانوادگی"
    ordering = ["-pk"]
    show_full_result_count = False
    list_per_page = 50
    raw_id_fields = ["primary"]
    fields = [
        "whom",
        "contract",
        ("relation", "primary"),
        "plan",
        ("cover_start", "cover_end"),
        "personnel_code",
        ("mobile", "phone", "email"),
        ("province", "base_insurer"),
        "iban",
        "note",
    ]
    readonly_fields = ["whom", "contract"]

    def has_add_permission(self, request):
        # A cover comes by a roster, so that the employer's list stays the source.
        return False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        checked = {"mobile": MobileField, "iban": IbanField}.get(db_field.name)
        if checked:
            return checked(label=db_field.verbose_name, required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="شخص")
    def whom(self, row):
        url = reverse("admin:members_person_change", args=[row.person_id])
        return format_html('<a href="{}">{}</a> · {}', url, row.person.full_name, ltr(row.person.national_id))

    @admin.display(description="پوشش")
    def cover(self, row):
        return f"{dates.short(row.cover_start)} تا {dates.short(row.cover_end)}"

    @admin.display(description="موبایل")
    def number(self, row):
        return masked_mobile(row.mobile) or "—"

    @admin.display(description="شبا")
    def account_number(self, row):
        return masked_iban(row.iban) or "—"
