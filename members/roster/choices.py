"""Columns with a list behind them: gender, relation, plan, base insurer, province.

A word of the list, or its title in the catalogue, is exact; whatever else is understood carries the alias code.
"""

import re
from collections.abc import Mapping

from members.roster.cells import Reading, Rule, cleaned, single_spaced
from portal.lib.text import latin_digits, match_key

GENDERS = {
    "male": ("مرد", "مذکر", "آقا", "پسر", "m", "male", "آقای", "ذکور", "م"),
    "female": ("زن", "مونث", "خانم", "خانوم", "بانو", "دختر", "f", "female", "اناث", "ز"),
}
_SONS = ("پسر", "فرزند پسر", "فرزند ذکور", "فرزند مذکر", "اولاد ذکور")
_DAUGHTERS = ("دختر", "فرزند دختر", "فرزند اناث", "فرزند مونث", "اولاد اناث")
RELATIONS = {
    "self": (
        "بیمه شده اصلی",
        "بیمه‌شدهٔ اصلی",
        "اصلی",
        "خود",
        "خودش",
        "خود فرد",
        "خود شخص",
        "خود سرپرست",
        "عضو اصلی",
        "فرد اصلی",
        "نفر اصلی",
        "شخص اصلی",
        "کارگر",
        "سرپرست",
        "سرپرست خانوار",
        "سرپرست خانواده",
        "کارمند",
        "پرسنل",
        "همکار",
        "شاغل",
        "بازنشسته",
    ),
    "spouse": ("همسر", "زوجه", "زوج", "زن", "شوهر"),
    "child": ("فرزند", "اولاد", *_SONS, *_DAUGHTERS),
    "father": ("پدر",),
    "mother": ("مادر",),
    "other_dependent": ("سایر افراد تحت تکفل", "تحت تکفل"),
}
BASE_INSURERS = {
    "tamin": ("تامین اجتماعی", "تأمین اجتماعی", "تامین", "ت.ا", "ت.اجتماعی", "ت اجتماعی"),
    "salamat": (
        "بیمه سلامت",
        "بیمهٔ سلامت",
        "سلامت",
        "خدمات درمانی",
        "خ.درمانی",
        "خ درمانی",
        "روستایی",
        "روستاییان",
        "سلامت ایرانیان",
        "سلامت همگانی",
    ),
    "armed_forces": ("نیروهای مسلح", "خدمات درمانی نیروهای مسلح", "ساخد", "ارتش", "سپاه", "ن.م"),
    "other": (
        "سایر",
        "ندارد",
        "فاقد بیمه",
        "فاقد",
        "فاقد بیمه پایه",
        "بدون بیمه پایه",
        "بدون بیمه",
        "هیچکدام",
        "آزاد",
        "وزارت نیرو",
        "بیمه درمان آینده ساز",
        "آینده ساز",
        "نفت",
        "وزارت نفت",
        "کمیته امداد",
    ),
}
_EXACT_RELATIONS = {"بیمه شده اصلی", "بیمه‌شدهٔ اصلی", "همسر", "فرزند", "پدر", "مادر", "سایر افراد تحت تکفل"}
_EXACT_BASE_INSURERS = {
    "تامین اجتماعی",
    "تأمین اجتماعی",
    "بیمه سلامت",
    "بیمهٔ سلامت",
    "نیروهای مسلح",
    "سایر",
}

