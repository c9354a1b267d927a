"""An employer's file becomes the rows of one sheet, its columns known; nothing is judged or repaired here."""

import io
from concurrent.futures import ThreadPoolExecutor
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

    @property
    def ignored_headings(self) -> list[str]:
        used = set(self.columns.values())
        return [
            " ".join(text.split())
            for position, text in enumerate(self.headings)
            if position not in used and isinstance(text, str) and text.strip()
        ]


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
    return _first_roster([(delimited.rows_of(content, columns.columns_of), [], set())])


def _from_archive(content: bytes) -> Sheet:
    archive = archives.Archive(content)
    archive.check_sizes()
    parts = archive.sheet_parts()

    def sheets():
        workbook = _opened(content)
        for name in _visible(workbook):
            facts = archives.SheetFacts(archive.part(parts.get(name, "")))
            # The reader works without the interpreter's lock: formulas are looked for meanwhile.
            with ThreadPoolExecutor(1) as beside:
                looking = beside.submit(facts.look)
                opened = _sheet(workbook, name)
                looking.result()
            rows = opened.to_python(skip_empty_area=False)
            _mark_errors(rows, facts.errors)
            yield rows, opened.merged_cell_ranges or [], facts.formulas

    return _first_roster(sheets())


def _old_sheets(content: bytes):
    try:
        sheets = old_workbooks.sheets_of(content)
    except old_workbooks.Unreadable as error:
        raise RosterRefused(archives.LOCKED if error.is_locked else archives.DAMAGED) from error
    return [(rows, merged, set()) for rows, merged in sheets]


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
    for rows, merged, formulas in sheets:
        for index, row in enumerate(rows[:HEADER_WITHIN]):
            found = columns.columns_of(row) if len(row) - row.count("") >= columns.LEAST_HEADINGS else {}
            if len(found) < columns.LEAST_HEADINGS:
                continue
            headings, last = _whole_headings(rows, index)
            found = columns.columns_of(headings)
            if found.keys() >= columns.IDENTIFYING:
                _refuse_missing(found)
                return _sheet_under(rows, last, headings, found, merged, formulas)
            nearest = max(nearest, found, key=len)
    if nearest:
        _refuse_missing(nearest)
    raise RosterRefused(NO_HEADER)


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
