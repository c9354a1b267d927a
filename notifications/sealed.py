"""Texts that must not be readable in the database: encrypted while they wait, blank afterwards."""

import json

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(*, text: str, values: dict) -> str:
    content = json.dumps({"text": text, "values": values}, ensure_ascii=False)
    return _keys().encrypt(content.encode()).decode()


def unseal(token: str) -> tuple[str, dict]:
    content = json.loads(_keys().decrypt(token.encode()))
    return content["text"], content["values"]


def _keys() -> MultiFernet:
    # The first key encrypts, all decrypt: a new key goes to the front, the old one leaves a day later.
    return MultiFernet([Fernet(key) for key in settings.MESSAGE_ENCRYPTION_KEYS])
