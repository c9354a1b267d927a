"""Filters of the list, and the small forms of a claim that is under way."""

from django import forms

from catalog.tables import catalogue
from claims.forms.base import CatalogueField
from claims.models import Status
from portal.lib.fields import JalaliDateField, PersianTextField
from portal.lib.forms import PersianForm
from portal.lib.text import compact

UNTIL_BEFORE_SINCE = "این تاریخ پیش از «از تاریخ» است؛ یکی از دو تاریخ را عوض کنید."


class FilterForm(PersianForm):
    status = forms.ChoiceField(label="وضعیت", required=False, choices=[("", "همهٔ وضعیت‌ها"), *Status.choices])
    person = forms.ChoiceField(label="بیمه‌شده", required=False)
    since = JalaliDateField(label="از تاریخ", required=False)
    until = JalaliDateField(label="تا تاریخ", required=False)
    service_type = CatalogueField(
        label="نوع خدمت", required=False, rows=lambda: catalogue().service_types, empty_label="همهٔ خدمت‌ها"
    )
    tracking_code = PersianTextField(
        label="کد رهگیری",
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
    )
    all_contracts = forms.BooleanField(label="همهٔ قراردادها", required=False)
    waiting = forms.ChoiceField(required=False, choices=[("all", "")], widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**62)

    def __init__(self, data=None, *, enrolments, **kwargs):
        super().__init__(data, **kwargs)
        people = {str(one.person_id): one.person.full_name for one in enrolments}
        self.fields["person"].choices = [("", "همهٔ افراد خانواده"), *people.items()]
        # What is wrong in one filter leaves the others working.
        self.chosen = {}
        if self.is_bound:
            self.full_clean()
            self.chosen = self.cleaned_data

    def clean(self):
        chosen = super().clean()
        if chosen.get("since") and chosen.get("until") and chosen["until"] < chosen["since"]:
            self.add_error("until", UNTIL_BEFORE_SINCE)
        # Nobody typed these, so nobody can put them right.
        for field in self.hidden_fields():
            self.errors.pop(field.name, None)
        return self.cleaned_data

    @property
    def cursor(self) -> int | None:
        return self.chosen.get("before")

    @property
    def shows_all_waiting(self) -> bool:
        return self.chosen.get("waiting") == "all"

    @property
    def is_used(self) -> bool:
        narrows = {*self.chosen} - {"before", "all_contracts", "waiting"}
        return any(self.chosen[name] for name in narrows)

    def narrowed(self, *, contract) -> dict:
        """By what claims/listing.py narrows the list."""
        chosen = self.chosen
        since, until, service_type = (chosen.get(name) for name in ("since", "until", "service_type"))
        return {
            "contract": None if chosen.get("all_contracts") else contract and contract.pk,
            "status": chosen.get("status"),
            "insured": int(chosen.get("person") or 0),
            "since": since and since.togregorian(),
            "until": until and until.togregorian(),
            "service_type": service_type and service_type.pk,
            "tracking_code": compact(chosen.get("tracking_code") or ""),
        }


class ObjectionForm(PersianForm):
    text = PersianTextField(
        label="متن اعتراض",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="بنویسید با کدام بخش تصمیم موافق نیستید و چرا. کارشناس دیگری بررسی می‌کند.",
    )
