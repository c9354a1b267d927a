"""What a browser is known by: a signed cookie of long life with a random name, never with anything personal."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare

from members import limits

SALT = "members.browsers"
LIFE_SECONDS = 400 * 24 * 3600


@dataclass(frozen=True)
class Browser:
    """`owner` is the keyed hash of the national ID that logged in here last, `type_id` its type of membership."""

    name: str
    owner: str = ""
    type_id: int | None = None

    @property
    def has_logged_in(self) -> bool:
        return bool(self.owner)

    @property
    def is_trusted(self) -> bool:
        """Logged in here before, and no failure since. The failure is kept by us: an old cookie brings nothing back."""
        return self.has_logged_in and not limits.count("login-browser", self.name)


def of(request) -> Browser | None:
    """The browser as its cookie tells; None for one that was never here, or whose cookie is not ours."""
    try:
        told = signing.loads(request.COOKIES.get(_cookie_name(), ""), salt=SALT, max_age=LIFE_SECONDS)
        return Browser(name=told["name"], owner=told["owner"], type_id=told["type"])
    except (signing.BadSignature, KeyError, TypeError):
        return None


def knows(request, national_id: str) -> bool:
    """Whether just this person was the last to log in here."""
    browser = of(request)
    return browser is not None and constant_time_compare(browser.owner, owner_key(national_id))


def remember(response, request, user) -> None:
    """After a login: this browser belongs to somebody, and its failures are forgiven."""
    known = of(request)
    browser = Browser(
        name=known.name if known else secrets.token_urlsafe(24),
        owner=owner_key(user.person.national_id),
        type_id=user.membership_type_id,
    )
    limits.forget("login-browser", browser.name)
    told = {"name": browser.name, "owner": browser.owner, "type": browser.type_id}
    response.set_cookie(
        _cookie_name(),
        signing.dumps(told, salt=SALT),
        max_age=LIFE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def owner_key(national_id: str) -> str:
    return limits.keyed("browser-owner", national_id)


def _cookie_name() -> str:
    return "__Host-browser" if settings.SESSION_COOKIE_SECURE else "browser"
