"""How long somebody stays signed in, and which of their sessions are open."""

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangosLoginRequired
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from members import kept_forms
from members.kept_forms import is_sent, kept_values, standing
from members.models import AccountSession, Session, User

__all__ = [
    "begin", "end", "end_all", "ends_at", "is_sent", "kept_values", "must_ask_password", "renew", "standing", "touch",
]  # fmt: skip

BEGUN, SEEN, REMEMBERED = "begun", "seen", "remembered"
# Not each request writes its session: a minute more or less is nothing to the person.
TOUCH_SECONDS = 60
OVER = "برای حفظ اطلاعات شما نشست بسته شده بود؛ دوباره وارد شوید."
OVER_WITH_FORM = "نشست بسته شده بود؛ دوباره وارد شوید. آنچه نوشته‌اید نگه داشته شد و پس از ورود سر جایش است."


def begin(request, user: User, *, is_remembered: bool) -> None:
    """Sign the member in under a new session key."""
    auth.login(request, user)
    now = timezone.now()
    request.session[BEGUN] = request.session[SEEN] = int(now.timestamp())
    if is_remembered:
        request.session[REMEMBERED] = True
        request.session.set_expiry(int(settings.SESSION_REMEMBERED.total_seconds()))
    request.session.save()
    AccountSession.objects.create(
        user=user,
        session_key=request.session.session_key,
        browser=browser_words(request.headers.get("User-Agent", "")),
        is_remembered=is_remembered,
        started_at=now,
        last_seen_at=now,
    )
    kept_forms.reclaim(request, user)


def end(request) -> None:
    AccountSession.objects.filter(session_key=request.session.session_key).delete()
    auth.logout(request)


def end_all(user: User, *, except_key: str | None = None) -> None:
    """Close every session of the account; `except_key` is the one of the person who asks for it."""
    with transaction.atomic():
        for model in (Session, AccountSession):
            model.objects.filter(user=user).exclude(session_key=except_key or "").delete()


def renew(request, user: User) -> None:
    """After the account's password changed: this session goes on under a new key, all others end."""
    row = AccountSession.objects.filter(session_key=request.session.session_key)
    auth.update_session_auth_hash(request, user)
    request.session.save()
    row.update(session_key=request.session.session_key)
    end_all(user, except_key=request.session.session_key)


def must_ask_password(request) -> bool:
    """A remembered session may be in other hands: password, mobile and iban ask for the password again."""
    return bool(request.session.get(REMEMBERED))


def ends_at(request) -> int | None:
    """When the session of this request ends unless something is done, in seconds since 1970."""
    if not request.user.is_authenticated or BEGUN not in request.session:
        return None
    longest, idle = _limits_of(request)
    end = request.session[BEGUN] + longest
    return end if idle is None else min(end, request.session[SEEN] + idle)


def touch(request) -> None:
    """Count the idle time from now."""
    now = timezone.now()
    request.session[SEEN] = int(now.timestamp())
    request.session.setdefault(BEGUN, request.session[SEEN])
    AccountSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)


def open_of(user: User) -> QuerySet:
    """What can still be used: a session that has ended by idling stays in the table until it is swept."""
    now = timezone.now()
    idle = settings.STAFF_IDLE if user.is_staff else settings.SESSION_IDLE
    passing = Q(
        is_remembered=False,
        last_seen_at__gt=now - idle,
        started_at__gt=now - settings.SESSION_LONGEST,
    )
    remembered = Q(is_remembered=True, started_at__gt=now - settings.SESSION_REMEMBERED)
    return user.account_sessions.filter(passing | remembered)


def sweep() -> int:
    """Remove sessions that nobody can use any more, and the rows that named them."""
    now = timezone.now()
    Session.objects.filter(expire_date__lte=now).delete()
    forgotten = AccountSession.objects.filter(
        is_remembered=False, last_seen_at__lte=now - settings.SESSION_LONGEST
    ) | AccountSession.objects.filter(started_at__lte=now - settings.SESSION_REMEMBERED)
    keys = list(forgotten.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    return AccountSession.objects.filter(session_key__in=keys).delete()[0]


def browser_words(user_agent: str) -> str:
    """«کروم، اندروید»: enough to know one's own browser again."""
    browser = _first_named(user_agent, _BROWSERS) or "مرورگر"
    system = _first_named(user_agent, _SYSTEMS)
    return f"{browser}، {system}" if system else browser


class SessionLifetimeMiddleware:
    """Ends sessions that are idle or old, before any view is asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            end_or_touch(request)
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            # What a member has read must not stand in the browser of a shared computer.
            patch_cache_control(response, private=True, no_store=True)
        return response


class LoginRequiredMiddleware(DjangosLoginRequired):
    """Django's, which also keeps the form that somebody without a session has posted."""

    def handle_no_permission(self, request, view_func):
        if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
            # A script asked; the login page would look like a success to it.
            return HttpResponse(status=401)
        # What staff have posted is not the member's who logged in with this browser before.
        is_members = self.get_login_url(view_func) == settings.LOGIN_URL
        is_kept = request.method == "POST" and is_members and kept_forms.keep(request)
        if is_kept or getattr(request, "session_was_over", False):
            messages.info(request, OVER_WITH_FORM if is_kept else OVER)
        page = request.get_full_path() if request.method in ("GET", "HEAD") else kept_forms.page_of(request)
        return redirect_to_login(page, self.get_login_url(view_func), self.get_redirect_field_name(view_func))


def end_or_touch(request) -> None:
    now = int(timezone.now().timestamp())
    end_of_session = ends_at(request)
    if end_of_session is not None and now >= end_of_session:
        end(request)
        request.session_was_over = True
        return
    if now - request.session.get(SEEN, 0) >= TOUCH_SECONDS:
        touch(request)
    kept_forms.let_go(request)


def _limits_of(request) -> tuple[int, int | None]:
    """The longest life and the idle time in seconds; a remembered session has no idle time."""
    if request.session.get(REMEMBERED):
        return int(settings.SESSION_REMEMBERED.total_seconds()), None
    idle = settings.STAFF_IDLE if request.user.is_staff else settings.SESSION_IDLE
    return int(settings.SESSION_LONGEST.total_seconds()), int(idle.total_seconds())


# In this order: most browsers also carry the names of those they want to be taken for.
_BROWSERS = {
    "Edg": "اج",
    "OPR": "اپرا",
    "SamsungBrowser": "مرورگر سامسونگ",
    "Firefox": "فایرفاکس",
    "FxiOS": "فایرفاکس",
    "Chrome": "کروم",
    "CriOS": "کروم",
    "Safari": "سافاری",
}
_SYSTEMS = {
    "Android": "اندروید",
    "iPhone": "آیفون",
    "iPad": "آیپد",
    "Windows": "ویندوز",
    "Mac OS": "مک",
    "Linux": "لینوکس",
}


def _first_named(user_agent: str, names: dict[str, str]) -> str:
    return next((words for name, words in names.items() if name in user_agent), "")
