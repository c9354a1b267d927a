"""Where a provider reports delivery: each has an address of its own, made from one secret."""

import hashlib
import hmac

from django.conf import settings
from django.urls import reverse


def key_of(provider: str) -> str:
    """What stands in the address of this provider, and opens no other; empty while no secret is set."""
    secret = settings.SMS_REPORT_SECRET
    return hmac.new(secret.encode(), provider.encode(), hashlib.sha256).hexdigest() if secret else ""


def address_of(provider: str) -> str:
    """The whole address, to be entered in the provider's panel; empty while no secret is set."""
    key = key_of(provider)
    path = reverse("notifications:report", args=[provider, key]) if key else ""
    return f"https://{settings.PUBLIC_HOST}{path}" if path else ""
