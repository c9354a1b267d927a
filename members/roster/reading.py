"""An employer's file becomes the rows of one sheet, its columns known; nothing is judged or repaired here."""

import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from members.roster import columns, delimited, old_workbooks
from members.roster.reasons import RosterRefused
from portal.lib import archives
from portal.lib.text import persian_digits

# Titles and logos stand above the headings, never a thousand rows of them.
HEADER_WITHIN = 1_000
NO_HEADER = (
    "در هیچ برگه‌ای ردیف سرستون‌ها پیدا نشد؛ «کد ملی»، «نام» و «نام خانوادگی» باید در یک ردیف آمده باشند. "
    "فهرست را از روی فایل نمونه بسازید."
)
EMPTY = "این فایل خالی است؛ فایل فهرست اسامی را انتخاب کنید."
MISSING_COLUMNS = "ستون {titles} در فهرست نیست؛ آن را اضافه کنید و دوباره بفرستید."


class ErrorCell:
    """What stands where the workbook shows #N/A, #REF! and the like."""

    def __repr__(self):
        return "#"

    def __bool__(self):
        return True


ERROR = ErrorCell()


@dataclass
class Sheet:
    """The rows under the headings; row numbers are those the employer sees."""

    rows: list[list]
    first_row: int
    columns: dict[str, int]
    headings: list
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    name: str = ""
    # Further sheets of the workbook that have the headings of a roster too; they are not read.
    unread: list[str] = field(default_factory=list)

    @property
    def ignored_headings(self) -> list[str]:
        used = set(self.columns.values())
        return [
            self.heading(position)
            for position, text in enumerate(self.headings)
            if position not in used and isinstance(text, str) and text.strip()
        ]

    def heading(self, position: int) -> str:
        """As the employer wrote it; of two that mean the same, the one that does not count says so."""
        text = self.headings[position]
        title = "" if text is None else " ".join(str(text).split())
        field_name = columns.field_of(text)
        is_another = field_name in self.columns and self.columns[field_name] != position
        return f"{title}، ستون تکراری {persian_digits(position + 1)}" if is_another else title


def read(content: bytes) -> Sheet:
    """The one sheet of `content` that is a roster; RosterRefused says why there is none."""
    if not content.strip():
        raise RosterRefused(EMPTY)
    if len(content) > archives.LARGEST_FILE:
        raise RosterRefused(archives.TOO_LARGE)
    try:
        sheet = _sheet_of(content)
    except archives.Unfit as unfit:
        raise RosterRefused(str(unfit)) from unfit
    _without_trailing_blanks(sheet.rows)
    return sheet


def _sheet_of(content: bytes) -> Sheet:
    if content.startswith(archives.ZIP_MAGIC):
        return _from_archive(content)
    if content.startswith(archives.OLE_MAGIC):
        archives.check_ole(content)
        return _first_roster(_old_sheets(content))
    return _first_roster([("", delimited.rows_of(content, columns.columns_of), [], set())])


def _from_archive(content: bytes) -> Sheet:
    archive = archives.Archive(content)
    archive.check_sizes()
    parts = archive.sheet_parts()

    def sheets():
        workbook = _opened(content)
        for name in _visible(workbook):
            facts = archives.SheetFacts(archive.part(parts.get(name, "")))
            # The reader works without the interpreter's lock, which looking for formulas keeps: it goes first.
            with ThreadPoolExecutor(1) as beside:
                opening = beside.submit(_sheet, workbook, name)
                facts.look()
                opened = opening.result()
            rows = opened.to_python(skip_empty_area=False)
            _mark_errors(rows, facts.errors)
            yield name, rows, opened.merged_cell_ranges or [], facts.formulas

    return _first_roster(sheets())


def _old_sheets(content: bytes):
    try:
        sheets = old_workbooks.sheets_of(content)
    except old_workbooks.Unreadable as error:
        raise RosterRefused(archives.LOCKED if error.is_locked else archives.DAMAGED) from error
    return [(name, rows, merged, set()) for name, rows, merged in sheets]


