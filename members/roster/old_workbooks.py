"""The old binary workbooks (.xls), read in a process of their own: a damaged one can end the reader's process.

Run as a script it reads a workbook from standard input and pickles (name, rows, merged ranges) of each visible sheet.
"""

import io
import pickle
import subprocess
import sys

LONGEST = 60
MOST_MEMORY = 2 * 1024**3


class Unreadable(Exception):
    """The reader ended without an answer, or said why it cannot read."""

    def __init__(self, *, is_locked: bool = False):
        super().__init__()
        self.is_locked = is_locked


def sheets_of(content: bytes) -> list[tuple[str, list[list], list]]:
    try:
        # Isolated: nothing of the portal is imported there, and no module of a working directory.
        done = subprocess.run(
            [sys.executable, "-I", __file__], input=content, capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable from error
    if done.returncode:
        raise Unreadable(is_locked=done.returncode == LOCKED)
    return pickle.loads(done.stdout)


FAILED, LOCKED = 3, 4


def main() -> int:
    import resource

    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        names = [
            sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible
        ]
        opened = [workbook.get_sheet_by_name(name) for name in names]
        sheets = [
            (sheet.name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or [])
            for sheet in opened
        ]
    except PasswordError:
        return LOCKED
    except (CalamineError, OSError, ValueError, MemoryError):
        return FAILED
    sys.stdout.buffer.write(pickle.dumps(sheets))
    return 0


if __name__ == "__main__":
    sys.exit(main())
