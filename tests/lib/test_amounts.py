"""Amounts are shown in groups of three and said in toman."""

import pytest

from portal.lib import money
from tests.lib.vectors import each


@each("money", "rial", "grouped", "toman_words")
def test_amounts_read_as_agreed(rial, grouped, toman_words):
    assert money.grouped(rial) == grouped
    assert money.toman_words(rial) == toman_words


@pytest.mark.parametrize(
    ("rial", "words"),
    [
        (10_000, "یک هزار تومان"),
        (1_000_000, "صد هزار تومان"),
        (1_000_000_000_000, "صد میلیارد تومان"),
        (-15, "منفی یک تومان و پنج ریال"),
    ],
)
def test_words_of_further_amounts(rial, words):
    assert money.toman_words(rial) == words


def test_a_negative_amount_keeps_its_sign():
    assert money.grouped(-1_510_000) == "-۱٬۵۱۰٬۰۰۰"
