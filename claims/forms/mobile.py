"""«شمارهٔ موبایل»: the number that is told about this claim, and the code that proves it is read."""

from claims.forms.base import StepForm
from portal.lib.fields import MobileField, OneTimeCodeField


class MobileForm(StepForm):
    mobile = MobileField(label="شمارهٔ موبایل", help_text="مانند ۰۹۱۲۳۴۵۶۷۸۹")
    # Asked only once a code is on its way.
    code = OneTimeCodeField(label="کد تأیید", help_text="شش رقم، از پیامکی که فرستادیم", required=False)

    def columns(self):
        return {"mobile": self.cleaned_data["mobile"]}
