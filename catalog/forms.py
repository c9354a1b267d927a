"""What is asked of the directory of centres."""

import re
from functools import cached_property

from django import forms

from catalog.models import CentreType, MedicalCentre, Province
from catalog.search import find
from catalog.tables import catalogue
from catalog.words import words_of
from portal.lib.fields import PersianTextField
from portal.lib.forms import PersianForm
from portal.lib.text import persian_digits

SHOWN = 20
_MOST_RECENT = 10
_CLAIM = re.compile(r"[A-Za-z0-9_-]{22}")
_NUMBERS = re.compile(r"[0-9]{1,15}")


class CentreSearchForm(PersianForm):
    """Bound to the query; `claim` and `recent` are marks for the way back, and judged as such."""

    use_required_attribute = False

    q = PersianTextField(
        label="نام مرکز",
        required=False,
        help_text="بخشی از نام را بنویسید؛ نام شهر هم کمک می‌کند.",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    province = forms.ChoiceField(
        label="استان", required=False, choices=lambda: _titles(Province, "همهٔ استان‌ها")
    )
    centre_type = forms.ChoiceField(
        label="نوع مرکز", required=False, choices=lambda: _titles(CentreType, "همهٔ نوع‌ها")
    )

    @property
    def claim(self) -> str:
        """The public code of the draft that looks for a centre, or nothing."""
        code = self.data.get("for", "")
        return code if _CLAIM.fullmatch(code) else ""

    @cached_property
    def is_asked(self) -> bool:
        """Whether there is enough to look for: two letters, or a filter."""
        given = self.cleaned_data
        letters = sum(map(len, words_of(given.get("q", ""))))
        return self.is_valid() and (letters > 1 or bool(given["province"] or given["centre_type"]))

    @cached_property
    def _found(self) -> list[MedicalCentre]:
        if not self.is_valid():
            return []
        given = self.cleaned_data
        return find(
            given["q"] if self.is_asked else "",
            province=_pk(Province, given["province"]),
            centre_type=_pk(CentreType, given["centre_type"]),
            limit=SHOWN + 1,
            recent=self._recent,
            near=_pk(Province, self.data.get("near", "")),
        )

    @property
    def _recent(self) -> list[int]:
        numbers = self.data.get("recent", "")[:200].split(",")[:_MOST_RECENT]
        return [int(number) for number in numbers if _NUMBERS.fullmatch(number)]

    @property
    def centres(self) -> list[MedicalCentre]:
        return self._found[:SHOWN]

    @property
    def has_more(self) -> bool:
        return len(self._found) > SHOWN

    @property
    def outcome(self) -> str:
        """One sentence for the eye and for a screen reader."""
        if not self.is_valid():
            return "آنچه نوشته‌اید کوتاه‌تر کنید یا فیلترها را پاک کنید."
        if not self.is_asked:
            return (
                "مراکزی که پیش‌تر انتخاب کرده‌اید" if self.centres else "دست‌کم دو حرف از نام مرکز را بنویسید."
            )
        if not self.centres:
            return "مرکزی با این نام پیدا نشد."
        if self.has_more:
            shown = persian_digits(SHOWN)
            return f"{shown} مرکز نخست نشان داده شده است؛ برای دیدن بقیه، بخش بیشتری از نام را بنویسید."
        return f"{persian_digits(len(self.centres))} مرکز پیدا شد."


def _titles(model, everything: str) -> list[tuple[str, str]]:
    return [("", everything), *((row.code, row.title) for row in catalogue().all(model))]


def _pk(model, code: str) -> int | None:
    row = catalogue().coded(model, code) if code else None
    return row.pk if row else None
