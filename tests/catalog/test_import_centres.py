"""The operator's own list of centres: looked through first, then brought in; as often as one likes."""

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from catalog.models import MedicalCentre
from catalog.search import find

HEADINGS = "source_id,name,centre_type,ownership,province_code,city,address"
ROWS = [
    "a-1,بيمارستان كوثر,hospital,public,IR-07,شیراز,بلوار نمونه",
    "a-2,داروخانه پگاه,داروخانه,,فارس,مرودشت,",
]


@pytest.fixture
def list_of(tmp_path, shipped):
    def written(*rows, headings=HEADINGS, encoding="utf-8"):
        path = tmp_path / "centres.csv"
        path.write_text("\n".join([headings, *rows]) + "\n", encoding=encoding)
        return path

    return written


@pytest.fixture
def brought(capsys):
    def run(path, *words):
        call_command("import_centres", str(path), *words)
        return capsys.readouterr().out

    return run


def own():
    return MedicalCentre.objects.filter(source_id__startswith="a-")


def test_a_dry_run_counts_and_writes_nothing(list_of, brought):
    assert "2 new, 0 changed, 0 same, 0 refused (dry run" in brought(list_of(*ROWS))
    assert not own().exists()


def test_with_commit_the_centres_are_there_and_can_be_found(list_of, brought):
    assert "2 new" in brought(list_of(*ROWS), "--commit")
    kosar = MedicalCentre.objects.get(source_id="a-1")
    assert (kosar.name, kosar.centre_type.title, kosar.province.name) == (
        "بیمارستان کوثر",
        "بیمارستان",
        "فارس",
    )
    assert (kosar.ownership, kosar.address) == ("public", "بلوار نمونه")
    assert find("پگاه مرودشت") == [MedicalCentre.objects.get(source_id="a-2")]
    assert find("پگاع مرودشت") == [MedicalCentre.objects.get(source_id="a-2")]


def test_a_second_time_nothing_changes(list_of, brought):
    brought(list_of(*ROWS), "--commit")
    assert "0 new, 0 changed, 2 same, 0 refused" in brought(list_of(*ROWS), "--commit")


def test_a_changed_row_is_updated_and_keeps_its_key_and_switch(list_of, brought):
    brought(list_of(*ROWS), "--commit")
    before = MedicalCentre.objects.get(source_id="a-2")
    own().update(is_active=False)
    report = brought(list_of(ROWS[0], ROWS[1].replace("پگاه", "سپیده")), "--commit")
    assert "0 new, 1 changed, 1 same" in report
    after = MedicalCentre.objects.get(source_id="a-2")
    assert (after.pk, after.name, after.is_active) == (before.pk, "داروخانه سپیده", False)
    assert "سپیده" in after.search_key


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a-3,,hospital,,IR-07,شیراز,", "نام مرکز را بنویسید"),
        ("a-3,بیمارستان نو,castle,,IR-07,شیراز,", "نوع مرکز"),
        ("a-3,بیمارستان نو,hospital,,اندلس,شیراز,", "استان را"),
        (f"a-3,بیمارستان نو,hospital,,IR-07,{'ش' * 61},", "نام شهر را کوتاه‌تر"),
        (f"{'a' * 41},بیمارستان نو,hospital,,IR-07,شیراز,", "شناسه را کوتاه‌تر"),
        ("a-1,بیمارستان نو,hospital,,IR-07,شیراز,", "سطر دیگری از همین فایل"),
        (f"a-3,{'ن' * 201},hospital,,IR-07,شیراز,", "حداکثر ۲۰۰ حرف"),
    ],
)
def test_a_row_that_says_too_little_is_refused_with_its_number(list_of, brought, row, reason):
    report = brought(list_of(*ROWS, row), "--commit")
    assert f"row 4: {reason}" in report or ("row 4: " in report and reason in report)
    assert "2 new, 0 changed, 0 same, 1 refused" in report


def test_persian_headings_and_names_are_understood(list_of, brought):
    path = list_of("بیمارستان کوثر,بیمارستان,استان فارس,شیراز", headings="نام مرکز,نوع مرکز,استان,شهر")
    assert "1 new" in brought(path, "--commit")
    # Without identifiers the same centre is known by what it is.
    assert "0 new, 0 changed, 1 same" in brought(path, "--commit")


def test_a_workbook_is_read_as_well(tmp_path, shipped, brought):
    book = Workbook()
    book.active.append(HEADINGS.split(","))
    book.active.append([1001, "بیمارستان کوثر", "hospital", None, "IR-07", "شیراز", None])
    book.save(tmp_path / "centres.xlsx")
    assert "1 new" in brought(tmp_path / "centres.xlsx", "--commit")
    assert MedicalCentre.objects.get(source_id="1001").city == "شیراز"


def test_a_file_in_another_encoding_is_told(list_of, brought):
    with pytest.raises(CommandError, match="UTF-8"):
        brought(list_of(*ROWS, encoding="utf-16"))


def test_a_broken_workbook_is_told(tmp_path, shipped, brought):
    path = tmp_path / "centres.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(CommandError, match="اکسل"):
        brought(path)


def test_a_missing_file_is_told(tmp_path, db, brought):
    with pytest.raises(CommandError, match="not a file"):
        brought(tmp_path / "nowhere.csv")
