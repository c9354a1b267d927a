"""Files that are no roster, or are dangerous to open: each gets a sentence that says what to do."""

import io
import zipfile

import openpyxl
import pytest

from members.roster import RosterRefused, delimited, reading
from portal.lib import archives
from tests.members.roster.sheets import DIRTY, OLD, examine, person, saved, table, workbook

OLE = archives.OLE_MAGIC
SHEET = "xl/worksheets/sheet1.xml"


def repacked(content: bytes, changes: dict[str, bytes]) -> bytes:
    """The same archive with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return out.getvalue()


def with_cells(cells: str) -> bytes:
    """A good workbook with these cells after its own."""
    good = workbook(table([person()]))
    xml = zipfile.ZipFile(io.BytesIO(good)).read(SHEET).decode()
    return repacked(good, {SHEET: xml.replace("</sheetData>", f"{cells}</sheetData>").encode()})


def refusal_of(content: bytes) -> str:
    with pytest.raises(RosterRefused) as refused:
        examine(content)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", reading.EMPTY),
        (b"  \n", reading.EMPTY),
        (b"%PDF-1.7\n\x00\x01 no sheet", delimited.OTHER_KIND),
        (b"hello\nworld", reading.NO_HEADER),
        (DIRTY.read_bytes()[:5000], archives.DAMAGED),
        (DIRTY.read_bytes()[:-10], archives.DAMAGED),
        (OLE + b"\x00" * 4000, archives.DAMAGED),
        (OLE + b"\x00" * 512 + archives.utf16("EncryptedPackage") + b"\x00" * 512, archives.LOCKED),
        (OLE + b"\x00" * 512 + archives.utf16("_VBA_PROJECT_CUR") + b"\x00" * 512, archives.MACROS),
    ],
    ids=["empty", "blanks", "pdf", "prose", "half", "tail cut", "cut xls", "password", "xls macro"],
)
def test_a_file_that_cannot_be_read_is_refused(content, sentence):
    assert refusal_of(content) == sentence


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("xl/vbaProject.bin", archives.MACROS),
        ("xl/macrosheets/sheet1.xml", archives.MACROS),
        ("xl/externalLinks/externalLink1.xml", archives.LINKS),
    ],
)
def test_macros_and_links_to_other_files_are_refused(part, sentence):
    assert refusal_of(repacked(workbook(table([person()])), {part: b"<x/>"})) == sentence


def test_another_archive_is_not_taken_for_a_workbook():
    assert refusal_of(repacked(b_zip({"hello.txt": b"x"}), {})) == archives.OTHER_KIND


def b_zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_from_its_directory():
    bomb = repacked(workbook(table([person()])), {"xl/media/image1.png": b"\0" * 30_000_000})
    assert len(bomb) < 100_000
    assert refusal_of(bomb) == archives.TOO_LARGE


def test_too_much_to_unpack_is_refused_from_the_directory(monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 10_000)
    assert refusal_of(workbook(table([person()]))) == archives.TOO_LARGE


def test_a_directory_that_lies_about_sizes_is_found_out():
    honest = repacked(workbook(table([person()])), {"xl/media/image1.bin": bytes(range(256)) * 400})
    true_size, told_size = (102_400).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert honest.count(true_size) >= 2
    assert refusal_of(honest.replace(true_size, told_size)) == archives.DAMAGED


def test_a_million_blank_rows_are_refused_with_a_sentence():
    rows = "".join(f'<row r="{number}"/>' for number in range(3, 1_000_003))
    assert refusal_of(with_cells(rows)) in (archives.TOO_LARGE, archives.TOO_MANY_ROWS)


@pytest.mark.parametrize("reference", ["A1048576", "XFD1048576", "XFD3", "BDWGN3"])
def test_one_cell_far_away_does_not_fill_the_memory(reference):
    number = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{number}"><c r="{reference}"><v>1</v></c></row>'
    assert refusal_of(with_cells(cell)) in (archives.TOO_MANY_ROWS, archives.TOO_MANY_COLUMNS)


def test_entities_of_the_workbook_are_not_expanded():
    laughing = b'<!DOCTYPE x [<!ENTITY a "ha">]><workbook>&a;</workbook>'
    content = repacked(workbook(table([person()])), {"xl/workbook.xml": laughing})
    assert refusal_of(content) == archives.DAMAGED


def test_a_sheet_that_is_no_xml_is_refused():
    assert refusal_of(repacked(workbook(table([person()])), {SHEET: b"\xff\xfe nothing"})) == archives.DAMAGED


def test_a_required_column_that_is_missing_is_named():
    rows = [[cell for place, cell in enumerate(row) if place not in (3, 7)] for row in table([person()])]
    assert refusal_of(workbook(rows)) == reading.MISSING_COLUMNS.format(titles="«تاریخ تولد (شمسی)»، «طرح»")


def test_a_sheet_with_headings_but_without_names_says_which_are_missing():
    rows = [["کد ملی", "تاریخ تولد", "جنسیت", "نسبت"], ["0090005910", "1365/08/26", "مرد", "خود"]]
    assert "«نام»، «نام خانوادگی»" in refusal_of(workbook(rows))


def test_only_hidden_sheets_hold_a_roster():
    book = openpyxl.load_workbook(io.BytesIO(workbook(table([person()]))))
    book.active.sheet_state = "hidden"
    book.create_sheet("دیگر").append(["سلام"])
    book.active = 1
    assert refusal_of(saved(book)) == reading.NO_HEADER


def test_wide_and_long_text_files_are_refused(monkeypatch):
    wide = ",".join(table([person()])[0] + ["x"] * 300)
    assert refusal_of(wide.encode()) == archives.TOO_MANY_COLUMNS
    monkeypatch.setattr(delimited, "MOST_ROWS", 3)
    assert (
        refusal_of(("\n".join([",".join(table([person()])[0]), *["a"] * 9])).encode())
        == archives.TOO_MANY_ROWS
    )


def test_a_quoted_cell_without_end_is_refused():
    lines = ",".join(table([person()])[0]) + '\n"' + "x" * 200_000
    assert refusal_of(lines.encode()) == delimited.UNREADABLE


@pytest.mark.parametrize("cut", [600, 2_000, 4_000])
def test_a_damaged_old_workbook_does_not_take_the_process_with_it(cut):
    old = OLD.read_bytes()
    assert refusal_of(old[:cut]) == archives.DAMAGED
    assert refusal_of(old[:512] + old[512 + 33 :]) in (archives.DAMAGED, reading.NO_HEADER)


@pytest.mark.parametrize("gap", [1, 40])
def test_an_archive_whose_parts_have_moved_is_refused(gap):
    good = workbook(table([person()]))
    assert refusal_of(good[:100] + good[100 + gap :]) == archives.DAMAGED
