"""National IDs, names and birth certificate numbers."""

import re
from collections.abc import Iterable

from members.roster.cells import Reading, Rule, cleaned, digits_folded, invisible_removed, number_text, said
from members.roster.check_digits import REPEATED_DIGITS, is_right, right_ones
from portal.lib.fields import PERSIAN_LETTERS
from portal.lib.text import PERSIAN_DIGITS, latin_digits, match_key, stored

ID_FAILURES = frozenset({"ID_LENGTH", "ID_NOT_RECOVERABLE", "ID_CHECKSUM", "ID_REPEATED_DIGIT"})

_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:[.,٫/][0-9]+)?[eE][+-]?[0-9]+")
_NUMBER_AS_TEXT = re.compile(r"([0-9]+)\.0+")
_QUOTED_FORMULA = re.compile(r'="?([^"]*)"?')
_SEPARATORS = re.compile(r"[\s'\"_./\\\u2010-\u2015\u2212\u0640-]+")

_TEN_PERSIAN_DIGITS = re.compile(f"[{PERSIAN_DIGITS}]{{10}}")


class NationalIdRule(Rule):
    """Ten digits with the right check digit, or nothing."""

    def column(self, raws: Iterable) -> list[str]:
        """Nearly every ID comes as ten digits, Latin or Persian: the right ones are known before any is read."""
        new = [raw for raw in raws if raw not in self and type(raw) is str and len(raw) == 10]
        latin = [raw for raw in new if raw.isascii() and raw.isdigit()]
        self.update(right_ones(latin, latin))
        if len(latin) < len(new):
            persian = [raw for raw in new if not raw.isascii() and _TEN_PERSIAN_DIGITS.fullmatch(raw)]
            digits = latin_digits("".join(persian))
            right = right_ones(persian, [digits[at : at + 10] for at in range(0, len(digits), 10)])
            self.update(right)
            self.marks.update(dict.fromkeys(right, ("PERSIAN_DIGITS",)))
        return super().column(raws)

    def read(self, text: str) -> Reading:
        text, codes = _unwrapped(text)
        if _SCIENTIFIC.fullmatch(text):
            return "", ("ID_NOT_RECOVERABLE",)
        digits = _SEPARATORS.sub("", text)
        if digits != text:
            codes.add("ID_SEPARATORS")
        return self._judged(digits, codes)

    def read_number(self, number: float) -> Reading:
        if not float(number).is_integer() or number < 0:
            return "", ("ID_NOT_RECOVERABLE",)
        return self._judged(number_text(number), {"ID_FROM_NUMBER"})

    def read_day(self, day) -> Reading:
        return "", ("ID_NOT_RECOVERABLE",)

    def _judged(self, digits: str, codes: set[str]) -> Reading:
        if not digits:
            return "", ("ID_MISSING",)
        if len(digits) in (8, 9):
            digits = digits.zfill(10)
            codes.add("ID_PADDED")
        if len(digits) != 10 or not digits.isascii() or not digits.isdigit():
            return "", ("ID_LENGTH",)
        if digits in REPEATED_DIGITS:
            return "", ("ID_REPEATED_DIGIT",)
        return (digits, tuple(codes)) if is_right(digits) else ("", ("ID_CHECKSUM",))


def _unwrapped(text: str) -> tuple[str, set[str]]:
    """Without what spreadsheets wrap around digits when they write text files: ="0012" and 12.0."""
    text, codes = cleaned(text)
    formula = _QUOTED_FORMULA.fullmatch(text)
    if formula:
        text = formula[1]
        codes.add("FORMULA_VALUE")
    whole = _NUMBER_AS_TEXT.fullmatch(text)
    if whole:
        text = whole[1]
        codes.add("ID_FROM_NUMBER")
    return text, codes


def digits_of(raw) -> str:
    """The digits of an ID cell, right or wrong, padded as the rule pads them; empty when there are none."""
    text = number_text(raw) if isinstance(raw, int | float) else _unwrapped(str(raw))[0]
    digits = _SEPARATORS.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        return ""
    return digits.zfill(10) if len(digits) in (8, 9) else digits


_ARABIC_LETTERS = re.compile("[يىك]")
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_NAME = re.compile(r"[آ-غفقل-وپچژکگی]+(?:[ \u200c][آ-غفقل-وپچژکگی]+)*")


# No name has them: a letter that an old encoding lost stands as a question mark, a second name in brackets.
_SIGNS = re.compile(r"[^\w\s\u200c\u2010-\u2015-]")
# What is left of an abbreviation or a quotation, and changes nothing of the name.
_EDGES = r"[\s.'’‘`\"«»()\[\]،؛,;:*]+"
_AROUND = re.compile(f"^{_EDGES}|{_EDGES}$")
# On no card; «خانم» and «حاج» may be.
_TITLES = re.compile(r"^(?:(?:جناب )?آقای|سرکار خانم|دکتر|مهندس) (?=\w{2})")
_BETWEEN = re.compile(r"(?<=\w)\s*[.'’‘`_]\s*(?=\w)")


class NameRule(Rule):
    """A name as it is kept; the codes tell what had to be mended."""

    LONGEST = 80

    def __init__(self, *, is_required: bool):
        super().__init__()
        self._is_required = is_required

    def read(self, text: str) -> Reading:
        if _NAME.fullmatch(text) and len(text) <= self.LONGEST and not _TITLES.match(text):
            return text, ()
        shown, codes = invisible_removed(text)
        codes |= {code for code, pattern in _NAME_REPAIRS if pattern.search(text)}
        name = stored(shown)
        if not any(map(str.isalnum, name)):
            return "", ("NAME_MISSING",) if self._is_required else ()
        if len(name) > self.LONGEST:
            return name[: self.LONGEST], ("NAME_TOO_LONG",) if self._is_required else tuple(codes)
        if any(character.isdigit() for character in name):
            if self._is_required:
                return name, ("NAME_HAS_DIGITS",)
            name = digits_folded(name, codes)
        if name != shown and not codes:
            codes = {_why(shown, name)}
        return self._judged(name, codes) if self._is_required else (name, tuple(codes))

    def _judged(self, name: str, codes: set[str]) -> Reading:
        """A name that nobody can type at the activation would never be matched: it waits."""
        bare = _BETWEEN.sub(" ", _AROUND.sub("", name))
        if not PERSIAN_LETTERS.fullmatch(match_key(bare)):
            return name, ("NAME_HAS_SIGNS" if _SIGNS.search(bare) else "NAME_NOT_PERSIAN",)
        if bare != name:
            codes = codes | {"NAME_SIGNS_REMOVED"}
        untitled = _TITLES.sub("", bare)
        if untitled != bare:
            codes = codes | {"NAME_TITLE_REMOVED"}
        return untitled, tuple(codes)


_NAME_REPAIRS = (
    ("ARABIC_LETTERS", _ARABIC_LETTERS),
    ("DIACRITICS", _MARKS),
    ("PRESENTATION_FORMS", _PRESENTATION),
)


def _why(shown: str, name: str) -> str:
    """Changed by the stored form for a reason none of the patterns names."""
    return "EXTRA_SPACES" if " ".join(shown.split()) != shown else "INVISIBLE_CHARS"


class CertificateRule(Rule):
    """One to ten digits; `0` and the national ID itself are normal."""

    def read(self, text: str) -> Reading:
        text, codes = cleaned(text)
        digits = _SEPARATORS.sub("", text)
        if not digits:
            return "", ()
        if not digits.isdigit() or len(digits) > 10:
            return "", ((*codes, "CERTIFICATE_INVALID") if said(text, codes) else ())
        return digits, tuple(codes)
