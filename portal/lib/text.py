"""Persian text: one form to store, one key to compare, one set of digits.

Nothing here judges what was typed; that is the work of validators.py.
"""

import re
import unicodedata

PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
FULL_WIDTH_DIGITS = "".join(chr(0xFF10 + digit) for digit in range(10))
LATIN_DIGITS = "0123456789"
ZWNJ = "\u200c"

_TO_LATIN = {
    ord(digit): LATIN_DIGITS[place]
    for digits in (PERSIAN_DIGITS, ARABIC_DIGITS, FULL_WIDTH_DIGITS)
    for place, digit in enumerate(digits)
}
_TO_PERSIAN = {
    ord(digit): PERSIAN_DIGITS[place]
    for digits in (LATIN_DIGITS, ARABIC_DIGITS, FULL_WIDTH_DIGITS)
    for place, digit in enumerate(digits)
}

# What takes no room on the screen and carries no meaning: control characters other than white
# space, soft hyphen, bidi marks, joiners other than ZWNJ, variation selectors, BOM, and halves
# of surrogate pairs, which no database takes.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180f\u200b\u200d-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ud800-\udfff"
)
_DROPPED = re.compile(f"[{_INVISIBLE}]+")
# Tatweel and harakat.
_MARKS = "\u0640\u064b-\u065f\u0670"
_UNSTORED = re.compile(f"[{_INVISIBLE}{_MARKS}]+")
_DASHES = "_\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u0640-"
_BREAKS = re.compile(rf"[\s{ZWNJ}{_DASHES}]+")

# Hamza and madda typed as a mark of their own belong to the letter; they must not go with the harakat.
_COMPOSED = {
    "\u0627\u0653": "آ",
    "\u0627\u0654": "أ",
    "\u0627\u0655": "إ",
    "\u0648\u0654": "ؤ",
    "\u06cc\u0654": "ئ",
}
_COMPOSABLE = re.compile("|".join(_COMPOSED))

_ARABIC_LETTERS = {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک"}


def _stored_letters() -> dict[int, str]:
    """Arabic letters to Persian ones, presentation forms to letters; other compatibility forms stay."""
    letters = dict(_ARABIC_LETTERS)
    for point in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)):
        plain = unicodedata.normalize("NFKC", chr(point))
        if plain != chr(point):
            plain = _UNSTORED.sub("", plain).translate(_ARABIC_LETTERS)
            # A lone vowel sign stands on a space that nobody typed.
            letters[point] = plain if plain.strip() else ""
    return letters


_STORED = _stored_letters()
_ZWNJS = re.compile(rf"{ZWNJ}{{2,}}")

# Characters that stored() never touches: most cells of a roster are made of them alone.
_SETTLED_CHARACTERS = "!-~«»،؛؟٪٫٬پچژکگیۀ\u0621-\u063a\u0641\u0642\u0644-\u0648\u06f0-\u06f9\u0660-\u0669"
_SETTLED = re.compile(
    rf"[{_SETTLED_CHARACTERS}]++(?:[ {ZWNJ}][{_SETTLED_CHARACTERS}]++)*+",
)

_KEY = {
    **{ord(letter): "ا" for letter in "آأإٱ"},
    **{ord(letter): "ه" for letter in "ةۀەہۂۃھ"},
    **{ord(letter): "ی" for letter in "ئےێ"},
    ord("ؤ"): "و",
    ord("ڪ"): "ک",
    ord("ء"): "",
    ord(" "): "",
    ord(ZWNJ): "",
    **{ord(dash): "" for dash in "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"},
    **_TO_LATIN,
}


def stored(text: str) -> str:
    """The one form that is kept: Persian letters, single spaces, no marks; a ZWNJ between letters stays."""
    if _SETTLED.fullmatch(text):
        return text
    text = _COMPOSABLE.sub(lambda pair: _COMPOSED[pair[0]], text.translate(_STORED))
    text = _UNSTORED.sub("", text)
    text = " ".join(part.strip(ZWNJ) for part in text.split())
    # A part that was nothing but ZWNJ has left a double space.
    text = " ".join(text.split())
    return _ZWNJS.sub(ZWNJ, text)


def stored_lines(text: str) -> str:
    """stored() for text of several lines: each line for itself, never two empty ones together."""
    lines = "\n".join(stored(line) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n")


def match_key(text: str) -> str:
    """What is equal for two spellings of one name; only for comparing, never to be shown."""
    return stored(text).translate(_KEY).lower()


def latin_digits(text: str) -> str:
    return text if text.isascii() else text.translate(_TO_LATIN)


def persian_digits(value: object) -> str:
    return str(value).translate(_TO_PERSIAN)


def without_invisible(text: str) -> str:
    """Drop bidi marks, zero-width and control characters; white space and ZWNJ stay."""
    if text.isascii() and text.isprintable():
        return text
    return _DROPPED.sub("", text)


def compact(text: str) -> str:
    """Numbers and codes as typed by hand: Latin digits, without spaces, dashes and invisible characters."""
    if text.isascii() and text.isalnum():
        return text
    return _BREAKS.sub("", without_invisible(latin_digits(text)))
