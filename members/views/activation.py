"""Activation: who are you, prove it, confirm the account; and the report for whom it does not work."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from members import activation, codes, discrepancies, failures, limits
from members.forms.activation import (
    WRONG_ANSWERS,
    AccountForm,
    AnswersForm,
    CodeForm,
    ReportForm,
    RosterForm,
    WhoAreYouForm,
)
from members.forms.login import WRONG_CODE
from members.models import Discrepancy
from members.views import progress
from portal.lib import validators

TRIES_ARE_SPENT = (
    "برای این کد ملی امروز چند بار تلاش شده است؛ {wait} دیگر دوباره امتحان کنید یا «گزارش مغایرت» بفرستید تا کارشناس "
    "بررسی کند."
)
ALREADY_ACTIVE = "این عضویت پیش‌تر فعال شده است."
CLOSED = "این حساب بسته شده است؛ برای پیگیری «گزارش مغایرت» بفرستید."
DONE = "عضویت شما با موفقیت فعال شد. اکنون می‌توانید وارد شوید."


def page(*methods):
    """A page before the login, with numbers and passwords in what is posted to it."""

    def decorated(view):
        for decorator in (require_http_methods(methods), sensitive_post_parameters(), never_cache):
            view = decorator(view)
        return login_not_required(view)

    return decorated


@page("GET", "HEAD", "POST")
def activate(request):
    form = WhoAreYouForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            limits.spend("activation-address", limits.address_of(request))
            limits.spend("activation", typed["national_id"], sentence=TRIES_ARE_SPENT)
        except limits.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            return compare(request, typed)
    return render(request, "members/activation/start.html", {"form": form})


def compare(request, typed):
    names = {name: typed[name] for name in ("national_id", "first_name", "last_name")}
    request.session[progress.TYPED] = names
    found = activation.match(membership_type=typed["membership_type"], **names)
    if found is None:
        failures.note(failures.ACTIVATION)
        request.session.pop(progress.KEY, None)
        # Told of what was typed, never of what the roster holds.
        slipped = {"is_checksum_wrong": has_wrong_check_digit(typed["national_id"])}
        return render(request, "members/activation/stopped.html", slipped)
    progress.begin(request, found, first_name=typed["first_name"])
    if found.mobile:
        send_code(request, activation.account_of(found), found.mobile, codes.ACTIVATION)
    return redirect("members:activate_code")


@page("GET", "HEAD", "POST")
@progress.after_a_match
def prove(request, found):
    if request.progress.is_proven(found):
        return redirect("members:activate_account")
    if found.mobile:
        return prove_by_code(request, found)
    if found.can_prove:
        return prove_by_answers(request, found)
    return render(request, "members/activation/no_proof.html")


def prove_by_code(request, found):
    account, number = activation.account_of(found), found.mobile
    form = CodeForm(request.POST if "code" in request.POST else None)
    if is_confirmed(request, form, account, number, codes.ACTIVATION):
        progress.prove(request, found)
        return redirect("members:activate_account")
    if request.method == "POST" and not form.is_bound:
        return redirect("members:activate_code")
    state = codes.state(account, number=number, purpose=codes.ACTIVATION)
    shown = {"form": form, "number": number, "state": state}
    return render(request, "members/activation/code.html", shown)


def prove_by_answers(request, found):
    form = AnswersForm(request.POST or None, question=found.question)
    if request.method == "POST" and form.is_valid():
        try:
            is_right = activation.prove_by_answers(found, **form.cleaned_data)
        except limits.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            if is_right:
                progress.prove(request, found)
                return redirect("members:activate_account")
            failures.note(failures.ACTIVATION)
            form.add_error(None, WRONG_ANSWERS)
    return render(request, "members/activation/answers.html", {"form": form})


@page("GET", "HEAD", "POST")
@progress.after_the_proof
def confirm_account(request, found, account):
    if account.is_active or account.activated_at:
        return to_login(request, ALREADY_ACTIVE if account.is_active else CLOSED)
    form = AccountForm(request.POST or None, user=account, initial=known_contact(found, account))
    if request.method == "POST" and form.is_valid():
        contact = form.contact()
        try:
            account = activation.prepare(account, password=form.cleaned_data["password"], contact=contact)
        except activation.AlreadyActive:
            return to_login(request, ALREADY_ACTIVE)
        progress.prepare(request, account)
        if contact["mobile"] == request.progress.proof:
            return open_account(request, account)
        send_code(request, account, contact["mobile"], codes.MOBILE)
        return redirect("members:activate_mobile")
    shown = {"form": form, "roster": RosterForm(found.person)}
    return render(request, "members/activation/account.html", shown)


@page("GET", "HEAD", "POST")
@progress.after_the_proof
def confirm_mobile(request, found, account):
    if account.is_active:
        return to_login(request, ALREADY_ACTIVE)
    if not progress.is_prepared(request, account):
        return redirect("members:activate_account")
    form = CodeForm(request.POST if "code" in request.POST else None)
    if is_confirmed(request, form, account, account.mobile, codes.MOBILE):
        return open_account(request, account)
    if request.method == "POST" and not form.is_bound:
        return redirect("members:activate_mobile")
    state = codes.state(account, number=account.mobile, purpose=codes.MOBILE)
    shown = {"form": form, "number": account.mobile, "state": state}
    return render(request, "members/activation/mobile.html", shown)


def open_account(request, account):
    try:
        activation.activate(account, first_name_as_typed=request.progress.first_name)
    except activation.AlreadyActive:
        return to_login(request, ALREADY_ACTIVE)
    except activation.FilledInAnew:
        return redirect("members:activate_account")
    limits.forget("activation", account.person.national_id)
    return to_login(request, DONE, level=messages.SUCCESS)


@page("GET", "HEAD", "POST")
def report(request):
    typed = request.session.get(progress.TYPED, {})
    about = request.GET.get("about", Discrepancy.Subject.ACTIVATION)
    address = limits.address_of(request)
    asks_captcha = not typed or limits.is_crowded("report-address", address, than="report-captcha")
    form = ReportForm(request.POST or None, initial=typed | {"subject": about}, asks_captcha=asks_captcha)
    if request.method == "POST" and form.is_valid():
        try:
            limits.spend("report-address", address)
            for name in ("national_id", "contact_number"):
                limits.spend("report", name, form.cleaned_data[name])
        except limits.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            discrepancies.report_without_account(**form.report())
            return redirect("members:activate_reported")
    return render(request, "members/activation/report.html", {"form": form})


@page("GET", "HEAD")
def reported(request):
    return render(request, "members/activation/reported.html")


def is_confirmed(request, form, account, number, purpose) -> bool:
    """Whether the posted code is right; without a code in the post, a new one is sent."""
    if request.method != "POST":
        return False
    if not form.is_bound:
        send_code(request, account, number, purpose)
        return False
    if not form.is_valid():
        return False
    try:
        is_right = codes.verify(account, number=number, purpose=purpose, code=form.cleaned_data["code"])
    except codes.Refused as refusal:
        form.add_error("code", str(refusal))
        return False
    if not is_right:
        form.add_error("code", WRONG_CODE)
    return is_right


def send_code(request, account, number, purpose) -> None:
    try:
        codes.send(account, number=number, purpose=purpose, address=limits.address_of(request))
    except codes.Refused as refusal:
        messages.warning(request, str(refusal))


def known_contact(found, account) -> dict:
    """What was filled in a moment ago; else what the roster holds of this person."""
    if account.mobile:
        return {
            name: getattr(account, name) for name in ("mobile", "email", "phone", "fax", "address", "notes")
        }
    newest = found.enrolments[0]
    return {"mobile": found.mobile, "email": newest.email, "phone": newest.phone}


def has_wrong_check_digit(national_id: str) -> bool:
    try:
        validators.national_id(national_id)
    except ValidationError:
        return True
    return False


def to_login(request, sentence, *, level=messages.INFO):
    progress.end(request)
    messages.add_message(request, level, sentence)
    return redirect("members:login")
