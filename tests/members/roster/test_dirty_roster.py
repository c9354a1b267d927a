"""The dirty roster gives, row by row, what was agreed; the template gives forty clean people."""

import json

import pytest

from tests.members.roster.sheets import DIRTY, DIRTY_EXPECTED, SAMPLE, examine

EXPECTED = json.loads(DIRTY_EXPECTED.read_text())


@pytest.fixture(scope="module")
def report():
    return examine(DIRTY.read_bytes())


def test_every_row_of_the_dirty_roster_is_counted(report):
    assert report.counts == EXPECTED["counts"]
    assert [row.excel_row for row in report.rows()] == [row["excel_row"] for row in EXPECTED["rows"]]


@pytest.mark.parametrize("expected", EXPECTED["rows"], ids=lambda row: f"{row['excel_row']} {row['case']}")
def test_a_row_of_the_dirty_roster(report, expected):
    row = next(row for row in report.rows() if row.excel_row == expected["excel_row"])
    assert (row.outcome, row.codes) == (expected["outcome"], expected["codes"])
    assert {name: row.values[name] for name in expected["expected"]} == expected["expected"]


def test_the_unknown_column_is_ignored_with_a_notice(report):
    assert report.sheet.ignored_headings == ["کد واحد"]


def test_the_template_is_forty_clean_people():
    report = examine(SAMPLE.read_bytes())
    assert report.counts == dict.fromkeys(EXPECTED["counts"], 0) | {"import": 40}
    assert [row.codes for row in report.rows()] == [[]] * 40
