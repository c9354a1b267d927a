"""The catalogue in the admin: lists, rules, contracts, and the directory of centres with its import."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import BigIntegerField
from django_jalali.db.models import jDateField

from catalog import centre_list, service_list, tables
from catalog.list_import import ListImport
from catalog.models import (
    BaseInsurer,
    Branch,
    CentreType,
    Contract,
    DocumentType,
    Insurer,
    MedicalCentre,
    MembershipType,
    Plan,
    Province,
    Reason,
    RequiredDocument,
    Service,
    ServiceType,
)
from catalog.search import find
from portal.lib import dates
from portal.lib.admin import TypedAsPeopleDo
from portal.lib.fields import JalaliDateField, RialField

FOUND = 200


class CatalogueAdmin(TypedAsPeopleDo, admin.ModelAdmin):
    """A change is in force here as soon as it is committed, and in other processes a few seconds later."""

    list_per_page = 50
    show_full_result_count = False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        given = {"label": db_field.verbose_name, "required": not db_field.blank}
        if isinstance(db_field, jDateField):
            return JalaliDateField(**given)
        if isinstance(db_field, BigIntegerField) and "(ریال)" in db_field.verbose_name:
            return RialField(**given)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changeform_view(self, request, *args, **kwargs):
        answer = super().changeform_view(request, *args, **kwargs)
        self._changed(request)
        return answer

    def changelist_view(self, request, extra_context=None):
        answer = super().changelist_view(request, extra_context)
        self._changed(request)
        return answer

    def delete_view(self, request, *args, **kwargs):
        answer = super().delete_view(request, *args, **kwargs)
        self._changed(request)
        return answer

    def _changed(self, request):
        if request.method == "POST":
            transaction.on_commit(tables.forget)


class RulesFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        asked = set()
        for form in self.forms:
            given = form.cleaned_data if form.is_valid() else {}
            if not given.get("document_type") or given.get("DELETE"):
                continue
            rule = (given.get("service_type"), given.get("service"), given["document_type"])
            if rule in asked:
                form.add_error("document_type", "این مدرک دو بار آمده است؛ یکی را بردارید.")
            asked.add(rule)


class RequiredDocumentInline(TypedAsPeopleDo, admin.TabularInline):
    model = RequiredDocument
    formset = RulesFormSet
    extra = 0
    fields = ["document_type", "is_required", "sort"]


class GeneralRules(RequiredDocumentInline):
    """The rules that hold in every contract; a contract's own stand on its page."""

    def get_queryset(self, request):
        return super().get_queryset(request).filter(contract=None).select_related("document_type")


class TypeRules(GeneralRules):
    verbose_name_plural = "مدارک این نوع خدمت"

    def get_queryset(self, request):
        return super().get_queryset(request).filter(service=None)


class ServiceRulesForm(forms.ModelForm):
    def save(self, commit=True):
        # A service's rule stands under its type as well, so that the type need not be chosen twice.
        self.instance.service_type = self.instance.service.service_type
        return super().save(commit)


class ServiceRules(GeneralRules):
    form = ServiceRulesForm
    verbose_name_plural = "مدارک این خدمت (اگر خالی باشد، مدارک نوع خدمت خواسته می‌شود)"


class ContractRules(RequiredDocumentInline):
    fields = ["service_type", "service", "document_type", "is_required", "sort"]
    verbose_name_plural = "مدارک ویژهٔ این قرارداد (پیش از قاعده‌های عمومی)"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("service_type", "service", "document_type")


class PlanInline(TypedAsPeopleDo, admin.TabularInline):
    model = Plan
    extra = 0


@admin.register(ServiceType)
class ServiceTypeAdmin(CatalogueAdmin):
    list_display = ["title", "code", "is_enabled", "sort"]
    list_editable = ["is_enabled", "sort"]
    inlines = [TypeRules]


