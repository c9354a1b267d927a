"""The last line of defence: no national ID, mobile or code in a line of a log, whoever wrote it."""

import logging

import pytest

from portal.logs import WithoutPersonalNumbers


def written(message, *values) -> str:
    record = logging.LogRecord("any", logging.INFO, __file__, 1, message, values, None)
    assert WithoutPersonalNumbers().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("number", ["0990004325", "09120000101", "+989120000101", "482913", "4071928356"])
def test_a_number_of_a_person_is_masked_in_text_and_in_values(number):
    assert number not in written(f"sent to {number}.")
    assert number not in written("sent to %s", number)


@pytest.mark.parametrize("line", ["took 125 ms", "status 200", "part 3 of 20", "claims_claim 41"])
def test_what_an_operator_needs_stays(line):
    assert written(line) == line
