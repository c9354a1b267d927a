"""Small tables in and out: the bank's file, old paper cases. Read with a guard, written without formulas."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Font

from portal.lib import tables
from portal.lib.archives import Unfit
from portal.lib.text import latin_digits

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 10_000
# A spreadsheet would run a cell that begins so.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
TOO_LARGE = "این پرونده بزرگ‌تر از ۵ مگابایت یا ۱۰٬۰۰۰ ردیف است؛ آن را در چند بخش بفرستید."


class Refused(Exception):
    """The sentence for the person who sent the file."""


def read(content: bytes, *, columns: dict[str, tuple[str, ...]], needed: set[str]) -> list[dict[str, str]]:
    """The rows as text with Latin digits, each column's text "" where there is none; see tables.records.

    Each row carries `row`, the number its sender sees.
    """
    if len(content) > MOST_BYTES:
        raise Refused(TOO_LARGE)
    try:
        records = tables.records(content, columns=columns, needed=needed)
    except Unfit as unfit:
        raise Refused(str(unfit)) from None
    rows = [
        {"row": str(number)} | {name: latin_digits(texts.get(name, "")) for name in columns}
        for number, texts in records
    ]
    if len(rows) > MOST_ROWS:
        raise Refused(TOO_LARGE)
    return rows


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