# What a word for the relation says of the gender.
_IMPLIED_GENDERS = {
    match_key(word): gender
    for gender, words in {
        "male": ("پدر", "زوج", "شوهر", *_SONS),
        "female": ("مادر", "زوجه", "زن", *_DAUGHTERS),
    }.items()
    for word in words
}
# What stands beside a relation and changes nothing: «همسر (زن)», «فرزند ۲», «فرزند دوم», «همسر کارمند».
_REMARK = re.compile(r"[(\[].*?[)\]]")
_COUNTED = re.compile(r"(?:[0-9]+|اول|دوم|سوم|چهارم|پنجم|ششم|هفتم)$")
_WHOSE = re.compile(r"(?<=.)(?:بیمهشده|(?:بیمهشده)?(?:اصلی|کارمند|پرسنل|همکار|شاغل))$")
_NUMBERS = ("یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده")
_ORDINALS = ("اول", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم", "دهم")
_EDGES = "*.:،-–_()«»\"' "


def implied_gender(raw: object) -> str | None:
    if not isinstance(raw, str):
        return None
    return next((_IMPLIED_GENDERS[key] for key in _relation_keys(raw) if key in _IMPLIED_GENDERS), None)


def _relation_keys(text: str) -> list[str]:
    """The word itself, and what is left of it without that which changes nothing."""
    bare = latin_digits(_key(_REMARK.sub("", text)))
    return [_key(text), bare, _COUNTED.sub("", bare), _WHOSE.sub("", bare)]


def _key(text: str) -> str:
    return match_key(text.strip(_EDGES)).strip(_EDGES)


class ChoiceRule(Rule):
    def __init__(
        self,
        choices: Mapping[str, object],
        exact: Mapping[str, object],
        *,
        alias: str,
        missing: str | None,
        unknown: str,
    ):
        """`choices` by any spelling, `exact` by the spellings that need no code."""
        super().__init__()
        self._exact = exact
        self._by_key = {_key(text): choice for text, choice in choices.items()}
        self._alias, self._missing, self._unknown = alias, (missing,) if missing else (), unknown

    def read(self, text: str) -> Reading:
        if text in self._exact:
            return self._exact[text], ()
        key = _key(text)
        if not key:
            return self.empty, self._missing
        choice = self.understood(key, text)
        return (choice, (self._alias,)) if choice else (self.empty, (self._unknown,))

    def understood(self, key: str, text: str):
        return self._by_key.get(key)


class RelationRule(ChoiceRule):
    def understood(self, key: str, text: str):
        return next((self._by_key[one] for one in _relation_keys(text) if one in self._by_key), None)


def gender_rule() -> ChoiceRule:
    words = _by_word(GENDERS)
    return ChoiceRule(
        words,
        {"مرد": "male", "زن": "female"},
        alias="GENDER_ALIAS",
        missing="GENDER_MISSING",
        unknown="GENDER_UNKNOWN",
    )


def relation_rule() -> ChoiceRule:
    words = _by_word(RELATIONS)
    return RelationRule(
        words,
        {word: words[word] for word in _EXACT_RELATIONS},
        alias="RELATION_ALIAS",
        missing="RELATION_MISSING",
        unknown="RELATION_UNKNOWN",
    )


class BaseInsurerRule(ChoiceRule):
    """Optional: an unknown one is left blank."""

    _PREFIX = re.compile("^(?:سازمان)?(?:بیمه)?(?:گر)?")

    def understood(self, key: str, text: str):
        bare = self._PREFIX.sub("", _key(_REMARK.sub("", text)))
        return self._by_key.get(key) or self._by_key.get(bare)


def base_insurer_rule(titles: Mapping[str, str]) -> BaseInsurerRule:
    """`titles`: what the catalogue calls them, code by title."""
    words = _by_word(BASE_INSURERS)
    exact = {word: words[word] for word in _EXACT_BASE_INSURERS} | dict(titles)
    return BaseInsurerRule(
        words | dict(titles),
        exact,
        alias="BASE_INSURER_ALIAS",
        missing=None,
        unknown="BASE_INSURER_UNKNOWN",
    )


class PlanRule(ChoiceRule):
    """The contract's plans, also by their number alone; a contract without plans takes any word."""

    _NUMBER = re.compile(r"^(?:طرح|گروه)?(?:شماره)?\(?([0-9]+)$")
    _IN_WORDS = {
        f"{before}{word}": str(number)
        for words in (_NUMBERS, _ORDINALS)
        for number, word in enumerate(words, start=1)
        for before in ("", "طرح", "طرحشماره")
    }

    def __init__(self, titles: list[str]):
        own = {title: title for title in titles}
        super().__init__(own, own, alias="PLAN_ALIAS", missing="PLAN_MISSING", unknown="PLAN_UNKNOWN")
        numbers = [(match[1], title) for title in titles if (match := self._NUMBER.match(_key(title)))]
        self._by_number = {number: title for number, title in numbers if len(titles) == len(dict(numbers))}

    def read(self, text: str) -> Reading:
        return super().read(text) if self._exact else ("", ())

    def understood(self, key: str, text: str):
        match = self._NUMBER.match(key)
        number = str(int(match[1])) if match else self._IN_WORDS.get(key)
        return self._by_key.get(key) or self._by_number.get(number)


class ProvinceRule(Rule):
    """Optional, without an alias code: «استان» before the name changes nothing."""

    _PREFIX = re.compile("^استان")

    def __init__(self, codes_by_name: Mapping[str, str]):
        super().__init__()
        self._by_key = {
            match_key(word): code for name, code in codes_by_name.items() for word in (name, code)
        }

    def read(self, text: str) -> Reading:
        text, codes = cleaned(text)
        text = single_spaced(text, codes)
        key = match_key(text)
        if not key:
            return "", ()
        code = self._by_key.get(key) or self._by_key.get(self._PREFIX.sub("", key))
        return (code, tuple(codes)) if code else ("", (*codes, "PROVINCE_UNKNOWN"))


def _by_word(choices: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Code by every word for it, the code itself included."""
    return {word: code for code, words in choices.items() for word in (code, *words)}