def _opened(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise RosterRefused(archives.LOCKED) from error
    except (CalamineError, XmlError, ZipError, OSError, ValueError) as error:
        raise RosterRefused(archives.DAMAGED) from error


def _sheet(workbook: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(name)
    except (CalamineError, XmlError, ZipError, WorksheetNotFound, OSError, ValueError) as error:
        raise RosterRefused(archives.DAMAGED) from error


def _visible(workbook: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _mark_errors(rows: list[list], errors: set[tuple[int, int]]) -> None:
    for number, column in errors:
        if number <= len(rows) and column < len(rows[number - 1]):
            rows[number - 1][column] = ERROR


def _first_roster(sheets) -> Sheet:
    """The first sheet with a full row of headings; else the refusal that helps most."""
    nearest: dict[str, int] = {}
    sheets = iter(sheets)
    for name, rows, merged, formulas in sheets:
        for last, headings, found in _headers(rows):
            if found.keys() >= columns.IDENTIFYING:
                _refuse_missing(found)
                sheet = _sheet_under(rows, last, headings, found, merged, formulas)
                sheet.name, sheet.unread = name, _also_rosters(sheets)
                return sheet
            nearest = max(nearest, found, key=len)
    if nearest:
        _refuse_missing(nearest)
    raise RosterRefused(NO_HEADER)


def _headers(rows: list[list]):
    """Rows with enough known headings to be those of a list: the last row of each, its headings, its columns."""
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        found = columns.columns_of(row) if len(row) - row.count("") >= columns.LEAST_HEADINGS else {}
        if len(found) >= columns.LEAST_HEADINGS:
            headings, last = _whole_headings(rows, index)
            yield last, headings, columns.columns_of(headings)


def _also_rosters(sheets) -> list[str]:
    """Whose people would be missed by an operator who does not know that one sheet alone is read."""
    names = []
    # What is wrong with a sheet that is not read is nobody's trouble.
    with suppress(RosterRefused, archives.Unfit):
        for name, rows, *_ in sheets:
            if any(found.keys() >= columns.IDENTIFYING for _, _, found in _headers(rows)):
                names.append(name)
    return names


def _whole_headings(rows: list[list], index: int) -> tuple[list, int]:
    """The headings, and their last row: where some span two rows, the others stand above or below."""
    headings, last = list(rows[index]), index
    for place, above in enumerate(rows[index - 1] if index else []):
        if not columns.field_of(headings[place]) and columns.field_of(above):
            headings[place] = above
    below = rows[index + 1] if index + 1 < len(rows) else []
    standing = [cell for cell in below if not (isinstance(cell, str) and not cell.strip())]
    if standing and all(map(columns.field_of, standing)):
        headings = [
            under if columns.field_of(under) else over for over, under in zip(headings, below, strict=True)
        ]
        last += 1
    return headings, last


def _refuse_missing(found: dict[str, int]) -> None:
    missing = [columns.title_of(name) for name in columns.REQUIRED if name not in found]
    if missing:
        raise RosterRefused(MISSING_COLUMNS.format(titles="، ".join(f"«{title}»" for title in missing)))


def _sheet_under(rows, index, headings, found, merged, formulas) -> Sheet:
    if len(rows) > archives.MOST_ROWS:
        raise RosterRefused(archives.TOO_MANY_ROWS)
    if len(rows[index]) > archives.MOST_COLUMNS:
        raise RosterRefused(archives.TOO_MANY_COLUMNS)
    below = index + 2
    return Sheet(
        rows=rows[index + 1 :],
        first_row=below,
        columns=found,
        headings=headings,
        formulas={cell for cell in formulas if cell[0] >= below},
        # First and last row, and the column that holds the value.
        merged=[
            (start[0] + 1, end[0] + 1, start[1])
            for start, end in merged
            if end[0] > start[0] and start[0] + 1 >= below
        ],
    )


def _without_trailing_blanks(rows: list[list]) -> None:
    while rows and not any(cell != "" for cell in rows[-1]):
        rows.pop()
