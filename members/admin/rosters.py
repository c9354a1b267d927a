"""Rosters in the admin: a file sent, its dry run as a page, the commit, and the rows that wait for somebody."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from members import access_log, roster, roster_files, roster_uploads
from members.admin import roster_pages, waiting_rows
from members.forms.rosters import RowForm, UploadForm
from members.models import Discrepancy, RosterImport, RosterRow
from members.roster import waiting
from portal.lib.text import compact, latin_digits, persian_digits

READ_OR_SEND = ["GET", "HEAD", "POST"]
PAGE = 25
RECEIVED = "فایل دریافت شد و در حال بررسی است؛ تا «ثبت نهایی» چیزی عوض نمی‌شود."
DISCARDED = "این فهرست کنار گذاشته شد و چیزی ثبت نشد."
COMMITTING = "فهرست در حال ثبت است."
WAITING = "ثبت این فهرست به تأیید نفر دوم نیاز دارد؛ از همکارتان بخواهید همین صفحه را ببیند."
NOT_YET = "فایل گزارش در حال آماده شدن است؛ چند لحظهٔ دیگر دوباره بخواهید."
NO_ROW = "ردیف بازی با این کد ملی در فهرست‌های ثبت‌شده نیست."
FIXED = "ردیف {} اصلاح شد و {} در قرارداد ثبت شد."
ALONE = "{} به‌تنهایی پذیرفته شد و درگاه خودش را دارد."
REFUSED = "ردیف {} رد شد."


class RosterPages(admin.ModelAdmin):
    """Own pages in place of Django's lists and forms; nothing is deleted, nothing is written by a bare form."""

    def has_delete_permission(self, request, obj=None):
        return False

    def must(self, request, permission):
        if not request.user.has_perm(permission):
            raise PermissionDenied

    def drawn(self, request, template, context):
        return TemplateResponse(request, template, self.admin_site.each_context(request) | context)

    def at(self, route, view, name, methods=None):
        limited = require_http_methods(methods)(view) if methods else require_safe(view)
        return path(
            route,
            self.admin_site.admin_view(limited),
            name=f"{self.opts.label_lower.replace('.', '_')}_{name}",
        )