@admin.register(Service)
class ServiceAdmin(ListImport, CatalogueAdmin):
    list_title = "ورود فهرست خدمات"
    list_columns = (
        "«نوع خدمت»، «خدمت»، و در صورت وجود «کد»، «راهنما»، «مدارک اجباری»، «مدارک اختیاری» (هر مدرک با ویرگول جدا)، "
        "«ترتیب» و «فعال». آنچه در فهرست نیاید همان‌گونه می‌ماند."
    )
    rows_of_file, import_rows = service_list.rows_of_file, service_list.import_rows
    list_display = ["title", "service_type", "is_enabled", "sort"]
    list_editable = ["is_enabled", "sort"]
    list_filter = ["service_type"]
    list_select_related = ["service_type"]
    search_fields = ["title", "code"]
    inlines = [ServiceRules]


@admin.register(DocumentType)
class DocumentTypeAdmin(CatalogueAdmin):
    list_display = ["title", "hint", "is_invoice", "is_order", "sort"]
    search_fields = ["title", "code"]


class PlaceFilter(admin.SimpleListFilter):
    """By the step of a claim, in the words of the wizard."""

    title = "بخش"
    parameter_name = "section"
    TITLES = {
        "basics": "اطلاعات اولیه",
        "details": "جزئیات پرونده",
        "documents": "تصاویر مدارک",
        "mobile": "شمارهٔ موبایل",
    }

    def lookups(self, request, model_admin):
        return list(self.TITLES.items())

    def queryset(self, request, rows):
        return rows.filter(section=self.value()) if self.value() else rows


@admin.register(Reason)
class ReasonAdmin(CatalogueAdmin):
    list_display = ["code", "kind", "title", "advice", "is_active"]
    list_filter = ["kind", PlaceFilter, "is_active"]
    search_fields = ["code", "title"]


@admin.register(Contract)
class ContractAdmin(CatalogueAdmin):
    list_display = ["number", "title", "insurer", "start", "end", "e_claims"]
    list_filter = ["insurer", "e_claims"]
    list_select_related = ["insurer"]
    search_fields = ["number", "title", "policyholder"]
    inlines = [PlanInline, ContractRules]

    @admin.display(description="آغاز", ordering="start_date")
    def start(self, contract):
        return dates.short(contract.start_date)

    @admin.display(description="پایان", ordering="end_date")
    def end(self, contract):
        return dates.short(contract.end_date)


@admin.register(Province)
class ProvinceAdmin(CatalogueAdmin):
    list_display = ["title", "capital", "area_code", "branch"]
    list_select_related = ["branch"]
    search_fields = ["name"]


@admin.register(Branch)
class BranchAdmin(CatalogueAdmin):
    list_display = ["name", "phone", "is_active"]
    search_fields = ["name"]


@admin.register(BaseInsurer, CentreType)
class OrderedAdmin(CatalogueAdmin):
    list_display = ["title", "code", "sort"]
    list_editable = ["sort"]


@admin.register(MembershipType)
class MembershipTypeAdmin(CatalogueAdmin):
    list_display = ["title", "is_enabled", "captcha", "phone_is_mandatory", "sort"]
    list_editable = ["is_enabled", "captcha", "phone_is_mandatory"]


@admin.register(Insurer)
class InsurerAdmin(CatalogueAdmin):
    search_fields = ["name"]


@admin.register(MedicalCentre)
class MedicalCentreAdmin(ListImport, CatalogueAdmin):
    list_title = "ورود فهرست مراکز درمانی"
    list_columns = "«نام»، «نوع مرکز»، «استان»، و در صورت وجود «شهر»، «نشانی»، «مالکیت» و «شناسه»."
    rows_of_file, import_rows = centre_list.rows_of_file, centre_list.import_rows
    list_display = ["name", "centre_type", "province", "city", "is_active"]
    list_filter = ["is_active", "centre_type", "province"]
    list_select_related = ["centre_type", "province"]
    search_fields = ["name"]
    search_help_text = "بخشی از نام، به هر ترتیب؛ نام شهر هم کمک می‌کند."
    ordering = ["-pk"]

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        # Those switched off are looked for by their exact words, for find() does not know them.
        found = [centre.pk for centre in find(search_term, limit=FOUND)]
        return queryset.filter(pk__in=found) | queryset.filter(name=search_term), False
