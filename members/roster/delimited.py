"""Text files: which encoding, which separator; every cell stays text."""

import csv
import io

from members.roster.reasons import RosterRefused
from portal.lib.archives import MOST_COLUMNS, MOST_ROWS, OTHER_KIND, TOO_MANY_COLUMNS, TOO_MANY_ROWS

DELIMITERS = (",", ";", "\t")
_LOOKED_AT = 200
# Office programs call the tables they write for browsers .xls.
WEB_PAGE = (
    "این فایل در اصل صفحهٔ وب است، نه فایل اکسل؛ آن را در اکسل باز کنید، با قالب «Excel Workbook (.xlsx)» "
    "ذخیره کنید و دوباره بفرستید."
)
UNREADABLE = "متن این فایل خوانده نشد؛ آن را در اکسل با قالب «CSV UTF-8» ذخیره کنید و دوباره بفرستید."


def rows_of(content: bytes, columns_of) -> list[list[str]]:
    """The rows of a CSV file, each as long as the longest; `columns_of` tells headings in a row."""
    text = _text(content)
    delimiter = max(
        DELIMITERS,
        key=lambda mark: max((len(columns_of(row)) for row in _records(text, mark, _LOOKED_AT)), default=0),
    )
    rows = list(_records(text, delimiter, MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise RosterRefused(TOO_MANY_ROWS)
    width = max(map(len, rows), default=0)
    if width > MOST_COLUMNS:
        raise RosterRefused(TOO_MANY_COLUMNS)
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in content[:4096]:
        raise RosterRefused(OTHER_KIND)
    elif content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise RosterRefused(WEB_PAGE)
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        # Old Persian Windows writes its own page of 256 letters; every byte of it means something.
        return content.decode("cp1256", errors="replace")


def _records(text: str, delimiter: str, most: int):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(reader):
            if number >= most:
                return
            yield row
    except csv.Error as error:
        raise RosterRefused(UNREADABLE) from error
