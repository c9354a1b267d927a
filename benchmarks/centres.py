"""G6: a centre found as it is typed, among 100,000 and 1,000,000, beside a lookup by key and `icontains`.

The directory is invented in a schema of its own, with the portal's own indexes, and dropped afterwards.
"""

import csv
import io
import random
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from django.db import connection

from benchmarks.goals import Row, row
from benchmarks.rounds import ROUNDS, interleaved

SIZES = (100_000, 1_000_000)
# How often a lookup by key may fit into a search.
MUST = {100_000: 2.0, 1_000_000: 4.0}
VARIANTS = 1_000
PAGE = 20
SCHEMA = "bench_centres"
TABLES = ("catalog_medicalcentre", "catalog_centreword")
FIXTURE = Path(__file__).resolve().parent.parent / "catalog" / "fixtures" / "centres.csv"
KINDS = (
    ("بیمارستان", "hospital"),
    ("درمانگاه", "polyclinic"),
    ("آزمایشگاه", "laboratory"),
    ("آزمایشگاه تشخیص پزشکی", "laboratory"),
    ("داروخانهٔ دکتر", "pharmacy"),
    ("داروخانهٔ شبانه‌روزی", "pharmacy"),
    ("دندان‌پزشکی دکتر", "dental"),
    ("مرکز تصویربرداری", "imaging_centre"),
    ("کلینیک تخصصی", "clinic"),
    ("مطب دکتر", "physician_office"),
    ("عینک‌سازی", "optician"),
    ("مرکز فیزیوتراپی", "physiotherapy"),
)
SYLLABLES = "رامینوشابهکادیسوآرمهپوتالیزافرگلهوویابر"


# --- the directory ------------------------------------------------------------------------------


def invented(count: int, chance: random.Random):
    """Names of the fixture's parts and coined surnames, a tenth of them with a number."""
    from catalog.models import CentreType, MedicalCentre, Province

    with FIXTURE.open(encoding="utf-8") as rows:
        fixture = list(csv.DictReader(rows))
    words = sorted({word for row in fixture for word in row["name"].split()[1:]})
    places = sorted({(row["city"], row["province_code"]) for row in fixture})
    syllables = [SYLLABLES[start : start + 2] for start in range(0, len(SYLLABLES), 2)]
    coined = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(20_000)]
    types = {row.code: row for row in CentreType.objects.all()}
    provinces = {row.code: row for row in Province.objects.all()}
    for number in range(1, count + 1):
        kind, centre_type = chance.choice(KINDS)
        city, province = chance.choice(places)
        name = [kind, chance.choice(words), chance.choice(coined if chance.random() < 0.7 else words)]
        if chance.random() < 0.1:
            name.append(f"شمارهٔ {chance.randint(1, 40)}".translate(_PERSIAN))
        centre = MedicalCentre(
            pk=number,
            name=" ".join(name),
            centre_type=types[centre_type],
            province=provinces[province],
            city=city,
        )
        centre.search_key = centre.found_by()
        yield centre


_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@contextmanager
def directory(count: int):
    """A directory of so many centres in the place of the real one, for this connection only."""
    from catalog.models import CentreWord, MedicalCentre

    columns = [field.column for field in MedicalCentre._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table in TABLES:
            cursor.execute(f"CREATE TABLE {SCHEMA}.{table} (LIKE public.{table} INCLUDING DEFAULTS)")
        cursor.execute(f"SET search_path TO {SCHEMA}, public")
        try:
            lines = io.StringIO()
            keys = []
            for centre in invented(count, random.Random(6)):
                keys.append(centre.search_key)
                row = [getattr(centre, field.attname) for field in centre._meta.concrete_fields]
                lines.write("\t".join("\\N" if value is None else str(value) for value in row) + "\n")
            lines.seek(0)
            cursor.copy_expert(f"COPY {TABLES[0]} ({', '.join(columns)}) FROM STDIN", lines)
            _index(cursor)
            CentreWord.learn(keys)
            for table in TABLES:
                cursor.execute(f"VACUUM ANALYZE {table}")
            yield
        finally:
            cursor.execute("SET search_path TO DEFAULT")
            cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def _index(cursor) -> None:
    cursor.execute("SET maintenance_work_mem = '512MB'")
    cursor.execute(
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)", [list(TABLES)]
    )
    for (definition,) in cursor.fetchall():
        cursor.execute(definition.replace(" ON public.", f" ON {SCHEMA}."))


# --- what is typed ------------------------------------------------------------------------------


