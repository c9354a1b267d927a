"""What a text becomes on its way to a phone: placeholders filled, a last line added, parts counted."""

import re

from django.conf import settings

PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Bulk lines must carry it; template sends use service lines and need none.
FOOTER = "لغو۱۱"

_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("^{}\\[~]|€\f")


def placeholders_in(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def fill(text: str, values: dict) -> str:
    """The text with its placeholders replaced; a missing value raises KeyError."""
    return PLACEHOLDER.sub(lambda match: str(values[match.group(1)]), text)


def with_code_line(text: str, code: str) -> str:
    """The last line is what phones read to fill the code in; nothing may follow it."""
    return f"{text.rstrip()}\n@{settings.PUBLIC_HOST} #{code}"


def with_footer(text: str) -> str:
    return f"{text.rstrip()}\n{FOOTER}"


def encoding(text: str) -> str:
    return "GSM-7" if all(c in _GSM_BASIC or c in _GSM_EXTENDED for c in text) else "UCS-2"


def units(text: str) -> int:
    """How many units the carrier counts: UTF-16 code units, or septets where the whole text allows it."""
    if encoding(text) == "UCS-2":
        return len(text.encode("utf-16-le")) // 2
    return len(text) + sum(c in _GSM_EXTENDED for c in text)


def parts(text: str) -> int:
    # Joined parts lose room to the header that joins them: 70 becomes 67, and 160 becomes 153.
    alone, joined = (70, 67) if encoding(text) == "UCS-2" else (160, 153)
    length = units(text)
    return 1 if length <= alone else -(-length // joined)
