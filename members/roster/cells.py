"""What one cell says: the base of every rule, and the repairs that any text may need.

A rule is a dictionary from what stood in the cell to the value that is kept: a roster repeats itself, and each
spelling is judged once. Spellings that were repaired or refused are in `marks`, with their codes.
"""

import datetime
import re
from collections.abc import Iterable

from members.roster.reading import ERROR
from portal.lib.text import ARABIC_DIGITS, PERSIAN_DIGITS, latin_digits, without_invisible

CELL_ERROR = "CELL_ERROR"
Reading = tuple[object, tuple[str, ...]]

_ERROR_TEXT = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE
)
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_IN_PERSIAN_DIGITS = re.compile(f"[{PERSIAN_DIGITS}/]*[{PERSIAN_DIGITS}][{PERSIAN_DIGITS}/]*")
_FULL_WIDTH_DIGITS = "".join(chr(0xFF10 + digit) for digit in range(10))
_PERSIAN = re.compile(f"[{PERSIAN_DIGITS}{_FULL_WIDTH_DIGITS}]")
_ARABIC = re.compile(f"[{ARABIC_DIGITS}]")
# Blanks that look like others and are not typed by hand: they come from web pages and PDFs.
_FOREIGN_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
ZWNJ = "\u200c"


class Rule(dict):
    """Subclasses say in `read` what a cell of text means; numbers and days may be met apart."""

    empty: object = ""

    def __init__(self):
        self.marks: dict[object, tuple[str, ...]] = {}

    def column(self, raws: Iterable) -> list:
        """The values of a whole column."""
        return list(map(self.__getitem__, raws))

    def __missing__(self, raw):
        value, codes = self._reading(raw)
        if codes:
            self.marks[raw] = codes
        self[raw] = value
        return value

    def _reading(self, raw) -> Reading:
        if raw is ERROR:
            return self.empty, (CELL_ERROR,)
        if isinstance(raw, str):
            if raw.startswith("#") and _ERROR_TEXT.fullmatch(raw.strip()):
                return self.empty, (CELL_ERROR,)
            return self.read(raw)
        if isinstance(raw, bool) or raw is None:
            return self.read("")
        if isinstance(raw, int | float):
            return self.read_number(raw)
        if isinstance(raw, datetime.datetime | datetime.date):
            return self.read_day(raw)
        return self.read(str(raw))

    def read(self, text: str) -> Reading:
        raise NotImplementedError

    def read_number(self, number: float) -> Reading:
        return self.read(number_text(number))

    def read_day(self, day: datetime.date) -> Reading:
        return self.read(day.isoformat())


def number_text(number: float) -> str:
    """A true number as it would be typed: no exponent, no `.0`."""
    return str(int(number)) if float(number).is_integer() else repr(number)


def invisible_removed(text: str) -> tuple[str, set[str]]:
    """Text without what nobody sees; blanks of the web become plain ones between words."""
    seen = without_invisible(text)
    shown = _FOREIGN_BLANKS.sub(" ", seen)
    codes = {"INVISIBLE_CHARS"} if shown != text else set()
    # A blank of the web is no blank too many: only those typed by hand are counted.
    typed = _FOREIGN_BLANKS.sub("", seen)
    if typed != " ".join(typed.split()):
        codes.add("EXTRA_SPACES")
    return " ".join(shown.split()) if codes else shown, codes


def digits_folded(text: str, codes: set[str]) -> str:
    if text.isascii():
        return text
    if _PERSIAN.search(text):
        codes.add("PERSIAN_DIGITS")
    if _ARABIC.search(text):
        codes.add("ARABIC_DIGITS")
    return latin_digits(text)


def cleaned(text: str) -> tuple[str, set[str]]:
    """Text with Latin digits, nothing invisible and no blank at its ends; blanks inside stay for the rule."""
    if _PLAIN.fullmatch(text):
        return text, set()
    if _IN_PERSIAN_DIGITS.fullmatch(text):
        return latin_digits(text), {"PERSIAN_DIGITS"}
    seen = without_invisible(text)
    shown = _FOREIGN_BLANKS.sub(" ", seen).replace(ZWNJ, "")
    codes = {"INVISIBLE_CHARS"} if shown != text else set()
    typed = _FOREIGN_BLANKS.sub("", seen)
    if typed.strip() != typed:
        codes.add("EXTRA_SPACES")
    return digits_folded(shown.strip(), codes), codes


# What offices write where they have nothing to write.
_NOTHING = re.compile(
    r"[-–—_.*/\\0]{0,9}|ندارد|نداره|فاقد|نامشخص|نامعلوم|خالی|null|none|n/?a|nan", re.IGNORECASE
)


_LONGEST_NOTHING = 9
_APOSTROPHES = "'’‘"


def said(text: str, codes: set[str]) -> str:
    """Without the apostrophe by which spreadsheets, and our own reports, mark a text; «ندارد» is an empty cell."""
    first = text[:1]
    # Nearly every cell: a number, or too long to be a word for nothing.
    if "1" <= first <= "9" or len(text) > _LONGEST_NOTHING and first not in _APOSTROPHES:
        return text
    bare = text.lstrip(_APOSTROPHES).lstrip()
    if bare != text:
        codes.add("INVISIBLE_CHARS")
    return "" if _NOTHING.fullmatch(bare) else bare


def single_spaced(text: str, codes: set[str]) -> str:
    spaced = " ".join(text.split())
    if spaced != text:
        codes.add("EXTRA_SPACES")
    return spaced


class PlainRule(Rule):
    """Texts that are kept as they are, such as a personnel code."""

    def __init__(self, longest: int, code: str):
        super().__init__()
        self._longest, self._code = longest, code

    def read(self, text: str) -> Reading:
        text, codes = cleaned(text)
        text = single_spaced(said(text, codes), codes)
        if not text:
            return "", ()
        if len(text) > self._longest:
            return "", (*codes, self._code)
        return text, tuple(codes)


class NoteRule(Rule):
    """Free words of the employer: kept, never judged."""

    LONGEST = 300

    def read(self, text: str) -> Reading:
        return " ".join(without_invisible(text).split()).removeprefix("'")[: self.LONGEST], ()
