"""The report as files: JSON for programs, a workbook for the employer with the reason beside each row."""

import io
import json

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from members.roster.kinds import shown
from members.roster.reasons import OUTCOME_TITLES, Reason, told
from members.roster.report import Report, ReportRow

_OWN_HEADINGS = ("ردیف در فایل", "نتیجه", "علت", "چه باید کرد")
_OUTCOME_FILLS = {"hold": "FFF4CE", "reject": "FDE2E0", "duplicate": "ECECEC", "import_fixed": "E6F2FB"}
# A cell that begins with one of these may be run as a formula by the program that opens it.
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 18


def as_json(report: Report) -> str:
    rows = [
        {"excel_row": row.excel_row, "outcome": row.outcome, "codes": row.codes, "values": row.values}
        for row in report.rows()
    ]
    return json.dumps({"counts": report.counts, "rows": rows}, ensure_ascii=False, indent=1)


def as_workbook(report: Report) -> bytes:
    """The employer's own columns as they were sent, and ours before them, right to left."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("نتیجهٔ بررسی")
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    headings = [*_OWN_HEADINGS, *(shown(heading) for heading in report.sheet.headings)]
    for place in range(len(headings)):
        sheet.column_dimensions[_letters(place)].width = _WIDTH * (3 if place in (2, 3) else 1)
    sheet.append([_cell(sheet, heading, is_bold=True) for heading in headings])
    for row in report.rows():
        if row.outcome != "skip":
            sheet.append(_line(sheet, report, row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _line(sheet, report: Report, row: ReportRow) -> list:
    reasons = told(row.codes, row.values)
    ours = [str(row.excel_row), OUTCOME_TITLES[row.outcome], sentences(reasons), remedies(reasons)]
    fill = _OUTCOME_FILLS.get(row.outcome)
    cells = [*ours, *(shown(cell) for cell in report.raw_cells(row.excel_row))]
    return [_cell(sheet, text, fill=fill if place < len(ours) else None) for place, text in enumerate(cells)]


def sentences(reasons: list[Reason]) -> str:
    return " ".join(reason.sentence for reason in reasons)


def remedies(reasons: list[Reason]) -> str:
    return " ".join(dict.fromkeys(reason.remedy for reason in reasons if reason.remedy))


def _cell(sheet, text: str, *, is_bold: bool = False, fill: str | None = None) -> WriteOnlyCell:
    """Always text: national IDs keep their zeros, and nothing is ever run."""
    cell = WriteOnlyCell(sheet, value=formula_safe(text))
    cell.data_type = "s"
    cell.number_format = "@"
    if is_bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", start_color=fill)
    return cell


def formula_safe(text: str) -> str:
    """Text that no spreadsheet runs, also after it was saved as CSV; `-` alone and numbers are left."""
    kept = "".join(character for character in text if character >= " " or character in "\n\t")
    if kept.startswith(_FORMULA_MARKS) and not kept.lstrip("+-").isdigit() and kept != "-":
        return f"'{kept}"
    return kept


def _letters(place: int) -> str:
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)