def typed(name: str, city: str, chance: random.Random) -> str:
    """A name as people type it: parts of it, in any order, with the letters their keyboard has."""
    words = name.split()
    way = chance.random()
    if way < 0.3:
        words = words[: chance.randint(1, len(words))]
    elif way < 0.55:
        chance.shuffle(words)
    elif way < 0.75:
        words = chance.sample(words, 2)
    elif way < 0.9:
        words = [*words, city]
    text = " ".join(words)
    if chance.random() < 0.2 and len(text) > 6:
        text = text[:-1]
    return _spelled(text, chance)


def _spelled(text: str, chance: random.Random) -> str:
    for letter, others in (("ی", "يی"), ("ک", "كک"), ("\u200c", "\u200c "), ("آ", "آا"), ("ۀ", "ۀه")):
        text = text.replace(letter, chance.choice(others))
    text = text.replace("هٔ", chance.choice(("هٔ", "ه", "ۀ")))
    digits = chance.choice(("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "0123456789"))
    return text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", digits))


def variants(count: int) -> list[tuple[int, str]]:
    from catalog.models import MedicalCentre

    chance = random.Random(16)
    wanted = [chance.randint(1, count) for _ in range(VARIANTS)]
    names = {centre.pk: centre for centre in MedicalCentre.objects.filter(pk__in=wanted)}
    return [(pk, typed(names[pk].name, names[pk].city, chance)) for pk in wanted]


# --- the sides ----------------------------------------------------------------------------------


def floor(pk: int, text: str) -> list:
    from catalog.models import MedicalCentre

    return [MedicalCentre.objects.get(pk=pk)]


def peer(pk: int, text: str) -> list:
    from catalog.models import MedicalCentre

    return list(MedicalCentre.objects.filter(name__icontains=text)[:PAGE])


def ours(pk: int, text: str) -> list:
    from catalog.search import find

    return find(text, limit=PAGE)


class Clock:
    """Beside the whole call, the time spent waiting for the database."""

    def __init__(self):
        self.sql, self.whole = [], []
        self._waited = 0.0

    def __call__(self, execute, sql, params, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self._waited += time.perf_counter() - start

    def time(self, side: Callable, pk: int, text: str) -> list:
        self._waited, start = 0.0, time.perf_counter()
        found = side(pk, text)
        self.whole.append((time.perf_counter() - start) * 1000)
        self.sql.append(self._waited * 1000)
        return found


class Side:
    """One way to answer, asked all the queries that are its share."""

    def __init__(self, answer: Callable, queries: list[tuple[int, str]]) -> None:
        self.answer, self.queries = answer, queries

    def __call__(self) -> dict[str, float]:
        clock, missed = Clock(), 0
        with connection.execute_wrapper(clock):
            for pk, text in self.queries:
                found = clock.time(self.answer, pk, text)
                # A full page says that more fit than can be shown: then the words were too few, not the search.
                missed += len(found) < PAGE and pk not in {centre.pk for centre in found}
        return {
            "p50": median(clock.whole),
            "sql p50": median(clock.sql),
            "sql p95": quantiles(clock.sql, n=20)[-1],
            "missed": missed,
        }


def rows(*, sizes: tuple[int, ...] = SIZES, rounds: int = ROUNDS) -> list[Row]:
    return [one for count in sizes for one in _rows(count, rounds)]


def _rows(count: int, rounds: int) -> list[Row]:
    with directory(count):
        queries = variants(count)
        # A twentieth for the peer: it takes its time.
        sides = {
            "floor": Side(floor, queries),
            "peer": Side(peer, queries[::20]),
            "ours": Side(ours, queries),
        }
        found = interleaved(sides, rounds=rounds)
    size = f"{count:,}"
    shared = {"unit": "ms", "voided": found.voided}
    lookup = row(
        "G6",
        f"a centre among {size}, p50 to a lookup",
        found.ratios("ours", "floor", "p50"),
        must=MUST[count],
        best=1.5,
        floor=found.median("floor", "p50"),
        ours=found.median("ours", "p50"),
        note=f"whole calls through the model; SQL alone {found.median('ours', 'sql p50'):.2f} ms",
        **shared,
    )
    slowest = row(
        "G6",
        f"a centre among {size}, p95 to icontains",
        found.ratios("ours", "peer", "sql p95"),
        must=1 / 40,
        best=1 / 100,
        peer=found.median("peer", "sql p95"),
        ours=found.median("ours", "sql p95"),
        note=f"icontains misses {found.median('peer', 'missed') / len(queries[::20]):.0%}",
        **shared,
    )
    missed = row("G6", f"missed of {len(queries):,} among {size}", found.of("ours", "missed"), must=0, best=0)
    return [lookup, slowest, missed]
