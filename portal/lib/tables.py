"""A small list in a file, as text or as a workbook, becomes rows of cells; rosters have a reader of their own."""

import csv
import io

from python_calamine import CalamineError, CalamineWorkbook

from portal.lib import archives
from portal.lib.text import latin_digits, stored

UNREADABLE = "این پرونده خوانده نشد؛ آن را در اکسل با قالب xlsx یا csv ذخیره کنید و دوباره بفرستید."
ENCODING = (
    "متن این پرونده خوانده نشد؛ آن را با قالب xlsx، یا csv با رمزگذاری UTF-8، ذخیره کنید و دوباره بفرستید."
)


def rows_of(content: bytes) -> list[list]:
    """The rows of the first sheet; archives.Unfit says why there are none."""
    if content.startswith(archives.OLE_MAGIC):
        archives.check_ole(content)
        raise archives.Unfit(UNREADABLE)
    return _of_workbook(content) if content.startswith(archives.ZIP_MAGIC) else _of_text(content)


def _of_workbook(content: bytes) -> list[list]:
    archive = archives.Archive(content)
    archive.check_sizes()
    for part in archive.sheet_parts().values():
        archives.SheetFacts(archive.part(part))
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except CalamineError:
        raise archives.Unfit(UNREADABLE) from None


def _of_text(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise archives.Unfit(ENCODING) from None
    if "\0" in text:
        raise archives.Unfit(UNREADABLE)
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t،", key=first_line.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise archives.Unfit(UNREADABLE) from None


def as_text(cell) -> str:
    """In its one stored form, with Latin digits. Workbooks give whole numbers as fractions."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return latin_digits(stored(str(cell))).replace("\0", "") if cell not in (None, "") else ""
