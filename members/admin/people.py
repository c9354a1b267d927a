"""People and their cover under each contract; the employer's roster stays the usual way to change them."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from members import access_log, account
from members.admin.finding import ContractFilter, FoundByPost, SeenIsRecorded, number_and_title
from members.forms.people import EnrolmentForm, PersonForm
from members.models import Enrolment, Person
from portal.lib import dates
from portal.lib.tags import ltr, masked_iban, masked_mobile
from portal.lib.text import compact, match_key


class PeopleAdmin(FoundByPost, SeenIsRecorded, admin.ModelAdmin):
    show_full_result_count = False
    list_per_page = 50

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
class PersonAdmin(PeopleAdmin):
    form = PersonForm
    list_display = ["named", "number", "father_name", "born"]
    search_fields = ["national_id", "first_key", "last_key"]
    search_help_text = "کد ملی کامل، یا نام و نام خانوادگی"
    ordering = ["last_key", "first_key"]
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

    def search(self, queryset, text):
        digits = compact(text)
        if digits.isdecimal():
            return queryset.filter(national_id=digits.zfill(10))
        for word in text.split():
            key = match_key(word)
            queryset = queryset.filter(first_key__contains=key) | queryset.filter(last_key__contains=key)
        return queryset

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
class EnrolmentAdmin(PeopleAdmin):
    form = EnrolmentForm
    list_display = ["person", "of_contract", "relation", "cover", "number", "account_number"]
    list_filter = [("contract", ContractFilter), "relation"]
    list_select_related = ["person", "contract"]
    search_fields = ["person__national_id"]
    search_help_text = "کد ملی کامل یا آغاز نام خانوادگی"
    ordering = ["-pk"]
    fields = [
        "whom",
        "contract",
        ("relation", "primary_number"),
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

    def search(self, queryset, text):
        digits = compact(text)
        if digits.isdecimal():
            return queryset.filter(person__national_id=digits.zfill(10))
        return queryset.filter(person__last_key__startswith=match_key(text))

    def save_model(self, request, row, form, change):
        """Only what was changed is written: a roster may have been committed since the page was opened."""
        names = [name for name in form.changed_data if name != "primary_number"]
        row.save(update_fields=[*names, "primary"])
        if changes := masked_changes(form.before, row):
            access_log.record_changes(row, by=request.user, changes=changes)
        if "iban" in changes:
            for owner in row.person.accounts.filter(is_active=True):
                account.tell_of_new_iban(owner)
        if {"iban", "primary"} & changes.keys():
            account.iban_changed.send(Enrolment, contract=row.contract, by=request.user, why=account.BY_STAFF)
        if "mobile" in changes:
            account.tell_of_roster_mobile(row, before=form.before["mobile"])

    def construct_change_message(self, request, form, formsets, add=False):
        """With what stood there before, as masked as in the access log."""
        changes = masked_changes(form.before, form.instance)
        words = [
            f"{CHANGED[name]}: از {before or 'هیچ'} به {after or 'هیچ'}"
            for name, (before, after) in changes.items()
        ]
        others = set(form.changed_data) - {*changes, "cover_start", "cover_end", "primary_number"}
        words += [str(form.fields[name].label) for name in form.fields if name in others]
        return f"عوض کرد: {'؛ '.join(words)}" if words else "چیزی عوض نشد."

    @admin.display(description="کد ملی بیمه‌شدهٔ اصلی")
    def primary_number(self, row):
        return ltr(row.primary.national_id)

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

    @admin.display(description="قرارداد", ordering="contract__number")
    def of_contract(self, row):
        return number_and_title(row.contract)

    @admin.display(description="شبا")
    def account_number(self, row):
        return masked_iban(row.iban) or "—"


CHANGED = access_log.FIELDS


def masked_changes(before: dict, row: Enrolment) -> dict[str, list[str]]:
    """What may move money or a household, before and after; nothing of it can be read as a whole."""
    shown = {
        "mobile": [access_log.masked(number) for number in (before["mobile"], row.mobile)],
        "iban": [access_log.masked(number) for number in (before["iban"], row.iban)],
        "primary": [access_log.masked(number) for number in (before["primary"], row.primary.national_id)],
        "cover": [
            f"{dates.short(start)} تا {dates.short(end)}"
            for start, end in (
                (before["cover_start"], before["cover_end"]),
                (row.cover_start, row.cover_end),
            )
        ],
    }
    is_changed = {
        "mobile": before["mobile"] != row.mobile,
        "iban": before["iban"] != row.iban,
        "primary": before["primary"] != row.primary.national_id,
        "cover": (before["cover_start"], before["cover_end"]) != (row.cover_start, row.cover_end),
    }
    return {name: values for name, values in shown.items() if is_changed[name]}
