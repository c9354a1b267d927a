"""Finding a medical centre by any part of its name, among hundreds of thousands, while it is being typed.

One statement, whose parts PostgreSQL begins only as far as the answer needs them: names that begin so, from one
index, then all words in any order, from another. Only when both find nothing is a slip of the finger looked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from catalog.models import CentreType, CentreWord, MedicalCentre, Province
from catalog.tables import catalogue
from catalog.words import (
    NAME_ENDS,
    SHORTEST_WITH_A_SLIP,
    begins_with_slip,
    near_forms,
    words_of,
)

# centre_tokens() keeps no longer ones; see the first migration.
_LONGEST_TOKEN = 12
_LAST_LETTER = chr(0x10FFFF)
# More words than any name has, or more readings of a word than are likely, only cost time.
_MOST_WORDS = 8
_MOST_READINGS = 30
_FIELDS = [field.attname for field in MedicalCentre._meta.concrete_fields]
_COLUMNS = ", ".join(field.column for field in MedicalCentre._meta.concrete_fields)
_TOKENS = "centre_tokens(search_key, province_id, centre_type_id)"


def find(
    text: str,
    *,
    province: int | None = None,
    centre_type: int | None = None,
    limit: int = 20,
    recent: Sequence[int] = (),
    near: int | None = None,
) -> list[MedicalCentre]:
    """The centres that match best, those used lately first, then those in the province `near` the member.

    Without any words or filter only the recent ones. Each carries its type and province.
    """
    words = words_of(text)[:_MOST_WORDS]
    search = _Search(
        words=words,
        beginning=" ".join(words),
        province=province,
        centre_type=centre_type,
        limit=limit,
        near=near,
    )
    used = _used_lately(search, recent)
    if not (search.words or province or centre_type):
        return used[:limit]
    found = search.exact() or search.with_slips()
    known = {centre.pk for centre in used}
    ranked = sorted((centre for centre in found if centre.pk not in known), key=search.rank)
    return [*used, *ranked][:limit]


@dataclass
class _Search:
    words: list[str]
    beginning: str
    province: int | None
    centre_type: int | None
    limit: int
    near: int | None
    filters: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.filters = [f"P{self.province}"] if self.province else []
        self.filters += [f"T{self.centre_type}"] if self.centre_type else []

    def exact(self) -> list[MedicalCentre]:
        tokens = [*(word[:_LONGEST_TOKEN] for word in self.words), *self.filters]
        begins = "search_key >= %s AND search_key < %s"
        bounds = [self.beginning, self.beginning + _LAST_LETTER]
        within = f"{_TOKENS} @> %s::text[]"
        rest = f"{within} AND NOT ({begins})"
        if not self.words or self.centre_type:
            # The names in order know nothing of types: a rare type would have the whole index read.
            return self._first((within, [tokens]))
        if self.province:
            here = f"province_id = %s AND {begins}"
            return self._first((here, [self.province, *bounds]), (rest, [tokens, *bounds]))
        if self.near:
            return self._first(
                (f"province_id = %s AND {begins}", [self.near, *bounds]),
                (f"province_id <> %s AND {begins}", [self.near, *bounds]),
                (rest, [[*tokens, f"P{self.near}"], *bounds]),
                (f"province_id <> %s AND {rest}", [self.near, tokens, *bounds]),
            )
        return self._first((begins, bounds), (rest, [tokens, *bounds]))

    def with_slips(self) -> list[MedicalCentre]:
        """Read each word as parts of known words, and with one slip; or a space as put in by mistake."""
        words = self.words
        for place in range(len(words) - 1):
            joined = [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]
            tokens = [word[:_LONGEST_TOKEN] for word in joined]
            if found := self._first((f"{_TOKENS} @> %s::text[]", [[*tokens, *self.filters]])):
                return found
        readings = _readings(words)
        if not words or not all(readings.values()):
            return []
        meant = [[word[:_LONGEST_TOKEN] for word in readings[typed]] for typed in words]
        parts = [f"{_TOKENS} && %s::text[]"] * len(meant)
        if self.filters:
            parts.append(f"{_TOKENS} @> %s::text[]")
            meant.append(self.filters)
        return self._first((" AND ".join(parts), meant))

    def _first(self, *parts: tuple[str, list]) -> list[MedicalCentre]:
        """The first rows of all parts, one after the other; later ones are not begun once there are enough."""
        one = f"(SELECT {_COLUMNS} FROM {MedicalCentre._meta.db_table} WHERE is_active AND {{}} LIMIT {{}})"
        union = " UNION ALL ".join(one.format(condition, int(self.limit)) for condition, _ in parts)
        values = [value for _, part in parts for value in part]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({union}) AS found LIMIT {int(self.limit)}", values)
            return _centres(cursor.fetchall())

    def rank(self, centre: MedicalCentre) -> tuple:
        name = centre.search_key.partition(f" {NAME_ENDS}")[0]
        words = name.split()
        return (
            not name.startswith(self.beginning),
            # Found in the name before found in the city; a beginning of a word before a part from its middle.
            sum(word not in name for word in self.words),
            sum(not any(own.startswith(word) for own in words) for word in self.words),
            centre.province_id != self.near,
            len(name),
            name,
            centre.pk,
        )


def _centres(rows: Iterable[tuple]) -> list[MedicalCentre]:
    small = catalogue()
    centres = []
    for row in rows:
        centre = MedicalCentre.from_db(None, _FIELDS, row)
        centre.province = small.get(Province, centre.province_id)
        centre.centre_type = small.get(CentreType, centre.centre_type_id)
        centres.append(centre)
    return centres


def _used_lately(search: _Search, recent: Sequence[int]) -> list[MedicalCentre]:
    """Those of the recent centres that fit what is typed, in the order given."""
    if not recent:
        return []
    fitting = {
        centre.pk: centre
        for centre in MedicalCentre.objects.filter(pk__in=recent, is_active=True).select_related(
            "province", "centre_type"
        )
        if all(word in centre.search_key for word in search.words)
        and search.province in (None, centre.province_id)
        and search.centre_type in (None, centre.centre_type_id)
    }
    return [fitting[pk] for pk in dict.fromkeys(recent) if pk in fitting]


def _readings(words: list[str]) -> dict[str, list[str]]:
    """For each typed word the known words that contain it, else those one slip away, likeliest first."""
    parts = [word for word in words if len(word) >= 3]
    forms = {form for word in words if len(word) >= SHORTEST_WITH_A_SLIP for form in near_forms(word)}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word FROM {CentreWord._meta.db_table} WHERE word LIKE ANY(%s) OR forms && %s::text[]"
            " ORDER BY length(word) LIMIT 1000",
            [[f"%{word}%" for word in parts], sorted(forms)],
        )
        vocabulary = [word for (word,) in cursor.fetchall()]
    return {typed: _meant_by(typed, vocabulary) for typed in words}


def _meant_by(typed: str, vocabulary: list[str]) -> list[str]:
    if len(typed) < SHORTEST_WITH_A_SLIP:
        # Too short to guess from; as it stands it may still begin or end a word.
        return [typed, *(word for word in vocabulary if typed in word)][:_MOST_READINGS]
    meant = [word for word in vocabulary if typed in word or begins_with_slip(typed, word)]
    return sorted(meant, key=lambda word: (typed not in word, abs(len(word) - len(typed))))[:_MOST_READINGS]
