"""The words of a centre's name, and what lies one slip of the finger from them.

Pure text; the search itself is search.py.
"""

import re

from portal.lib.text import ZWNJ, match_key, stored

# Stands in a search key between the words of the name and those people add to it; no word holds it.
NAME_ENDS = "|"
_WORD = re.compile(r"[^\W_]+")
# Words that half of a directory shares; beside another word they tell little. Counted in a list of 5,371 centres.
COMMON = {
    "بیمارستان",
    "درمانگاه",
    "کلینیک",
    "مرکز",
    "مطب",
    "دکتر",
    "داروخانه",
    "ازمایشگاه",
    "دندانپزشکی",
    "دندان",
    "پزشکی",
    "فیزیوتراپی",
    "تصویربرداری",
    "رادیولوژی",
    "سونوگرافی",
    "پاتوبیولوژی",
    "تشخیص",
    "تشخیصی",
    "طبی",
    "تخصصی",
    "شبانه",
    "روزی",
    "عینک",
    "سازی",
    "درمانی",
    "جراحی",
}
# Shorter ones have too many neighbours to guess what was meant.
SHORTEST_WITH_A_SLIP = 4
# Beyond it a word is told apart by its beginning alone.
_LONGEST = 16


def words_of(text: str) -> list[str]:
    """The match keys of the words; a half-space parts words as a space does."""
    return [key for word in _WORD.findall(stored(text.replace(ZWNJ, " "))) if (key := match_key(word))]


def near_forms(word: str) -> set[str]:
    """The word and what is left of it without any one letter: two words one slip apart share a form."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def forms_of_beginnings(word: str) -> set[str]:
    """near_forms() of the word and of all that is typed on the way to it."""
    return {
        form
        for end in range(SHORTEST_WITH_A_SLIP, min(len(word), _LONGEST) + 1)
        for form in near_forms(word[:end])
    }


def is_one_slip(typed: str, word: str) -> bool:
    """One letter too many, too few, wrong, or two in the wrong order."""
    if typed == word:
        return True
    start = 0
    while start < min(len(typed), len(word)) and typed[start] == word[start]:
        start += 1
    rest, right = typed[start:], word[start:]
    return (
        rest[1:] == right
        or rest == right[1:]
        or rest[1:] == right[1:]
        or (rest[:2] == right[1::-1] and len(right) > 1 and rest[2:] == right[2:])
    )


def begins_with_slip(typed: str, word: str) -> bool:
    """Whether the word, or a beginning of it, is one slip from what was typed."""
    return any(is_one_slip(typed, word[: len(typed) + change]) for change in (-1, 0, 1))
