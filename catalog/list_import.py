"""Bringing a list into the catalogue in the admin: looked through first, written only when asked to."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_http_methods

from catalog.lists import Report
from portal.lib.archives import Unfit
from portal.lib.forms import PersianForm

LARGEST_LIST = 20 * 1024 * 1024


class ListForm(PersianForm):
    file = forms.FileField(
        label="فایل فهرست",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
    )
    commit = forms.BooleanField(label="سطرهای درست ثبت شود", required=False)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_LIST:
            raise forms.ValidationError("این فایل بزرگ است؛ آن را در چند فایل تا ۲۰ مگابایت بفرستید.")
        return file


class ListImport:
    """For an admin whose rows also come as a list."""

    change_list_template = "admin/catalog/change_list.html"
    list_title: str
    list_columns: str
    rows_of_file: Callable
    import_rows: Callable

    @property
    def import_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_import"

    def get_urls(self):
        view = require_http_methods(["GET", "HEAD", "POST"])(self.import_view)
        return [path("import/", self.admin_site.admin_view(view), name=self.import_name), *super().get_urls()]

    def may_import(self, request) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request, extra_context=None):
        name = f"admin:{self.import_name}" if self.may_import(request) else ""
        return super().changelist_view(request, (extra_context or {}) | {"import_name": name})

    def import_view(self, request):
        if not self.may_import(request):
            raise PermissionDenied
        form = ListForm(request.POST or None, request.FILES or None)
        form.fields["file"].help_text = f"xlsx یا csv، تا ۲۰ مگابایت، با ستون‌های {self.list_columns}"
        context = {
            **self.admin_site.each_context(request),
            "title": self.list_title,
            "opts": self.opts,
            "list_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist",
            "report": self.report_of(form),
            "form": form,
        }
        return TemplateResponse(request, "admin/catalog/import.html", context)

    def report_of(self, form: ListForm) -> Report | None:
        if not form.is_valid():
            return None
        try:
            rows = type(self).rows_of_file(form.cleaned_data["file"].read())
            return type(self).import_rows(rows, commit=form.cleaned_data["commit"])
        except Unfit as unfit:
            form.add_error("file", str(unfit))
        return None
