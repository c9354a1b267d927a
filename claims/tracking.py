"""Tracking codes: ten digits people read aloud, not sequential, unique without a second try.

Nine digits come from a keyed permutation of a database sequence (so two never meet), the tenth
catches every single wrong digit and every swap of neighbours (Damm, 2004).
"""

import hashlib
import hmac

from django.conf import settings
from django.db import connection

# 9 digits without a leading zero: at 20 million claims a year enough for 45 years.
FIRST, COUNT = 100_000_000, 900_000_000
HALF_BITS = 15
HALF_MASK = (1 << HALF_BITS) - 1
ROUNDS = 6

# A totally anti-symmetric quasigroup of order ten.
DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def new_tracking_code() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('claims_tracking_number')")
        return tracking_code_of(cursor.fetchone()[0])


def tracking_code_of(number: int) -> str:
    digits = str(FIRST + scattered(number % COUNT))
    return digits + check_digit(digits)


def is_tracking_code(text: str) -> bool:
    return len(text) == 10 and text.isascii() and text.isdigit() and check_digit(text) == "0"


def check_digit(digits: str) -> str:
    interim = "0"
    for digit in digits:
        interim = DAMM[int(interim)][int(digit)]
    return interim


def scattered(number: int) -> int:
    """A one-to-one image of 0 … COUNT - 1 in itself: a Feistel network, walked until it falls inside."""
    key = settings.TRACKING_KEY.encode()
    while True:
        left, right = number >> HALF_BITS, number & HALF_MASK
        for turn in range(ROUNDS):
            mixed = hmac.digest(key, b"%d:%d" % (turn, right), hashlib.sha256)
            left, right = right, left ^ (int.from_bytes(mixed[:2], "big") & HALF_MASK)
        number = (left << HALF_BITS) | right
        if number < COUNT:
            return number
