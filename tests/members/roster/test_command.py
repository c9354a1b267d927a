"""`manage.py import_roster`: a dry run unless told, reports as files, refusals as sentences."""

import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from members.models import Enrolment, RosterImport
from members.roster.report_files import formula_safe
from tests.members.roster.sheets import DIRTY, DIRTY_EXPECTED, SAMPLE, A, B, person, table, workbook


def run(file, *options):
    out = io.StringIO()
    call_command(
        "import_roster", str(file), "--contract", "1403-001", "--today", "1403/10/01", *options, stdout=out
    )
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(people):
        path = tmp_path / "roster.xlsx"
        path.write_bytes(workbook(table(people)))
        return path

    return write


def test_a_dry_run_tells_and_writes_nothing(contract):
    told = run(SAMPLE)
    assert "پذیرفته: ۴۰" in told and "تازه: ۴۰" in told and "--commit" in told
    assert not Enrolment.objects.exists() and not RosterImport.objects.exists()


def test_a_commit_twice_is_one_import(contract):
    assert "ثبت شد." in run(SAMPLE, "--commit")
    assert "بی‌تغییر: ۴۰" in run(SAMPLE, "--commit")
    assert (Enrolment.objects.count(), RosterImport.objects.count()) == (40, 1)


def test_the_contract_and_the_day_may_be_written_in_persian_digits(contract):
    assert "پذیرفته: ۴۰" in run(SAMPLE, "--contract", "۱۴۰۳-۰۰۱", "--today", "۱۴۰۳/۱۰/۰۱")


def test_the_report_as_json_is_what_was_agreed(contract, tmp_path):
    told = run(DIRTY, "--report", str(tmp_path / "out.json"))
    report, expected = json.loads((tmp_path / "out.json").read_text()), json.loads(DIRTY_EXPECTED.read_text())
    assert report["counts"] == expected["counts"]
    names = ("excel_row", "outcome", "codes")
    assert [[row[name] for name in names] for row in report["rows"]] == [
        [row[name] for name in names] for row in expected["rows"]
    ]
    for row, wanted in zip(report["rows"], expected["rows"], strict=True):
        assert row["values"].items() >= wanted["expected"].items()
    assert "ستون «کد واحد» خوانده نشد" in told


def test_the_report_as_workbook_has_the_reason_beside_each_row(contract, file, tmp_path):
    run(file([person(A, note="=1+1"), person(B, plan="ویژه")]), "--report", str(tmp_path / "out.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sheet.sheet_view.rightToLeft
    assert rows[0][:4] == ["ردیف در فایل", "نتیجه", "علت", "چه باید کرد"]
    assert rows[2][:4] == ["3", "نگه‌داشته", "این طرح در قرارداد نیست.", "یکی از طرح‌های قرارداد را بنویسید."]
    assert rows[2][6] == B
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1"])
def test_what_could_be_run_as_a_formula_is_quoted(text):
    assert formula_safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["علی", "+989000000200", "-", "0090005910", ""])
def test_harmless_text_is_left(text):
    assert formula_safe(text) == text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["missing.xlsx", "--contract", "1403-001"], "باز نشد"),
        ([str(SAMPLE), "--contract", "nothing"], "قراردادی با شمارهٔ nothing نیست"),
        ([str(SAMPLE), "--contract", "1403-001", "--today", "yesterday"], "تاریخ را مانند"),
        ([str(SAMPLE), "--contract", "1403-001", "--report", "out.pdf"], "پسوند"),
        ([str(SAMPLE), "--contract", "1403-001", "--commit", "--by", "nobody"], "کارمندی با نام کاربری"),
        ([__file__, "--contract", "1403-001"], "سرستون"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(contract, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("import_roster", *arguments)


def test_many_leavers_need_a_second_person_on_the_command_line_too(contract, file, officer, second):
    run(file([person(A), person(B)]), "--commit")
    fewer = file([person(A)])
    with pytest.raises(CommandError, match="نفر دوم"):
        run(fewer, "--commit")
    run(fewer, "--commit", "--by", officer.username, "--second", second.username)
    assert str(Enrolment.objects.get(person__national_id=B).cover_end) == "1403-09-30"
