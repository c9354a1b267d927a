"""What staff change of a person and of a cover, judged by the rules of the roster that brought them.

Only what is changed is judged: an employer's list may have left what no rule of today would take.
"""

import re

from django import forms

from members.models import Enrolment, Person
from members.models.people import Relation
from members.roster import REASONS
from members.roster.cells import Rule
from members.roster.days import BirthDateRule
from members.roster.examination import reexamined
from members.roster.identity import CertificateRule, NameRule
from members.roster.reasons import REPAIR
from members.roster.terms import primaries_of, terms_of
from portal.lib import dates
from portal.lib.fields import (
    IbanField,
    JalaliDateField,
    LandlineField,
    MobileField,
    NationalIdField,
    PersianTextField,
)
from portal.lib.forms import PersianModelForm
from portal.lib.text import latin_digits

# As Django's admin draws its own fields of text.
WIDE = {"class": "vTextField"}
HAS_DEPENDANTS = "دیگران زیر نام این فرد بیمه شده‌اند؛ نخست بیمه‌شدهٔ اصلی آن‌ها را عوض کنید."
# Of a whole file these are repaired by leaving the value out; of one value typed here the person is told.
LEFT_OUT = {
    "CERTIFICATE_INVALID",
    "PERSONNEL_CODE_INVALID",
    "IBAN_NOT_PRIMARY",
    "START_CLAMPED",
    "END_CLAMPED",
}
SAID_AS = {"START_CLAMPED": "COVERAGE_OUTSIDE_CONTRACT", "END_CLAMPED": "COVERAGE_OUTSIDE_CONTRACT"}
# The code of a roster's row, by pattern, and the fields that may have brought it.
PLACES = {
    "START_CLAMPED": ("cover_start",),
    "END_CLAMPED": ("cover_end",),
    "COVERAGE_.*": ("cover_end", "cover_start"),
    "PRIMARY_.*": ("primary_number", "relation"),
    "CHILD_OLDER_THAN_PARENT": ("relation", "primary_number"),
    "PLAN_.*": ("plan",),
    "IBAN_NOT_PRIMARY": ("iban", "relation", "primary_number"),
    "PERSONNEL_CODE_INVALID": ("personnel_code",),
}


def sentence(code: str) -> str:
    reason = REASONS[SAID_AS.get(code, code)]
    return f"{reason.sentence} {reason.remedy}".strip()


def is_refused(code: str) -> bool:
    return REASONS[code].weight != REPAIR or code in LEFT_OUT


def judged(rule: Rule, text: str):
    value = rule[text]
    for code in rule.marks.get(text, ()):
        if is_refused(code):
            raise forms.ValidationError(sentence(code), code=code)
    return value


def as_in_a_file(day) -> str:
    return latin_digits(dates.short(day)) if day else ""


class PersonForm(PersianModelForm):
    national_id = NationalIdField(label="کد ملی")
    birth_date = JalaliDateField(label="تاریخ تولد", required=False)

    class Meta:
        model = Person
        fields = ["first_name", "last_name", "father_name", "gender", "birth_certificate_number"]

    def clean_first_name(self):
        return self._by_rule("first_name", NameRule(is_required=True))

    def clean_last_name(self):
        return self._by_rule("last_name", NameRule(is_required=True))

    def clean_father_name(self):
        return self._by_rule("father_name", NameRule(is_required=False))

    def clean_birth_certificate_number(self):
        return self._by_rule("birth_certificate_number", CertificateRule())

    def clean_birth_date(self):
        day = self.cleaned_data["birth_date"]
        if day and "birth_date" in self.changed_data:
            judged(BirthDateRule(today=dates.today().togregorian()), as_in_a_file(day))
        return day

    def _by_rule(self, name: str, rule: Rule):
        value = self.cleaned_data[name]
        return judged(rule, value) if name in self.changed_data else value


class EnrolmentForm(PersianModelForm):
    primary_number = NationalIdField(
        label="کد ملی بیمه‌شدهٔ اصلی",
        help_text="از همین قرارداد؛ برای بیمه‌شدهٔ اصلی کد ملی خودش.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    cover_start = JalaliDateField(label="شروع پوشش")
    cover_end = JalaliDateField(label="پایان پوشش")
    personnel_code = PersianTextField(label="کد پرسنلی", required=False, max_length=20)
    mobile = MobileField(label="موبایل", required=False)
    phone = LandlineField(label="تلفن ثابت", required=False)
    iban = IbanField(label="شمارهٔ شبا", required=False, widget=forms.TextInput(attrs=WIDE))
    note = PersianTextField(
        label="توضیحات", required=False, max_length=300, widget=forms.TextInput(attrs=WIDE)
    )

    class Meta:
        model = Enrolment
        fields = [
            "relation", "plan", "cover_start", "cover_end", "personnel_code", "mobile", "phone", "email",
            "province", "base_insurer", "iban", "note",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        self.before = {name: getattr(row, name) for name in ("iban", "mobile", "cover_start", "cover_end")}
        self.before["primary"] = row.primary.national_id
        if "plan" in self.fields:
            self.fields["plan"].queryset = row.contract.plans
            self.fields["primary_number"].initial = self.before["primary"]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        for code in self._codes(cleaned):
            self._tell(code)
        was_primary = self.initial["relation"] == Relation.SELF
        if was_primary and "relation" in self.changed_data and self._has_dependants():
            self.add_error("relation", HAS_DEPENDANTS)
        if not self.errors:
            self.instance.primary = Person.objects.get(national_id=cleaned["primary_number"])
        return cleaned

    def _codes(self, cleaned) -> list[str]:
        row = self.instance
        findings = reexamined(
            self._texts(row.person, cleaned),
            terms=terms_of(row.contract),
            enrolled=primaries_of(row.contract, None),
        ).findings
        stands_alone = cleaned["primary_number"] == row.person.national_id
        codes = {*findings.reasons[0], *findings.repairs_of(0)} - (
            {"IBAN_NOT_PRIMARY"} if stands_alone else set()
        )
        return sorted(code for code in codes if is_refused(code))

    def _texts(self, person: Person, cleaned) -> dict[str, str]:
        """The row as an employer would have sent it."""
        return {
            "national_id": person.national_id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "birth_date": as_in_a_file(person.birth_date),
            "gender": person.gender,
            "relation": cleaned["relation"],
            "primary_national_id": cleaned["primary_number"],
            "personnel_code": cleaned["personnel_code"],
            "plan": cleaned["plan"].title if cleaned["plan"] else "",
            "coverage_start": as_in_a_file(cleaned["cover_start"]),
            "coverage_end": as_in_a_file(cleaned["cover_end"]),
            "iban": cleaned["iban"],
        }

    def _tell(self, code: str) -> None:
        for pattern, places in PLACES.items():
            if re.fullmatch(pattern, code):
                changed = [name for name in places if name in self.changed_data]
                if changed and sentence(code) not in self.errors.get(changed[0], []):
                    self.add_error(changed[0], sentence(code))
                return

    def _has_dependants(self) -> bool:
        row = self.instance
        rows = Enrolment.objects.filter(contract=row.contract, primary=row.person)
        return rows.exclude(pk=row.pk).exists()
