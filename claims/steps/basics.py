"""«اطلاعات اولیه»."""

from functools import cached_property

from claims import deadlines, rounds
from claims.forms.basics import BasicsForm, contract_text
from claims.steps.step import Row, Step
from portal.lib import dates


class BasicsStep(Step):
    name = "basics"
    title = "اطلاعات اولیه"
    form_class = BasicsForm
    template_name = "claims/steps/basics.html"
    columns = rounds.BASICS

    @cached_property
    def is_new(self) -> bool:
        return self.claim.pk is None

    @property
    def has_begun(self):
        return not self.is_new

    def stored(self):
        return {
            "service_date": self.claim.service_date,
            "contract": str(self.claim.contract_id or ""),
            "insured": str(self.claim.insured_id or ""),
        }

    @property
    def is_late(self) -> bool:
        return deadlines.is_past(self.claim.contract, self.claim.service_date)

    @property
    def deadline(self):
        if not self.claim.service_date:
            return None
        return deadlines.deadline_of(self.claim.contract, self.claim.service_date)

    def summary(self):
        claim = self.claim
        return [
            Row("تاریخ مراجعه", dates.long(claim.service_date), columns=("service_date",)),
            Row("بیمه‌نامه", contract_text(claim.contract), columns=("contract_id",)),
            Row("بیمه‌شده", claim.insured.full_name, columns=("insured_id",)),
        ]

    def brief(self):
        return [dates.long(self.claim.service_date), self.claim.insured.full_name]
