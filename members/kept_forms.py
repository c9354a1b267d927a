"""A form posted after the session had ended: kept a quarter of an hour, and it stands again after the login.

Bound to the browser and to the national ID that had logged in there. Files, passwords and codes are never kept.
"""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.http import QueryDict
from django.utils import timezone

from members import browsers, limits
from members.models import KeptForm
from notifications import sealed

LIFE = timedelta(minutes=15)
LARGEST = 64 * 1024
SESSION_KEY = "kept_form"
_NEVER_KEPT = re.compile(
    r"csrfmiddlewaretoken|unsent|.*password.*|.*captcha.*|(?:\w+_)?otp|(?:old_|new_|one_time_)?code"
)


def keep(request) -> bool:
    """Whether what was posted is kept: only for a browser with which somebody has logged in."""
    browser = browsers.of(request)
    values = _worth_keeping(request.POST)
    path = urlsplit(page_of(request)).path
    if not (browser and browser.has_logged_in and values and len(path) <= 200):
        return False
    KeptForm.objects.update_or_create(
        browser_key=_browser_key(browser),
        defaults={
            "national_id_key": browser.owner,
            "path": path,
            "fields": values,
            "kept_at": timezone.now(),
        },
    )
    return True


def reclaim(request, user) -> None:
    """At the login: what this browser kept for this person is theirs for the session."""
    browser = browsers.of(request)
    # Staff come in by a door of their own, in a browser that a member may have used before.
    if browser is None or not user.is_member:
        return
    row = KeptForm.objects.filter(
        browser_key=_browser_key(browser),
        national_id_key=browsers.owner_key(user.person.national_id),
        kept_at__gt=timezone.now() - LIFE,
    ).first()
    if row:
        request.session[SESSION_KEY] = {"pk": row.pk, "path": row.path}


def stand_again(request) -> str:
    """Of who is signed in and posts a page that is out of date: where the form stands again, or nothing."""
    if not (request.user.is_authenticated and request.user.is_member and keep(request)):
        return ""
    reclaim(request, request.user)
    return page_of(request)


def kept_values(request) -> QueryDict | None:
    """What stands again in the form of this page, or None; for a GET, as what was typed and not yet judged."""
    told = request.session.get(SESSION_KEY)
    if not told or told["path"] != request.path:
        return None
    row = KeptForm.objects.filter(pk=told["pk"], kept_at__gt=timezone.now() - LIFE).first()
    if row is None:
        return None
    _, lists = sealed.unseal(bytes(row.fields).decode())
    values = QueryDict(mutable=True)
    for name, typed in lists.items():
        values.setlist(name, typed)
    return values


def is_sent(request) -> bool:
    """Whether the person has pressed the button: at the end of the session the page posts what is half written."""
    return request.method == "POST" and "unsent" not in request.POST


def standing(request, known: dict | None = None) -> dict:
    """What stands in a form before it is posted: what was kept of it, else what is `known`."""
    kept = kept_values(request)
    return kept.dict() if kept else known or {}


def let_go(request) -> None:
    """The form has been posted again: what was kept of it would only overwrite newer values."""
    told = request.session.get(SESSION_KEY)
    if told and request.method == "POST" and told["path"] == request.path:
        KeptForm.objects.filter(pk=told["pk"]).delete()
        del request.session[SESSION_KEY]


def sweep() -> int:
    return KeptForm.objects.filter(kept_at__lte=timezone.now() - LIFE).delete()[0]


def _worth_keeping(posted: QueryDict) -> bytes:
    lists = {name: typed for name, typed in posted.lists() if not _NEVER_KEPT.fullmatch(name)}
    if not any(value for typed in lists.values() for value in typed):
        return b""
    if sum(len(value) for typed in lists.values() for value in typed) > LARGEST:
        return b""
    return sealed.seal(text="", values=lists).encode()


def page_of(request) -> str:
    """Where the form stood: not every address that takes a form also shows it."""
    if request.resolver_match.view_name == "members:contract":
        # The picker stands at the top of every page, and is no part of that page's form.
        return request.path
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host() and came_from.path.startswith("/"):
        return came_from._replace(scheme="", netloc="", fragment="").geturl()
    return request.get_full_path()


def _browser_key(browser) -> str:
    return limits.keyed("kept-form", browser.name)
