"""A forgotten password: a code by SMS, then a new one; the same answers for accounts that do not exist."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from members import browsers, codes, discreet, limits, passwords, sessions
from members.forms.login import WRONG_CODE, CodeRequestForm, preselected_type
from members.forms.password import ForgottenPasswordForm
from members.login import account_named, forgive, national_id_of, username_of
from members.models import User

ASKED = "password_asked"
PROOF_LASTS = timedelta(minutes=10)
CHANGED = "رمز عبور شما عوض شد. اکنون می‌توانید وارد شوید."
SENT_AGAIN = "اگر حسابی با این مشخصات باشد، کد دوباره پیامک شد."


@login_not_required
@never_cache
@discreet.answers_evenly
@require_http_methods(["GET", "HEAD", "POST"])
def forgot(request):
    form = CodeRequestForm(
        request.POST or None, initial={"membership_type": preselected_type(browsers.of(request))}
    )
    if request.method == "POST" and form.is_valid():
        name = username_of(form.cleaned_data["membership_type"], form.cleaned_data["national_id"])
        try:
            send(request, name)
        except codes.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("members:password_new")
    return render(request, "members/password_forgot.html", {"form": form})


@sensitive_post_parameters("password", "password_again", "code")
@login_not_required
@never_cache
@discreet.answers_evenly
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    asked = request.session.get(ASKED)
    if asked is None:
        return redirect("members:password_forgot")
    if "resend" in request.POST:
        return resend(request, asked["name"])
    form = ForgottenPasswordForm(
        request.POST or None, user=User(username=asked["name"]), asks_code=not is_proved(asked)
    )
    if request.method == "POST" and form.is_valid() and changed(request, form, asked):
        messages.success(request, CHANGED)
        return redirect("members:login")
    return render(request, "members/password_new.html", {"form": form, "resend_in": seconds_to_resend(asked)})


def send(request, name: str) -> None:
    discreet.send(
        account_named(name),
        name=name,
        purpose=codes.PASSWORD,
        address=limits.address_of(request),
        is_own=is_own(request, name),
    )
    request.session[ASKED] = {"name": name, "at": timezone.now().timestamp()}


def resend(request, name: str):
    try:
        send(request, name)
    except codes.Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.info(request, SENT_AGAIN)
    return redirect("members:password_new")


def changed(request, form, asked) -> bool:
    """Whether the code was right and the password is now the new one."""
    account = account_named(asked["name"])
    if "code" in form.fields and not code_is_right(request, form, account, asked["name"]):
        return False
    # The code is spent; what is still wrong with the password does not cost another.
    request.session[ASKED] = asked | {"proved_at": timezone.now().timestamp()}
    if not form.judge(form.cleaned_data["password"], account):
        form.fields.pop("code", None)
        return False
    del request.session[ASKED]
    passwords.change(account, form.cleaned_data["password"])
    sessions.end_all(account)
    forgive(account, address=limits.address_of(request))
    return True


def code_is_right(request, form, account, name) -> bool:
    try:
        is_right = discreet.verify(
            account,
            name=name,
            purpose=codes.PASSWORD,
            code=form.cleaned_data["code"],
            is_own=is_own(request, name),
        )
    except codes.Refused as refusal:
        form.add_error("code", str(refusal))
        return False
    if not is_right:
        form.add_error("code", WRONG_CODE)
    return is_right


def is_own(request, name: str) -> bool:
    return browsers.knows(request, national_id_of(name))


def is_proved(asked) -> bool:
    return asked.get("proved_at", 0) + PROOF_LASTS.total_seconds() > timezone.now().timestamp()


def seconds_to_resend(asked) -> int:
    return max(0, int(asked["at"] + codes.RESEND_AFTER.total_seconds() - timezone.now().timestamp()))
