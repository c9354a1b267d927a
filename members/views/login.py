"""The door: welcome, login with its picture, sound and way round, logout."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotFound, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.models import MembershipType
from catalog.tables import catalogue
from members import browsers, captcha, codes, discreet, limits, sessions
from members.forms.login import CodeInsteadOfPictureForm, LoginByCodeForm, LoginForm, preselected_type
from members.login import Refused, account_named, enter, is_suspicious, username_of

# Who has proved with a code by SMS to be a person need not do so again for a slip of the password.
PERSON_PROVED, PROOF_LASTS = "person_proved", timedelta(minutes=10)
CODE_ASKED = "login_code"
ASK_ANEW = "این کد دیگر پذیرفته نمی‌شود؛ کد تازه بگیرید."


def welcome(request):
    """`/` for somebody who is not signed in."""
    browser = browsers.of(request)
    if browser and browser.has_logged_in:
        return redirect("members:login")
    return render(request, "members/welcome.html")


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request):
    if request.user.is_authenticated:
        return redirect(page_after(request))
    if "code" in request.GET and not is_proved(request):
        return login_by_code(request)
    browser = browsers.of(request)
    preselected = preselected_type(browser)
    form = LoginForm(
        request.POST if request.method == "POST" else None,
        initial={"membership_type": preselected} | typed_before(request),
        asks_captcha=asks_captcha(request, browser, preselected),
    )
    return try_to_enter(request, form)


@discreet.answers_evenly
def login_by_code(request):
    """With the code that this session has asked for; it is good for five tries, as the code is."""
    asked, address = request.session.get(CODE_ASKED), limits.address_of(request)
    if asked is None or (must_show_the_picture(address) and not asked["has_read_the_picture"]):
        return redirect("members:login_code")
    if not asked["tries_left"]:
        del request.session[CODE_ASKED]
        messages.info(request, ASK_ANEW)
        return redirect("members:login_code")
    form = LoginByCodeForm(
        request.POST if request.method == "POST" else None,
        initial={"membership_type": preselected_type(browsers.of(request))} | typed_before(request),
        asked_for=asked["name"],
        address=address,
        is_own=browsers.knows(request, asked["national_id"]),
    )
    if request.POST.get("captcha") and "captcha" in form.errors:
        request.session[CODE_ASKED] = asked | {"tries_left": asked["tries_left"] - 1}
    return try_to_enter(request, form)


def try_to_enter(request, form):
    if request.method == "POST" and form.is_valid():
        try:
            user = enter(
                **{name: form.cleaned_data[name] for name in ("membership_type", "national_id", "password")},
                address=limits.address_of(request),
            )
        except Refused as refusal:
            note_failure(request, form)
            form.add_error(None, str(refusal))
        else:
            return let_in(request, user, is_remembered=form.cleaned_data["is_remembered"])
    context = {
        "form": form,
        "by_code": isinstance(form, LoginByCodeForm),
        "code_url": reverse("members:login_code"),
        "next": wanted_page(request),
    }
    return render(request, "members/login.html", context)


def typed_before(request) -> dict:
    asked = request.session.get(CODE_ASKED, {})
    return {name: asked[name] for name in ("national_id", "membership_type") if name in asked}


def must_show_the_picture(address) -> bool:
    """Whether behind this address very many codes were asked for, or entered wrongly."""
    return limits.is_crowded("code-asked-address", address, than="code-asked-captcha") or limits.is_crowded(
        "code-tries-address", address, than="code-tries-captcha"
    )


def asks_captcha(request, browser, preselected) -> bool:
    if is_proved(request):
        return False
    if browser is None or not browser.is_trusted or is_suspicious(limits.address_of(request)):
        return True
    posted = request.POST.get("membership_type", "")
    kind = catalogue().get(MembershipType, posted) if posted.isdecimal() else preselected
    return kind is None or kind.captcha == MembershipType.Captcha.ALWAYS


def is_proved(request) -> bool:
    """Whether this national ID has come with a right code by SMS a short while ago."""
    proof = request.session.get(PERSON_PROVED)
    if not proof or proof["until"] < timezone.now().timestamp():
        return False
    return request.method != "POST" or request.POST.get("national_id") == proof["national_id"]


def note_failure(request, form) -> None:
    browser = browsers.of(request)
    if browser:
        limits.spend("login-browser", browser.name)
    if isinstance(form, LoginByCodeForm):
        request.session[PERSON_PROVED] = {
            "national_id": request.POST["national_id"],
            "until": (timezone.now() + PROOF_LASTS).timestamp(),
        }
    elif "captcha" not in form.fields and asks_captcha(request, browser, preselected=None):
        form.ask_captcha()


def let_in(request, user, *, is_remembered):
    page = page_after(request)
    for key in (PERSON_PROVED, CODE_ASKED):
        request.session.pop(key, None)
    sessions.begin(request, user, is_remembered=is_remembered)
    response = redirect(page)
    browsers.remember(response, request, user)
    return response


@login_not_required
@never_cache
@discreet.answers_evenly
@require_http_methods(["GET", "HEAD", "POST"])
def login_code(request):
    """«نمی‌توانم کد را بخوانم»: a code by SMS in the place of the picture."""
    address = limits.address_of(request)
    form = CodeInsteadOfPictureForm(
        request.POST or None,
        initial={"membership_type": preselected_type(browsers.of(request))},
        asks_captcha=must_show_the_picture(address),
    )
    if request.method == "POST" and form.is_valid():
        kind, national_id = form.cleaned_data["membership_type"], form.cleaned_data["national_id"]
        name = username_of(kind, national_id)
        try:
            discreet.send(
                account_named(name),
                name=name,
                purpose=codes.CAPTCHA,
                address=address,
                is_own=browsers.knows(request, national_id),
            )
        except codes.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[CODE_ASKED] = {
                "national_id": national_id,
                "membership_type": kind.pk,
                "name": name,
                "tries_left": codes.TRIES,
                "has_read_the_picture": "captcha" in form.fields,
            }
            return redirect(reverse("members:login") + "?code=sms")
    return render(request, "members/login_code.html", {"form": form})


@login_not_required
@require_POST
def logout(request):
    if request.user.is_authenticated:
        sessions.end(request)
        messages.success(request, "از پرتال خارج شدید.")
    return redirect("members:login")


@login_not_required
@never_cache
@require_safe
def captcha_image(request, key):
    return media(captcha.picture(key), "image/png")


@login_not_required
@never_cache
@require_safe
def captcha_audio(request, key):
    return media(captcha.sound(key), "audio/wav")


@login_not_required
@never_cache
@require_safe
def captcha_refresh(request):
    """For the script behind «کد امنیتی تازه»; without it the link loads the page anew."""
    key = captcha.new()
    return JsonResponse(
        {
            "key": key,
            "image": reverse("members:captcha_image", args=[key]),
            "audio": reverse("members:captcha_audio", args=[key]),
        }
    )


def media(content, content_type):
    return HttpResponse(content, content_type=content_type) if content else HttpResponseNotFound()


def wanted_page(request) -> str:
    """The page somebody was on the way to, if it is one of ours."""
    page = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours and page.startswith("/") else ""


def page_after(request) -> str:
    return wanted_page(request) or resolve_url("admin:index" if request.user.is_staff else "home")
