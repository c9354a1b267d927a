"""Which national IDs have the right check digit: a hundred thousand at once, or one."""

from itertools import compress
from operator import eq, getitem

_DIGITS = b"0123456789"
# What a digit adds to the sum of the check, modulo eleven, for each of the first nine places.
_ADDED = [
    bytes.maketrans(_DIGITS, bytes(digit * weight % 11 for digit in range(10))) for weight in range(10, 1, -1)
]
# The check digit by the sum; nine times ten is the most, so that a byte holds it.
_CHECK = bytes(_DIGITS[rest if rest < 2 else 11 - rest] for rest in (total % 11 for total in range(256)))
# They satisfy the arithmetic and are never issued.
REPEATED_DIGITS = frozenset(digit * 10 for digit in "0123456789")


def right_ones(spellings: list, ids: list[str]) -> dict[object, str]:
    """By its spelling, each right one of these IDs of ten Latin digits.

    A place of all IDs is one large number with a byte for each of them: nine additions make all sums.
    """
    digits = "".join(ids).encode()
    places = (
        int.from_bytes(digits[place::10].translate(added), "little") for place, added in enumerate(_ADDED)
    )
    checks = sum(places).to_bytes(len(ids), "little").translate(_CHECK)
    right = compress(zip(spellings, ids, strict=True), map(eq, checks, digits[9::10]))
    return {spelling: national_id for spelling, national_id in right if national_id not in REPEATED_DIGITS}


def is_right(national_id: str) -> bool:
    """Of ten Latin digits."""
    digits = national_id.encode()
    return _CHECK[sum(map(getitem, _ADDED, digits))] == digits[9] and national_id not in REPEATED_DIGITS