@admin.register(RosterImport)
class RosterImportAdmin(RosterPages):
    def get_urls(self):
        return [
            self.at("", self.list, "changelist"),
            self.at("add/", self.add, "add", READ_OR_SEND),
            self.at("<int:pk>/change/", self.report, "change"),
            self.at("<int:pk>/progress/", self.progress, "progress"),
            self.at("<int:pk>/download/", self.download, "download"),
            self.at("<int:pk>/commit/", self.commit, "commit", ["POST"]),
            self.at("<int:pk>/second/", self.second, "second", ["POST"]),
            self.at("<int:pk>/discard/", self.discard, "discard", ["POST"]),
        ]

    def list(self, request):
        self.must(request, "members.view_rosterimport")
        # The people of a dry run are many; a list of files needs how many.
        uploads = (
            RosterImport.objects.select_related("contract", "by", "seconded_by")
            .annotate(**{kind: F(f"changes__{kind}") for kind in roster_pages.CHANGE_TITLES})
            .defer("changes")
        )
        context = {
            "title": "فهرست‌های اسامی",
            "page": Paginator(uploads, PAGE).get_page(request.GET.get("page")),
            "waiting": waiting_rows.open_rows().filter(outcome="hold").count(),
            "may_send": request.user.has_perm("members.add_rosterimport"),
            "may_see_rows": request.user.has_perm("members.view_rosterrow"),
        }
        return self.drawn(request, "admin/members/rosterimport/list.html", context)

    def add(self, request):
        self.must(request, "members.add_rosterimport")
        form = UploadForm(request.POST or None, request.FILES or None, initial=request.GET)
        if form.is_valid():
            given = form.cleaned_data
            try:
                upload = roster_uploads.receive(
                    given["file"], name=given["name"], contract=given["contract"], by=request.user
                )
            except roster_uploads.Refused as refusal:
                form.add_error("file", str(refusal))
            else:
                access_log.record(request, upload, "upload")
                messages.info(request, RECEIVED)
                return redirect("admin:members_rosterimport_change", upload.pk)
        context = {"title": "فهرست تازه", "form": form}
        return self.drawn(request, "admin/members/rosterimport/add.html", context)

    def report(self, request, pk):
        self.must(request, "members.view_rosterimport")
        upload = upload_or_404(pk)
        access_log.record(request, upload, "seen")
        may_decide = request.user.has_perm("members.change_rosterimport")
        context = {
            "title": f"{upload.contract.number}، {upload.file_name}",
            "upload": upload,
            "report": roster_pages.ReportPage(upload, request.GET),
            "is_working": upload.state in roster_uploads.WORKING,
            "may_decide": may_decide,
            "may_second": may_decide and upload.by_id != request.user.pk,
        }
        return self.drawn(request, "admin/members/rosterimport/report.html", context)

    def progress(self, request, pk):
        self.must(request, "members.view_rosterimport")
        upload = upload_or_404(pk)
        is_working = upload.state in roster_uploads.WORKING
        return JsonResponse(
            {"is_working": is_working, "percent": upload.progress, "text": str(roster_pages.percent(upload))}
        )

    def download(self, request, pk):
        self.must(request, "members.change_rosterimport")
        upload = upload_or_404(pk)
        file = roster_files.open_report(upload.stored_name)
        if file is None:
            roster_uploads.hand_over(roster_uploads.REPORT, upload)
            messages.info(request, NOT_YET)
            return redirect("admin:members_rosterimport_change", pk)
        access_log.record(request, upload, "export")
        # The number of a contract is the employer's own; characters beyond letters and digits stay out of a header.
        number = "".join(
            mark if mark.isascii() and mark.isalnum() else "-" for mark in upload.contract.number
        )
        return FileResponse(file, as_attachment=True, filename=f"roster-{number}-{upload.pk}.xlsx")

    def commit(self, request, pk):
        return self.act(request, pk, "commit")

    def second(self, request, pk):
        return self.act(request, pk, "second")

    def discard(self, request, pk):
        return self.act(request, pk, "discard")

    def act(self, request, pk, name):
        self.must(request, "members.change_rosterimport")
        upload = upload_or_404(pk)
        try:
            if name == "discard":
                done, told = roster_uploads.discard(upload), DISCARDED
            else:
                asked = roster_uploads.ask_commit if name == "commit" else roster_uploads.second
                done = asked(upload, by=request.user)
                told = WAITING if done.state == RosterImport.State.WAITING else COMMITTING
        except roster_uploads.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            access_log.record(request, done, name)
            messages.success(request, told)
        return redirect("admin:members_rosterimport_change", pk)


