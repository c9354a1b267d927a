"""The check digits of a whole column: the same verdicts as for each national ID alone."""

import random

from django.core.exceptions import ValidationError

from members.roster.check_digits import is_right, right_ones
from members.roster.identity import NationalIdRule
from portal.lib import validators
from portal.lib.text import persian_digits


def accepted(national_id: str) -> bool:
    try:
        return validators.national_id(national_id) == national_id
    except ValidationError:
        return False


def some_ids(count: int) -> list[str]:
    dice = random.Random(1404)
    return [f"{dice.randrange(10**10):010}" for _ in range(count)]


def test_of_a_whole_column_those_are_right_that_are_right_alone():
    repeated = [digit * 10 for digit in "0123456789"]
    ids = [*some_ids(3_000), *repeated]
    right = [national_id for national_id in ids if accepted(national_id)]
    assert len(right) > 200
    assert list(right_ones(ids, ids)) == right
    assert [national_id for national_id in ids if is_right(national_id)] == right


def test_a_column_without_ids_has_no_right_ones():
    assert right_ones([], []) == {}


def test_a_column_is_read_as_its_cells_would_be_one_by_one():
    latin = some_ids(60) + [one for one in some_ids(900) if accepted(one)]
    cells = [
        *latin,
        *map(persian_digits, latin),
        latin[-1] + " ",
        12.0,
        "",
        "۱۱۱۱۱۱۱۱۱۱",
        "٠٠٩٠٠٠٥٩١٠",
        *latin[:3],
    ]
    rule = NationalIdRule()
    values = rule.column(cells)
    for cell, value in zip(cells, values, strict=True):
        alone = NationalIdRule()
        assert (alone[cell], set(alone.marks.get(cell, ()))) == (value, set(rule.marks.get(cell, ())))
