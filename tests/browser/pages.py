"""Every page a member can read, from the resolver: by name, address and the claim it is shown of."""

from django.urls import reverse

from tests.security.matrix import HOUSEHOLD, LINES, MEMBER, OPEN

# Not pages: pictures, sounds, answers for scripts, machines and buttons.
NO_PAGES = {
    "live", "ready", "metrics", "components", "claims:receipt", "claims:papers",
    "members:captcha_refresh", "members:captcha_image", "members:captcha_audio", "notifications:report",
    # For developers alone: it fetches itself anew.
    "notifications:demo_phone",
}  # fmt: skip
# Pages that open in the middle of a walk only; tests of their own go there.
ON_THE_WAY = {
    "members:activate_code", "members:activate_account", "members:activate_mobile", "members:activate_reported",
    "members:password_new", "members:account_mobile_code",
}  # fmt: skip
STATES = {
    "claims:detail": ("submitted", "under_review", "deficient", "approved", "rejected", "paid"),
    "claims:basics": ("draft", "deficient"),
    "claims:details": ("draft", "deficient"),
    "claims:documents": ("draft", "deficient"),
    "claims:mobile": ("draft", "deficient"),
    "claims:review": ("draft", "deficient"),
    "claims:submitted": ("submitted",),
    "claims:object": ("rejected",),
    "claims:iban": ("payment_failed",),
}
NEEDED = ("draft", "submitted", "under_review", "deficient", "approved", "rejected", "paid", "payment_failed")


def of_everybody() -> dict[str, str]:
    """Read without being signed in."""
    return {name: reverse(name) for name in _with_a_page(OPEN) if name != "home"} | {"welcome": "/"}


def of_member(claims: dict) -> dict[str, str]:
    """Read by a member who has these claims: {status: {code, …}}."""
    found = {"home": "/"} | {name: reverse(name) for name in _with_a_page(MEMBER)}
    found["centres found"] = reverse("catalog:centres") + "?q=امام"
    found["centres for a claim"] = f"{reverse('catalog:centres')}?q=امام&for={claims['draft']['code']}"
    for name in _with_a_page(HOUSEHOLD):
        for status in STATES[name]:
            found[f"{name} {status}"] = reverse(name, args=[claims[status]["code"]])
    return found


def _with_a_page(kind) -> list[str]:
    return [
        name
        for name, line in LINES.items()
        if line.kind == kind and "GET" in line.methods and name not in NO_PAGES | ON_THE_WAY
    ]
