"""«اطلاعات اولیه»: which day, which contract, who."""

from django import forms
from django.core.exceptions import ValidationError

from catalog.models import Contract
from claims import deadlines
from claims.forms.base import PickField, StepForm
from portal.lib import dates
from portal.lib.fields import JalaliDateField

DATE_FUTURE = "تاریخ مراجعه نمی‌تواند در آینده باشد؛ تاریخ روی قبض (فاکتور) را وارد کنید."
DATE_OUTSIDE_CONTRACT = "تاریخ مراجعه باید در بازهٔ قرارداد باشد: از {start} تا {end}. {remedy}"
CHECK_THE_DATE = "تاریخ را بررسی کنید یا بیمه‌نامهٔ دیگری برگزینید."
CHOOSE_OTHER = "این تاریخ در بیمه‌نامهٔ «{title}» است؛ آن را برگزینید."
DATE_OUTSIDE_COVER = "پوشش {name} در این قرارداد از {start} تا {end} است و این تاریخ در آن نیست."
NOT_IN_CONTRACT = "{name} در این بیمه‌نامه نیست؛ بیمه‌شده یا بیمه‌نامهٔ دیگری برگزینید."
NO_ECLAIMS = "ارسال الکترونیک اسناد برای این قرارداد فعال نیست."
TOO_LATE = (
    "مهلت ارسال مدارک این خدمت در {deadline} به پایان رسیده است و این قرارداد ارسال دیرهنگام را نمی‌پذیرد."
)
LATE = "مهلت ارسال مدارک این خدمت در {deadline} به پایان رسیده است؛ می‌توانید بفرستید، ولی شاید پذیرفته نشود."


class BasicsForm(StepForm):
    service_date = JalaliDateField(
        label="تاریخ مراجعه",
        help_text="تاریخی که روی قبض (فاکتور) است، مانند ۱۴۰۳/۰۸/۲۲",
        # Nobody was treated tomorrow: the calendar offers no such day.
        widget=forms.TextInput(attrs={"data-jdp-max-date": "today"}),
    )
    contract = PickField(label="بیمه‌نامه")
    insured = PickField(label="بیمه‌شده", help_text="برای انتخاب بیمه‌شده، ابتدا بیمه‌نامه را انتخاب کنید.")

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        enrolments = self.step.enrolments
        self.contracts = {
            str(one.contract_id): one.contract for one in enrolments if self.is_open(one.contract)
        }
        self.people = {str(one.person_id): one.person for one in enrolments}
        self.covers = {(str(one.contract_id), str(one.person_id)): one for one in enrolments}
        self.fields["contract"].offer(self.contracts, contract_text)
        self.fields["insured"].offer(self.people, lambda person: person.full_name)

    def is_open(self, contract: Contract) -> bool:
        return contract.e_claims or (self.claim.pk is not None and contract.pk == self.claim.contract_id)

    def full_clean(self):
        self.choose_contract_by_date()
        super().full_clean()

    def choose_contract_by_date(self):
        """Where only one contract holds that day, nobody has to know which."""
        if not self.is_bound or self.data.get("contract"):
            return
        try:
            day = dates.parse_jalali(str(self.data.get("service_date", "")))
        except ValueError:
            return
        if only := self.only_contract_of(day):
            self.data = {name: self.data.get(name) for name in self.data} | {"contract": only}

    def only_contract_of(self, day) -> str:
        fitting = [pk for pk, one in self.contracts.items() if one.start_date <= day <= one.end_date]
        return fitting[0] if len(fitting) == 1 else ""

    @property
    def periods(self) -> dict[str, tuple[str, str]]:
        """{contract: (first day, last day)}, of several: the script lets the contract follow the date."""
        if len(self.contracts) < 2:
            return {}
        return {
            pk: (one.start_date.strftime("%Y/%m/%d"), one.end_date.strftime("%Y/%m/%d"))
            for pk, one in self.contracts.items()
        }

    @property
    def dependants_by_contract(self) -> dict[str, list[str]]:
        """{contract: [people]}: the script shows only the people of the chosen contract."""
        people = {}
        for contract, person in self.covers:
            people.setdefault(contract, []).append(person)
        return people

    def clean_service_date(self):
        day = self.cleaned_data["service_date"]
        if day > dates.today():
            raise ValidationError(DATE_FUTURE, code="future")
        return day

    def clean(self):
        cleaned = super().clean()
        day, contract, person = (cleaned.get(name) for name in ("service_date", "contract", "insured"))
        if contract and person:
            self.judge_person(contract, person)
        if day and contract:
            moved = self.must_judge("service_date", day.togregorian().isoformat()) or self.must_judge(
                "contract_id", int(contract)
            )
            if moved:
                self.judge_contract(day, self.contracts[contract])
            if moved or self.must_judge("insured_id", int(person or 0)):
                self.judge_cover(day, self.covers.get((contract, person)))
        return cleaned

    def judge_cover(self, day, cover):
        if cover and not self.has_error("service_date") and not cover.covers(day):
            self.add_error("service_date", outside_cover(cover))

    def judge_person(self, contract, person):
        if (contract, person) not in self.covers:
            self.add_error("insured", NOT_IN_CONTRACT.format(name=self.people[person].full_name))

    def judge_contract(self, day, contract):
        if not contract.e_claims:
            self.add_error("contract", NO_ECLAIMS)
        elif not contract.start_date <= day <= contract.end_date:
            start, end = dates.long(contract.start_date), dates.long(contract.end_date)
            other = self.only_contract_of(day)
            remedy = CHOOSE_OTHER.format(title=self.contracts[other]) if other else CHECK_THE_DATE
            self.add_error("service_date", DATE_OUTSIDE_CONTRACT.format(start=start, end=end, remedy=remedy))
        elif contract.late_is_refused and deadlines.is_past(contract, day):
            deadline = dates.long(deadlines.deadline_of(contract, day))
            self.add_error("service_date", TOO_LATE.format(deadline=deadline))

    def warnings(self):
        day, contract = (
            self.cleaned_data.get("service_date"),
            self.contracts.get(self.cleaned_data.get("contract")),
        )
        if day and contract and deadlines.is_past(contract, day):
            return [LATE.format(deadline=dates.long(deadlines.deadline_of(contract, day)))]
        return []

    def apply_to(self, claim):
        super().apply_to(claim)
        claim.contract = self.contracts[self.cleaned_data["contract"]]
        claim.insured = self.people[self.cleaned_data["insured"]]

    def columns(self):
        return {
            "service_date": self.cleaned_data["service_date"],
            "contract_id": int(self.cleaned_data["contract"]),
            "insured_id": int(self.cleaned_data["insured"]),
        }


def contract_text(contract: Contract) -> str:
    """Name and period, so that two years of one employer are told apart."""
    return f"{contract}، از {dates.long(contract.start_date)} تا {dates.long(contract.end_date)}"


def outside_cover(cover) -> str:
    return DATE_OUTSIDE_COVER.format(
        name=cover.person.full_name, start=dates.long(cover.cover_start), end=dates.long(cover.cover_end)
    )
