"""The queue of «گزارش مغایرت»: read, compare with the roster, answer by one of the named acts."""

from django import forms
from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from members import access_log, discrepancies
from members.admin.finding import ContractFilter, SeenIsRecorded
from members.admin.likely import people_like, rows_like
from members.admin.roster_pages import line_of
from members.models import Discrepancy, Enrolment
from portal.lib import dates
from portal.lib.fields import MobileField
from portal.lib.forms import PersianErrors
from portal.lib.tags import ltr, masked_mobile
from portal.lib.text import persian_digits

ANSWER, FIXED, ROSTER_MOBILE, ACCOUNT_MOBILE = "answer", "fixed", "roster_mobile", "account_mobile"
READ_BY = (
    "عضو آن را در پرتال می‌خواند و به کسی که با حساب خودش گزارش نداده پیامک می‌شود (جز وقتی اشکال فعال‌سازی اصلاح "
    "شده است: پیامک «مشخصات اصلاح شد» می‌رود). نام خدمت، بیماری یا کد ملی در آن ننویسید."
)
MOBILE_NEEDED = "شماره‌ای را که پس از بررسی باید ثبت شود وارد کنید."
NEAR = "کسی با این کد ملی در فهرست‌ها نیست؛ با همین نام و کد ملی‌ای نزدیک به آن:"
NOBODY_THERE = "این کد ملی در فهرست اسامی نیست؛ شماره‌ای برای درست کردن وجود ندارد."


