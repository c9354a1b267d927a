"""The staff's door: password, second factor, its setting up, and backup codes for colleagues."""

from urllib.parse import urlencode

import segno
from auditlog.models import LogEntry
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as keep_device
from django_otp.plugins.otp_totp.models import TOTPDevice

from members import limits, sessions, staff
from members.login import Refused
from members.models import User
from portal.lib.forms import PersianForm

ROLE = "staff_role"


class PasswordForm(PersianForm):
    username = forms.CharField(
        label="نام کاربری",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "username", "dir": "ltr", "class": "control"}
        ),
    )
    password = forms.CharField(
        label="رمز عبور",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(
            attrs={"autocomplete": "current-password", "dir": "ltr", "class": "control"}
        ),
    )


class CodeForm(PersianForm):
    code = forms.CharField(
        label="کد",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autofocus": True,
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "dir": "ltr",
                "class": "control",
            }
        ),
    )


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def login(request):
    if staff.may_enter(request.user):
        return redirect(wanted_page(request))
    if request.method != "POST" and request.user.is_authenticated and request.user.is_staff:
        return redirect_with(request, "admin:second_factor")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = staff.enter(**form.cleaned_data, address=limits.address_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            sessions.begin(request, user, is_remembered=False)
            request.session[ROLE] = role_of(user)
            if settings.STAFF_SECOND_FACTOR:
                return redirect_with(request, "admin:second_factor")
            return redirect(wanted_page(request))
    context = page(request, title="ورود کارکنان") | {"form": form, "next": wanted_page(request)}
    return render(request, "admin/login.html", context)


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request):
    """Asks for a code of the app; sets the app up when there is none."""
    user = request.user
    if not user.is_staff:
        return redirect("admin:login")
    has_app = TOTPDevice.objects.filter(user=user, confirmed=True).exists()
    sets_up = not has_app and (user.is_verified() or not staff.has_second_factor(user))
    if user.is_verified() and not sets_up:
        return redirect(wanted_page(request))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device = (staff.enrol if sets_up else staff.verify)(user, form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            keep_device(request, device)
            # A backup code was the way in: now the new app.
            return redirect(wanted_page(request)) if has_app or sets_up else redirect(request.get_full_path())
    context = page(request, title="ورود دو مرحله‌ای") | {"form": form, "next": wanted_page(request)}
    if sets_up:
        context |= setting_up(staff.new_device(user))
    return render(request, "admin/second_factor.html", context)


second_factor.login_url = "admin:login"


def setting_up(device) -> dict:
    """What the app on the phone reads: a picture drawn here, and the same key to be typed."""
    code = segno.make(device.config_url, error="m")
    picture = code.svg_inline(scale=4, border=2, light="#fff", svgclass="qr", lineclass=None)
    key = device.config_url.partition("secret=")[2].partition("&")[0]
    return {
        # Drawn by segno out of numbers alone.
        "picture": mark_safe(picture),
        "key_groups": [key[place : place + 4] for place in range(0, len(key), 4)],
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def colleagues(request):
    """Supervisors help colleagues whose phone is lost; nobody helps themselves, and only an administrator another."""
    if not request.user.has_perm("claims.supervise_claim"):
        raise PermissionDenied
    others = User.objects.filter(is_staff=True, is_active=True).exclude(pk=request.user.pk)
    if not request.user.is_superuser:
        others = others.filter(is_superuser=False)
    context = page(request, title="همکاران و ورود دو مرحله‌ای")
    if request.method == "POST":
        context |= helped(request, get_object_or_404(others, pk=int_or_zero(request.POST.get("colleague"))))
    with_app = set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))
    context["rows"] = [
        {"user": user, "role": role_of(user), "has_app": user.pk in with_app}
        for user in others.prefetch_related("groups").order_by("staff_name", "username")
    ]
    return render(request, "admin/colleagues.html", context)


def helped(request, colleague: User) -> dict:
    is_lost = "lost" in request.POST
    if is_lost:
        staff.forget_device(colleague)
        sessions.end_all(colleague)
    LogEntry.objects.log_create(
        colleague,
        force_log=True,
        action=LogEntry.Action.UPDATE,
        actor=request.user,
        changes={"second_factor": ["", "app removed, backup codes" if is_lost else "backup codes"]},
        remote_addr=limits.address_of(request) or None,
        serialized_data=None,
    )
    return {"colleague": colleague, "codes": staff.make_backup_codes(colleague)}


@require_POST
def logout(request):
    sessions.end(request)
    messages.success(request, "از سامانه خارج شدید.")
    return redirect("admin:login")


def page(request, *, title: str) -> dict:
    return admin.site.each_context(request) | {"title": title}


def wanted_page(request) -> str:
    """The page somebody was on the way to, if it is one of the staff's."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    home = redirect("admin:index").url
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    is_door = wanted.startswith((f"{home}login", f"{home}second-factor", f"{home}logout"))
    return wanted if ours and not is_door else home


def redirect_with(request, name: str):
    response = redirect(name)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if wanted:
        response = redirect(f"{response.url}?{urlencode({'next': wanted})}")
    return response


def role_of(user) -> str:
    return "، ".join(group.name for group in user.groups.all())


def int_or_zero(text) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0