@admin.register(RosterRow)
class RosterRowAdmin(RosterPages):
    def get_urls(self):
        return [
            self.at("", self.list, "changelist"),
            self.at("find/", self.find, "find", ["POST"]),
            self.at("<int:pk>/change/", self.row, "change", READ_OR_SEND),
            self.at("<int:pk>/stand-alone/", self.stand_alone, "stand_alone", ["POST"]),
            self.at("<int:pk>/refuse/", self.refuse, "refuse", ["POST"]),
        ]

    def has_add_permission(self, request):
        return False

    def list(self, request):
        self.must(request, "members.view_rosterrow")
        context = {"title": "ردیف‌های نگه‌داشته‌شده", "waiting": waiting_rows.WaitingRows(request.GET)}
        return self.drawn(request, "admin/members/rosterrow/list.html", context)

    def find(self, request):
        """By a post, so that no national ID stands in an address."""
        self.must(request, "members.view_rosterrow")
        wanted = compact(latin_digits(request.POST.get("wanted", "")))[:20]
        found = waiting_rows.open_row_of(wanted)
        if found is None:
            messages.error(request, NO_ROW)
            return redirect("admin:members_rosterrow_changelist")
        return redirect("admin:members_rosterrow_change", found.pk)

    def row(self, request, pk):
        """The row with what is wrong; a post judges the mended values and takes the person in."""
        is_sent = request.method == "POST"
        self.must(request, f"members.{'change' if is_sent else 'view'}_rosterrow")
        row = row_or_404(pk)
        if is_sent and row.resolution != RosterRow.Resolution.OPEN:
            messages.error(request, waiting.SETTLED)
            return redirect("admin:members_rosterrow_change", pk)
        form = RowForm(request.POST if is_sent else None, row=row)
        if is_sent and form.is_valid():
            values = dict(form.cleaned_data)
            is_same = values.pop("is_same_person", False)
            try:
                roster.fix(row, values=values, by=request.user, is_same_person=is_same)
            except roster.RosterRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                if is_same:
                    access_log.record(request, row, "same_person")
                name = f"{values['first_name']} {values['last_name']}"
                messages.success(request, FIXED.format(persian_digits(row.excel_row), name))
                return self.after(request, row)
        return self.drawn(request, "admin/members/rosterrow/row.html", self.context_of(request, row, form))

    def context_of(self, request, row, form):
        access_log.record(request, row, "seen")
        may_change = request.user.has_perm("members.change_rosterrow")
        is_open = row.resolution == RosterRow.Resolution.OPEN
        return {
            "title": f"ردیف {persian_digits(row.excel_row)}",
            "row": row,
            "line": roster_pages.line_of(row),
            "form": form,
            "reasons": roster_pages.reasons_of(row),
            "other": roster_pages.other_of(form.other),
            "cells": roster_pages.cells_of(row),
            "resolved": roster_pages.resolved(row),
            "reports": reports_about(row),
            "may_settle": is_open and may_change,
            "may_stand_alone": roster.may_stand_alone(row),
        }

    def stand_alone(self, request, pk):
        return self.settled(request, pk, roster.accept_stand_alone, lambda row, who: ALONE.format(who))

    def refuse(self, request, pk):
        told = lambda row, who: REFUSED.format(persian_digits(row.excel_row))  # noqa: E731
        return self.settled(request, pk, roster.refuse, told)

    def settled(self, request, pk, act, told):
        self.must(request, "members.change_rosterrow")
        row = row_or_404(pk)
        try:
            act(row, by=request.user)
        except roster.RosterRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:members_rosterrow_change", pk)
        messages.success(request, told(row, roster_pages.line_of(row)["person"]))
        return self.after(request, row)

    def after(self, request, row):
        """To the report of somebody who could not activate because of this row, else to the next rows."""
        report = reports_about(row).first() if request.user.has_perm("members.change_discrepancy") else None
        if report:
            return redirect("admin:members_rosterrow_change", row.pk)
        return redirect(
            f"{reverse('admin:members_rosterrow_changelist')}?contract={row.roster_import.contract_id}"
        )


def reports_about(row: RosterRow):
    """Open reports of those who could not activate with this national ID."""
    return Discrepancy.objects.filter(
        state=Discrepancy.State.OPEN, typed_national_id__in=waiting_rows.national_ids_of(row)
    ).order_by("created_at")


def upload_or_404(pk) -> RosterImport:
    upload = RosterImport.objects.select_related("contract", "by", "seconded_by").filter(pk=pk).first()
    if upload is None:
        raise Http404
    return upload


def row_or_404(pk) -> RosterRow:
    """Rows of a dry run are no one's yet."""
    row = (
        RosterRow.objects.select_related("roster_import__contract", "resolved_by")
        .filter(pk=pk, roster_import__state=RosterImport.State.COMMITTED)
        .first()
    )
    if row is None:
        raise Http404
    return row
