"""«شمارهٔ موبایل»: sending the code, checking it, and doing without where the number is known."""

from datetime import timedelta

from django.utils import timezone

from claims import lifecycle
from claims.views.parked import kept
from members import codes, limits

PURPOSE = "claim"
KNOWN_FOR = timedelta(hours=24)
WRONG_CODE = "کد درست نیست یا زمانش گذشته است؛ دوباره وارد کنید یا کد تازه بگیرید."
NO_CODE_IS_LIVE = (
    "کد درست نیست یا زمانش گذشته است؛ «دریافت کد تأیید» را بزنید تا کد تازه‌ای به این شماره برود."
)
CODE_REQUIRED = "«کد تأیید» را وارد کنید."


class Confirming:
    """One request to the mobile step. Unless `is_done()`, draw `form` with `context()`."""

    def __init__(self, request, step) -> None:
        self.request = request
        self.step = step
        self.member = request.user
        self.form = step.form(request.POST or None)
        # A number that a code was sent to is still there after a reload.
        self.form.initial |= {"mobile": self.pending()} if self.pending() else {}
        self.form.initial |= kept(request)
        # Of what was posted; once its sending is refused it is no longer among the form's cleaned values.
        self.asked_for = ""

    def is_done(self) -> bool:
        """True once this claim's number is confirmed."""
        post = self.request.POST
        if not self.form.is_valid():
            return False
        number = self.asked_for = self.form.cleaned_data["mobile"]
        if self.needs_no_code(number):
            if not self.is_confirmed(number):
                self.confirm(number)
            return True
        return self.send(number) if "send" in post else self.check(number)

    def confirm(self, number) -> None:
        seen = self.form.cleaned_data["seen"]
        self.step.claim = lifecycle.confirm_mobile(self.step, number=number, seen=seen)

    def needs_no_code(self, number) -> bool:
        return self.is_confirmed(number) or self.is_known(number)

    def is_confirmed(self, number) -> bool:
        claim = self.step.claim
        return claim.mobile == number and claim.mobile_confirmed_at is not None

    def is_known(self, number) -> bool:
        """This account proved within a day that it reads this number."""
        return is_fresh(codes.confirmed_at(self.member, number))

    def pending(self) -> str:
        return self.request.session.get(f"pending-{self.step.claim.code}", "")

    def send(self, number) -> bool:
        self.request.session[f"pending-{self.step.claim.code}"] = number
        try:
            address = limits.address_of(self.request)
            codes.send(self.member, number=number, purpose=PURPOSE, address=address, is_own=True)
        except codes.Refused as refusal:
            self.form.add_error("mobile", str(refusal))
        return False

    def check(self, number) -> bool:
        code = self.form.cleaned_data["code"]
        if not code:
            if self.is_code_live(number):
                self.form.add_error("code", CODE_REQUIRED)
                return False
            return self.send(number)
        try:
            right = codes.verify(self.member, number=number, purpose=PURPOSE, code=code)
        except codes.Refused as refusal:
            self.form.add_error("code", str(refusal))
            return False
        if not right:
            # The fifth wrong try has ended the code.
            self.form.add_error("code", WRONG_CODE if self.is_code_live(number) else NO_CODE_IS_LIVE)
            return False
        self.confirm(number)
        return True

    def is_code_live(self, number) -> bool:
        return codes.state(self.member, number=number, purpose=PURPOSE).is_live

    def context(self) -> dict:
        number = self.number()
        state, proved_at = None, None
        if number:
            state, proved_at = codes.state_and_proof(self.member, number=number, purpose=PURPOSE)
        return {
            "number": number,
            "code_state": state,
            "asks_code": bool(state and state.is_live) or self.form.has_error("code"),
            "is_known": bool(number) and (self.is_confirmed(number) or is_fresh(proved_at)),
            # Of a claim that came back the number is shown; the field stands behind «تغییر شمارهٔ موبایل».
            "is_changing": "change" in self.request.GET or number != self.step.claim.mobile,
        }

    def number(self) -> str:
        if self.form.is_bound:
            return self.asked_for or getattr(self.form, "cleaned_data", {}).get("mobile") or ""
        return self.form.initial.get("mobile", "")


def is_fresh(proved_at) -> bool:
    return proved_at is not None and timezone.now() - proved_at < KNOWN_FOR
