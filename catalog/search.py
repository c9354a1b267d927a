"""Finding a medical centre by any part of its name, among hundreds of thousands, while it is being typed.

find_centres(), in the database, answers a keystroke with one statement. Only when it finds nothing, what was typed
is read again with a slip of the finger.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from catalog.models import CentreType, CentreWord, MedicalCentre, Province
from catalog.tables import catalogue
from catalog.words import (
    COMMON,
    NAME_ENDS,
    SHORTEST_WITH_A_SLIP,
    begins_with_slip,
    near_forms,
    words_of,
)

# centre_tokens() keeps no longer ones; it and find_centres() are written in the migrations.
_LONGEST_TOKEN = 12
# More words than any name has, or more readings of a word than are likely, only cost time.
_MOST_WORDS = 8
_MOST_READINGS = 30
_MOST_WORDS_READ = 500
_CENTRES = MedicalCentre._meta.db_table
_FIELDS = [field.attname for field in MedicalCentre._meta.concrete_fields]
_COLUMNS = ", ".join(field.column for field in MedicalCentre._meta.concrete_fields)
_END_OF_NAME = f" {NAME_ENDS}"
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
    search = _Search(words_of(text)[:_MOST_WORDS], province, centre_type, limit, near)
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
    province: int | None
    centre_type: int | None
    limit: int
    near: int | None

    def __post_init__(self) -> None:
        self.beginning = " ".join(self.words)
        self.type_token = [f"T{self.centre_type}"] if self.centre_type else []

    def exact(self) -> list[MedicalCentre]:
        # Beside two telling words those of half the directory are not worth their place in the index condition.
        telling = [word for word in self.words if word not in COMMON and len(word) > 2]
        if len(telling) < 2:
            telling = self.words
        return self._found(
            # The names in order know nothing of types: for a rare type the whole index would be read.
            beginning=None if self.type_token else self.beginning or None,
            tokens=telling,
            parts=[f"%{word}%" for word in self.words if word not in telling],
        )

    def with_slips(self) -> list[MedicalCentre]:
        """A space taken for one put in by mistake; else each word as a part of known ones, or with one slip."""
        filters = [*([f"P{self.province}"] if self.province else []), *self.type_token]
        pairs = range(len(self.words) - 1)
        joined = [[*_tokens(_joined_at(place, self.words)), *filters] for place in pairs]
        if found := joined and self._where(" OR ".join(["{} @> %s::text[]"] * len(joined)), joined):
            return found
        readings = [_tokens(meant) for meant in _readings(self.words)]
        if not readings or not all(readings):
            return []
        each = " AND ".join(["{} @> %s::text[]", *["{} && %s::text[]"] * len(readings)])
        return self._where(each, [filters, *readings])

    def _where(self, condition: str, values: list) -> list[MedicalCentre]:
        return _centres(
            f"SELECT {_COLUMNS} FROM {_CENTRES} WHERE is_active AND ({condition.format(*[_TOKENS] * len(values))})"
            " LIMIT %s",
            [*values, self.limit],
        )

    def _found(self, *, tokens: list[str], parts: Sequence[str] = (), beginning=None) -> list[MedicalCentre]:
        return _centres(
            f"SELECT {_COLUMNS} FROM find_centres(%s, %s::text[], %s::text[], %s, %s, %s)",
            [
                beginning,
                [*_tokens(tokens), *self.type_token],
                list(parts),
                self.province or self.near,
                bool(self.province),
                self.limit,
            ],
        )

    def rank(self, centre: MedicalCentre) -> tuple:
        name = centre.search_key.partition(_END_OF_NAME)[0]
        spaced = f" {name}"
        return (
            not name.startswith(self.beginning),
            # Found in the name before found in the city; a beginning of a word before a part from its middle.
            sum((word not in name) + (f" {word}" not in spaced) for word in self.words),
            centre.province_id != self.near,
            len(name),
            name,
            centre.pk,
        )


def _joined_at(place: int, words: list[str]) -> list[str]:
    return [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]


def _tokens(words: Iterable[str]) -> list[str]:
    return [word[:_LONGEST_TOKEN] for word in words]


def _centres(statement: str, values: list) -> list[MedicalCentre]:
    small = catalogue()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        centres = [MedicalCentre.from_db(None, _FIELDS, row) for row in cursor.fetchall()]
    for centre in centres:
        # What the descriptors do, less their questions: every keystroke passes here.
        kept = centre._state.fields_cache
        kept["province"] = small.get(Province, centre.province_id)
        kept["centre_type"] = small.get(CentreType, centre.centre_type_id)
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


def _readings(words: list[str]) -> list[list[str]]:
    """For each typed word the known words that contain it, else those one slip away, likeliest first."""
    parts = [f"%{word}%" for word in words if len(word) >= 3]
    forms = {form for word in words if len(word) >= SHORTEST_WITH_A_SLIP for form in near_forms(word)}
    with connection.cursor() as cursor:
        # Joined to a list of forms, not compared with all of them: so each is looked up in the index.
        cursor.execute(
            f"""
            SELECT word FROM {CentreWord._meta.db_table} WHERE word LIKE ANY(%s)
            UNION SELECT word FROM unnest(%s::text[]) AS form
            JOIN {CentreWord._meta.db_table} ON forms @> ARRAY[form]
            LIMIT {_MOST_WORDS_READ}
            """,
            [parts, sorted(forms)],
        )
        vocabulary = [word for (word,) in cursor.fetchall()]
    return [_meant_by(typed, vocabulary) for typed in words]


def _meant_by(typed: str, vocabulary: list[str]) -> list[str]:
    if len(typed) < SHORTEST_WITH_A_SLIP:
        # Too short to guess from; as it stands it may still begin or end a word.
        meant = [typed, *(word for word in vocabulary if typed in word)]
    else:
        meant = [word for word in vocabulary if typed in word or begins_with_slip(typed, word)]
        meant.sort(key=lambda word: (typed not in word, abs(len(word) - len(typed)), word))
    return meant[:_MOST_READINGS]
