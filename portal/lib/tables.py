"""A small list in a file, as text or as a workbook, becomes rows of cells; rosters have a reader of their own."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping

from python_calamine import CalamineError, CalamineWorkbook

from portal.lib import archives
from portal.lib.text import match_key, stored

UNREADABLE = "این پرونده خوانده نشد؛ آن را در اکسل با قالب xlsx یا csv ذخیره کنید و دوباره بفرستید."
ENCODING = (
    "متن این پرونده خوانده نشد؛ آن را با قالب xlsx، یا csv با رمزگذاری UTF-8، ذخیره کنید و دوباره بفرستید."
)
NO_COLUMNS = "ستون {titles} در سطر نخست نیست؛ سرستون‌ها را درست کنید و دوباره بفرستید."


def records(
    content: bytes, *, columns: Mapping[str, tuple[str, ...]], needed: Collection[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that says anything: its number as a spreadsheet counts, and its texts by the names of their columns.

    `columns` gives each name the headings it may stand under in the first row. archives.Unfit says why there is
    nothing to read, at once.
    """
    rows = rows_of(content)
    places = _places(rows[0] if rows else [], columns)
    if missing := [titles[0] for name, titles in columns.items() if name in needed and name not in places]:
        raise archives.Unfit(NO_COLUMNS.format(titles="، ".join(f"«{title}»" for title in missing)))
    return _told(rows[1:], places)


def _told(rows: list[list], places: dict[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in enumerate(rows, start=2):
        texts = {name: _as_text(row[place]) for name, place in places.items() if place < len(row)}
        if any(texts.values()):
            yield number, texts


def _places(headings: list, columns: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    keys = [match_key(_as_text(heading)) for heading in headings]
    wanted = {name: [match_key(title) for title in titles] for name, titles in columns.items()}
    return {
        name: next(keys.index(key) for key in titles if key in keys)
        for name, titles in wanted.items()
        if any(key in keys for key in titles)
    }


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


def _as_text(cell) -> str:
    """In its one stored form. Workbooks give whole numbers as fractions."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return stored(str(cell)).replace("\0", "") if cell not in (None, "") else ""