class AnswerForm(PersianErrors, forms.ModelForm):
    act = forms.ChoiceField(
        label="اقدام",
        choices=[
            (ANSWER, "پاسخ، بدون اصلاح"),
            (FIXED, "اصلاح شد"),
            (ROSTER_MOBILE, "شمارهٔ موبایل در فهرست اسامی عوض شود"),
            (ACCOUNT_MOBILE, "شمارهٔ موبایل حساب عوض شود (به هر دو شماره خبر داده می‌شود)"),
        ],
    )
    mobile = MobileField(label="شمارهٔ موبایل تازه", required=False)
    answer = forms.CharField(
        label="پاسخ",
        max_length=300,
        help_text=READ_BY,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = Discrepancy
        fields = ["answer"]

    def clean(self):
        cleaned = super().clean()
        act = cleaned.get("act")
        if (
            act in (ROSTER_MOBILE, ACCOUNT_MOBILE)
            and not cleaned.get("mobile")
            and "mobile" not in self.errors
        ):
            self.add_error("mobile", MOBILE_NEEDED)
        if act == ROSTER_MOBILE and discrepancies.subject_of(self.instance) is None:
            self.add_error("act", NOBODY_THERE)
        if act == ACCOUNT_MOBILE and discrepancies.account_of(self.instance) is None:
            self.add_error("act", discrepancies.NO_ACCOUNT)
        return cleaned


def may_see_rows(request, report) -> bool:
    is_open = report is not None and report.state == Discrepancy.State.OPEN
    return is_open and request.user.has_perm("members.view_rosterrow") and bool(rows_like(report))


@admin.register(Discrepancy)
class DiscrepancyAdmin(SeenIsRecorded, admin.ModelAdmin):
    form = AnswerForm
    list_display = ["subject", "who", "state", "created", "waits", "answered_by"]
    list_filter = ["state", "subject", ("contract", ContractFilter)]
    list_select_related = ["user__person", "person", "answered_by"]
    # The queue: what is open comes first, oldest on top.
    ordering = ["-state", "created_at"]
    list_per_page = 50
    shown = [
        "subject",
        "text",
        "about",
        "who",
        "typed",
        "contact",
        "roster_rows",
        "rows_that_wait",
        "created",
    ]
    settled = ["state", "answer", "answered_by", "answered"]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        # Numbers of people who may be somebody else.
        if request.method == "GET" and obj is not None and discrepancies.subject_of(obj) is None:
            for person in people_like(obj):
                access_log.record(request, person, "found")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_fields(self, request, report=None):
        shown = [name for name in self.shown if name != "rows_that_wait" or may_see_rows(request, report)]
        if self.has_change_permission(request, report):
            return [*shown, "act", "mobile", "answer"]
        return [*shown, *self.settled]

    def get_readonly_fields(self, request, report=None):
        return self.shown if self.has_change_permission(request, report) else [*self.shown, *self.settled]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, report=None):
        is_open = report is None or report.state == Discrepancy.State.OPEN
        return is_open and super().has_change_permission(request, report)

    def save_model(self, request, report, form, change):
        given = form.cleaned_data
        words = {"by": request.user, "text": given["answer"]}
        try:
            if given["act"] == ROSTER_MOBILE:
                discrepancies.fix_roster_mobile(report, mobile=given["mobile"], **words)
            elif given["act"] == ACCOUNT_MOBILE:
                discrepancies.fix_account_mobile(report, mobile=given["mobile"], **words)
            else:
                discrepancies.answer(report, is_fixed=given["act"] == FIXED, **words)
        except discrepancies.Refused as refusal:
            messages.error(request, str(refusal))

    @admin.display(description="گزارش‌دهنده")
    def who(self, report):
        if report.user:
            return report.user.display_name
        if report.person:
            return report.person.full_name
        return f"{report.typed_first_name} {report.typed_last_name} (بدون حساب)"

    @admin.display(description="آنچه نوشته است")
    def typed(self, report):
        if not report.typed_national_id:
            return "—"
        return format_html(
            "{} {} · {}", report.typed_first_name, report.typed_last_name, ltr(report.typed_national_id)
        )

    @admin.display(description="شمارهٔ تماس")
    def contact(self, report):
        # To be dialled, so it is not masked here.
        return ltr(report.user.mobile if report.user else report.contact_number) or "—"

    @admin.display(description="در فهرست اسامی")
    def roster_rows(self, report):
        person = discrepancies.subject_of(report)
        near = [] if person else people_like(report)
        if person is None and not near:
            return "کسی با این کد ملی در فهرست‌ها نیست."
        rows = Enrolment.objects.filter(person__in=near or [person]).select_related("person", "contract")
        lines = self.lines_of(rows.order_by("-contract__start_date"))
        return format_html("{}<br>{}", NEAR, lines) if near else lines

    def lines_of(self, rows):
        return format_html_join(
            SafeString("<br>"),
            '<a href="{}">{} {}</a> · قرارداد {} · موبایل {}',
            (
                (
                    reverse("admin:members_enrolment_change", args=[row.pk]),
                    row.person.full_name,
                    ltr(row.person.national_id),
                    row.contract.number,
                    masked_mobile(row.mobile) or "ندارد",
                )
                for row in rows
            ),
        )

    @admin.display(description="در ردیف‌های نگه‌داشته‌شده")
    def rows_that_wait(self, report):
        """Where putting the row right is the answer."""
        return format_html_join(
            SafeString("<br>"),
            '<a href="{}">ردیف {}: {}</a> · قرارداد {} · {}',
            (
                (
                    reverse("admin:members_rosterrow_change", args=[row.pk]),
                    persian_digits(row.excel_row),
                    (line := line_of(row))["person"] or "بی‌نام",
                    row.roster_import.contract.number,
                    line["reason"],
                )
                for row in rows_like(report)
            ),
        )

    @admin.display(description="زمان", ordering="created_at")
    def created(self, report):
        return dates.moment(report.created_at)

    @admin.display(description="زمان پاسخ")
    def answered(self, report):
        return dates.moment(report.answered_at) if report.answered_at else "—"

    @admin.display(description="سن (روز)")
    def waits(self, report):
        if report.state != Discrepancy.State.OPEN:
            return "—"
        return persian_digits((dates.today() - dates.jalali(report.created_at)).days)
