"""«حساب من»: what the member sees and changes of their own account."""

import time

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from members import account, codes, limits, passwords, sessions
from members.forms.account import (
    ChangeIbanForm,
    ChangeMobileForm,
    ChangePasswordForm,
    ContactForm,
    PrivacyForm,
    TwoCodesForm,
)
from members.forms.login import WRONG_CODE
from members.views import member_required

CHANGE, CHANGE_SECONDS = "mobile_change", 15 * 60
PASSWORD_CHANGED = "رمز عبور شما عوض شد و نشست‌های دیگر بسته شدند."
MOBILE_CHANGED = "شمارهٔ موبایل شما عوض شد؛ به هر دو شماره خبر دادیم."
IBAN_CHANGED = "شمارهٔ شبای شما ثبت شد."
SAVED = "تغییرات ذخیره شد."
ALL_ENDED = "از همهٔ دستگاه‌ها خارج شدید."
CODES_SENT = "کدهای تأیید دوباره پیامک شد."


def page(*methods):
    def decorated(view):
        for decorator in (member_required, require_http_methods(methods), never_cache):
            view = decorator(view)
        return sensitive_post_parameters()(view)

    return decorated


@page("GET", "HEAD")
def overview(request):
    user = request.user
    shown = {
        "enrolment": account.own_enrolment(user, request.contract),
        "sessions": sessions.open_of(user),
        "session_key": request.session.session_key,
    }
    if account.may_keep_claims_private(user):
        known = {"is_private": user.keeps_claims_private}
        shown["privacy_form"] = PrivacyForm(initial=sessions.standing(request, known))
    return render(request, "members/account/overview.html", shown)


@page("GET", "HEAD", "POST")
def contact(request):
    names = ("email", "phone", "fax", "address")
    known = {name: getattr(request.user, name) for name in names}
    form = ContactForm(request.POST or None, initial=sessions.standing(request, known))
    if sessions.is_sent(request) and form.is_valid():
        account.change_contact(request.user, contact=form.cleaned_data)
        return done(request, SAVED)
    return render(request, "members/account/contact.html", {"form": form})


@page("GET", "HEAD", "POST")
def password(request):
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        passwords.change(request.user, form.cleaned_data["password"])
        sessions.renew(request, request.user)
        return done(request, PASSWORD_CHANGED)
    return render(request, "members/account/password.html", {"form": form})


@page("GET", "HEAD", "POST")
def iban(request):
    enrolment = account.own_enrolment(request.user, request.contract)
    if enrolment is None:
        raise Http404
    form = ChangeIbanForm(
        request.POST or None,
        initial=sessions.standing(request),
        user=request.user,
        asks_password=sessions.must_ask_password(request),
    )
    if request.method == "POST" and form.is_valid():
        account.change_iban(request.user, contract=enrolment.contract, iban=form.cleaned_data["iban"])
        return done(request, IBAN_CHANGED)
    return render(request, "members/account/iban.html", {"form": form, "enrolment": enrolment})


@page("GET", "HEAD", "POST")
def mobile(request):
    form = ChangeMobileForm(
        request.POST or None,
        initial=sessions.standing(request),
        user=request.user,
        asks_password=sessions.must_ask_password(request),
    )
    if request.method == "POST" and form.is_valid():
        asked = ["old_code", "new_code"] if request.user.mobile else ["new_code"]
        change = {"number": form.cleaned_data["mobile"], "begun": int(time.time()), "asked": asked}
        request.session[CHANGE] = change
        send_codes(request, change)
        return redirect("members:account_mobile_code")
    return render(request, "members/account/mobile.html", {"form": form})


@page("GET", "HEAD", "POST")
def mobile_code(request):
    change = request.session.get(CHANGE)
    if not change or time.time() - change["begun"] > CHANGE_SECONDS:
        return redirect("members:account_mobile")
    if "send" in request.POST:
        send_codes(request, change)
        return redirect("members:account_mobile_code")
    form = TwoCodesForm(request.POST or None, asked=change["asked"])
    if request.method == "POST" and form.is_valid() and are_confirmed(request, form, change):
        account.change_mobile(request.user, mobile=change["number"])
        del request.session[CHANGE]
        return done(request, MOBILE_CHANGED)
    state = codes.state(request.user, number=change["number"], purpose=codes.MOBILE)
    shown = {"form": form, "change": change, "state": state}
    return render(request, "members/account/mobile_code.html", shown)


@member_required
@require_POST
def privacy(request):
    form = PrivacyForm(request.POST)
    if not account.may_keep_claims_private(request.user) or not form.is_valid():
        raise Http404
    account.keep_claims_private(request.user, is_private=form.cleaned_data["is_private"])
    return done(request, SAVED)


@member_required
@require_POST
def end_sessions(request):
    sessions.end_all(request.user)
    sessions.end(request)
    messages.success(request, ALL_ENDED)
    return redirect("members:login")


def number_of(request, change, name) -> str:
    return request.user.mobile if name == "old_code" else change["number"]


def send_codes(request, change) -> None:
    """To each number that is not confirmed yet; a refusal of one says so and does not stop the other."""
    refusals = {}
    for name in change["asked"]:
        number = number_of(request, change, name)
        try:
            address = limits.address_of(request)
            codes.send(request.user, number=number, purpose=codes.MOBILE, address=address, is_own=True)
        except codes.Refused as refusal:
            refusals[str(refusal)] = number
    for sentence in refusals:
        messages.warning(request, sentence)


def are_confirmed(request, form, change) -> bool:
    """A right code is spent, so it is remembered that its number is confirmed."""
    for name in list(change["asked"]):
        number = number_of(request, change, name)
        try:
            code = form.cleaned_data[name]
            if codes.verify(request.user, number=number, purpose=codes.MOBILE, code=code):
                change["asked"].remove(name)
            else:
                form.add_error(name, WRONG_CODE)
        except codes.Refused as refusal:
            form.add_error(name, str(refusal))
    request.session.modified = True
    return not change["asked"]


def done(request, sentence):
    messages.success(request, sentence)
    return redirect("members:account")
