"""Tracking codes: ten digits, not sequential, unique by construction, and a slip of the pen is noticed."""

import random

import pytest

from claims.tracking import COUNT, check_digit, is_tracking_code, new_tracking_code, scattered


@pytest.mark.django_db
def test_codes_have_ten_digits_and_do_not_follow_each_other():
    codes = [new_tracking_code() for _ in range(50)]

    assert all(is_tracking_code(code) and code[0] != "0" for code in codes)
    assert len(set(codes)) == 50
    steps = {int(after[:9]) - int(before[:9]) for before, after in zip(codes, codes[1:], strict=False)}
    assert len(steps) == 49


def test_the_permutation_is_one_to_one():
    numbers = random.Random(7).sample(range(COUNT), 20_000)

    images = {scattered(number) for number in numbers}

    assert len(images) == len(numbers)
    assert all(0 <= image < COUNT for image in images)


def test_every_single_wrong_digit_and_every_swap_of_neighbours_is_noticed():
    digits = "407192835"
    code = digits + check_digit(digits)
    for place in range(10):
        for other in "0123456789":
            if other != code[place]:
                assert not is_tracking_code(code[:place] + other + code[place + 1 :])
    for place in range(9):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert swapped == code or not is_tracking_code(swapped)
