"""Who may ask for what: one line for every address of the portal.

A new address has no line here, and the tests of access and of headers fail until it gets one.
"""

import re
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

READ = frozenset({"GET", "HEAD"})
ACT = frozenset({"POST"})
# Who may read a page may ask for its head alone.
FORM = READ | ACT
# Providers report by either; each reading of theirs may change something.
REPORT = frozenset({"GET", "POST"})
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# For everybody; members who are signed in, staff are shown to their own door; the household; pictures.
OPEN, MEMBER, HOUSEHOLD, PICTURE = "open", "member", "household", "picture"


@dataclass(frozen=True)
class Line:
    kind: str
    methods: frozenset
    # What stands in the address.
    arguments: tuple = ()


LINES = {
    "home": Line(OPEN, READ),
    "live": Line(OPEN, READ),
    "ready": Line(OPEN, READ),
    "metrics": Line(OPEN, READ),
    "components": Line(OPEN, READ),
    "members:login": Line(OPEN, FORM),
    "members:login_code": Line(OPEN, FORM),
    "members:logout": Line(OPEN, ACT),
    "members:captcha_refresh": Line(OPEN, READ),
    "members:captcha_image": Line(OPEN, READ, ("0" * 40,)),
    "members:captcha_audio": Line(OPEN, READ, ("0" * 40,)),
    "members:password_forgot": Line(OPEN, FORM),
    "members:password_new": Line(OPEN, FORM),
    "members:session_keep": Line(OPEN, ACT),
    "members:activate": Line(OPEN, FORM),
    "members:activate_code": Line(OPEN, FORM),
    "members:activate_account": Line(OPEN, FORM),
    "members:activate_mobile": Line(OPEN, FORM),
    "members:activate_report": Line(OPEN, FORM),
    "members:activate_reported": Line(OPEN, READ),
    "members:contract": Line(MEMBER, FORM),
    "members:account": Line(MEMBER, READ),
    "members:account_contact": Line(MEMBER, FORM),
    "members:account_mobile": Line(MEMBER, FORM),
    "members:account_mobile_code": Line(MEMBER, FORM),
    "members:account_password": Line(MEMBER, FORM),
    "members:account_iban": Line(MEMBER, FORM),
    "members:account_privacy": Line(MEMBER, ACT),
    "members:account_sessions_end": Line(MEMBER, ACT),
    "members:discrepancies": Line(MEMBER, READ),
    "members:discrepancy_new": Line(MEMBER, FORM),
    "members:messages": Line(MEMBER, READ),
    "catalog:centres": Line(MEMBER, READ),
    "notifications:report": Line(OPEN, REPORT, ("kavenegar", "wrong-secret")),
    "notifications:demo_phone": Line(OPEN, READ),
    "claims:list": Line(MEMBER, READ),
    "claims:new": Line(MEMBER, FORM),
    "claims:cases": Line(MEMBER, READ),
    "claims:detail": Line(HOUSEHOLD, READ),
    "claims:basics": Line(HOUSEHOLD, FORM),
    "claims:details": Line(HOUSEHOLD, FORM),
    "claims:papers": Line(HOUSEHOLD, READ),
    "claims:documents": Line(HOUSEHOLD, FORM),
    "claims:mobile": Line(HOUSEHOLD, FORM),
    "claims:review": Line(HOUSEHOLD, FORM),
    "claims:discard": Line(HOUSEHOLD, ACT),
    "claims:submitted": Line(HOUSEHOLD, READ),
    "claims:receipt": Line(HOUSEHOLD, READ),
    "claims:withdraw": Line(HOUSEHOLD, ACT),
    "claims:object": Line(HOUSEHOLD, FORM),
    "claims:iban": Line(HOUSEHOLD, FORM),
    "claims:file": Line(PICTURE, READ),
    "claims:thumbnail": Line(PICTURE, READ),
}


def names() -> set[str]:
    """Of every address outside of the admin. One without a name must stand in front of one with."""
    found = _routes(get_resolver(), "", "")
    named = {route for name, route in found if name}
    return {name or route for name, route in found if name or route not in named}


def _routes(resolver, namespace, prefix) -> list[tuple[str, str]]:
    found = []
    for one in resolver.url_patterns:
        route = f"{prefix}{one.pattern}"
        if isinstance(one, URLPattern):
            found.append((f"{namespace}{one.name}" if one.name else "", route))
        elif one.namespace != "admin":
            found += _routes(one, f"{one.namespace}:" if one.namespace else namespace, route)
    return found


def admin_addresses() -> dict[str, str]:
    """Every address of the admin by its name, with those of its models; where an object stands, its number is 1."""
    admin = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "admin")
    return _addresses(admin, "/admin/")


def _addresses(resolver, prefix: str) -> dict[str, str]:
    found = {}
    for one in resolver.url_patterns:
        path = prefix + re.sub(r"<[^>]+>", "1", str(one.pattern))
        if isinstance(one, URLPattern):
            # What catches the rest and what redirects have no name, and are expressions.
            found[one.name or path] = path.replace("^", "").replace("(?P.*)$", "nowhere/")
        else:
            found |= _addresses(one, path)
    return found
