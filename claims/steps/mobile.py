"""«شمارهٔ موبایل»."""

from claims import rounds
from claims.forms.mobile import MobileForm
from claims.steps.step import Row, Step

UNCONFIRMED = "شمارهٔ موبایل هنوز تأیید نشده است؛ کد تأیید را دریافت و وارد کنید."


class MobileStep(Step):
    name = "mobile"
    title = "شمارهٔ موبایل"
    form_class = MobileForm
    template_name = "claims/steps/mobile.html"
    columns = rounds.MOBILE

    def stored(self):
        return {"mobile": self.claim.mobile or self.member.mobile}

    @property
    def has_begun(self):
        return bool(self.claim.mobile)

    @property
    def is_complete(self):
        return self.claim.mobile_confirmed_at is not None

    def problems(self):
        return [] if self.is_complete else [UNCONFIRMED]

    def summary(self):
        kind = "mobile" if self.is_complete else "mobile_unconfirmed"
        return [Row("شمارهٔ موبایل", self.claim.mobile, kind=kind, columns=("mobile",))]

    def brief(self):
        return []
