"""Small tables in and out: the bank's file, old paper cases. Read with a guard, written without formulas."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Font

from portal.lib.archives import Unfit
from portal.lib.tables import as_text, rows_of
from portal.lib.text import match_key

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 10_000
# A spreadsheet would run a cell that begins so.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
TOO_LARGE = "این پرونده بزرگ‌تر از ۵ مگابایت یا ۱۰٬۰۰۰ ردیف است؛ آن را در چند بخش بفرستید."
NO_COLUMNS = "ستون {titles} در سطر نخست نیست؛ سرستون‌ها را درست کنید و دوباره بفرستید."


class Refused(Exception):
    """The sentence for the person who sent the file."""


def read(content: bytes, *, columns: dict[str, tuple[str, ...]], needed: set[str]) -> list[dict[str, str]]:
    """The rows under the headings as text; `columns` gives each name the headings it may stand under.

    Each row carries `row`, the number its sender sees.
    """
    if len(content) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    try:
        rows = rows_of(content)
    except Unfit as unfit:
        raise Refused(str(unfit)) from None
    places = places_of(rows[0] if rows else [], columns)
    missing = [columns[name][0] for name in columns if name in needed and name not in places]
    if missing:
        raise Refused(NO_COLUMNS.format(titles="، ".join(f"«{title}»" for title in missing)))
    read_rows = []
    for number, row in enumerate(rows[1:], start=2):
        values = {name: as_text(row[place]) if place < len(row) else "" for name, place in places.items()}
        if any(values.values()):
            read_rows.append({"row": str(number)} | dict.fromkeys(columns, "") | values)
    if len(read_rows) > MOST_ROWS:
        raise Refused(TOO_LARGE)
    return read_rows


def places_of(headings: list, columns: dict[str, tuple[str, ...]]) -> dict[str, int]:
    keys = [match_key(as_text(heading)) for heading in headings]
    wanted = {name: [match_key(title) for title in titles] for name, titles in columns.items()}
    return {
        name: next(keys.index(key) for key in titles if key in keys)
        for name, titles in wanted.items()
        if any(key in keys for key in titles)
    }


def workbook(headings: list[str], rows: list[list]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.sheet_view.rightToLeft = True
    sheet.append(headings)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([harmless(value) for value in row])
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = 24
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def comma_separated(headings: list[str], rows: list[list]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(headings)
    writer.writerows([harmless(value) for value in row] for row in rows)
    # With the mark by which Excel knows UTF-8.
    return file.getvalue().encode("utf-8-sig")


def harmless(value):
    """Text that a spreadsheet would take for a formula is marked as text; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
