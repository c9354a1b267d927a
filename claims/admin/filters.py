"""What the address of the queue may ask for; anything else in it is left out."""

from claims.models import Status

AMOUNTS = {
    "small": ("تا ۱۰ میلیون ریال", None, 10_000_000),
    "middle": ("۱۰ تا ۵۰ میلیون", 10_000_000, 50_000_000),
    "large": ("بیش از ۵۰ میلیون", 50_000_000, None),
}


def number_of(text, *, at_least: int = 1) -> int:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 17:
        return at_least
    return max(int(text), at_least)


def known(name: str, value: str) -> str:
    """The value of a filter as the address gives it, or nothing."""
    if name == "status":
        return value if value in Status.values and value != Status.DRAFT else ""
    if name == "amount":
        return value if value in AMOUNTS else ""
    if name == "officer" and value in ("me", "none"):
        return value
    return value if value.isascii() and value.isdigit() and len(value) <= 17 else ""


def by_amount(claims, value, officer):
    _, least, below = AMOUNTS[value]
    if least is not None:
        claims = claims.filter(paid_amount__gte=least)
    return claims.filter(paid_amount__lt=below) if below is not None else claims


def by_officer(claims, value, officer):
    if value == "none":
        return claims.filter(officer=None)
    return claims.filter(officer=officer.pk if value == "me" else int(value))


FILTERS = {
    "q": lambda claims, value, officer: claims.filter(tracking_code=value),
    "person": lambda claims, value, officer: claims.filter(insured=int(value)),
    "status": lambda claims, value, officer: claims.filter(status=value),
    "contract": lambda claims, value, officer: claims.filter(contract=int(value)),
    "province": lambda claims, value, officer: claims.filter(home_province=int(value)),
    "type": lambda claims, value, officer: claims.filter(service_type=int(value)),
    "amount": by_amount,
    "officer": by_officer,
}
