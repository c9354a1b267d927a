"""A list of medical centres, from a file to the directory: dry run first, safe to bring in twice; no HTTP."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from python_calamine import CalamineError, CalamineWorkbook

from catalog.models import CentreType, CentreWord, MedicalCentre, Province
from portal.lib.text import match_key, stored

HEADINGS = {
    "source_id": ("source_id", "شناسه", "شناسهٔ مبدأ"),
    "name": ("name", "نام", "نام مرکز", "نام مرکز درمانی"),
    "centre_type": ("centre_type", "نوع", "نوع مرکز"),
    "ownership": ("ownership", "مالکیت"),
    "province": ("province_code", "province", "استان", "کد استان"),
    "city": ("city", "شهر"),
    "address": ("address", "نشانی", "آدرس"),
}
_FIELDS = ("name", "centre_type_id", "ownership", "province_id", "city", "address", "search_key")
_BATCH = 2000


class UnreadableList(Exception):
    """The file as a whole cannot be read; carries the sentence for whoever brought it."""


@dataclass
class Report:
    counts: Counter = field(
        default_factory=lambda: Counter({"new": 0, "changed": 0, "same": 0, "refused": 0})
    )
    # Row of the file, as a spreadsheet counts, and why it was left out.
    refused: list[tuple[int, str]] = field(default_factory=list)


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV or Excel file under the headings of its first row."""
    if path.suffix.lower() in (".xlsx", ".xls"):
        try:
            rows = iter(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
        except CalamineError as error:
            raise UnreadableList("این فایل اکسل باز نمی‌شود؛ آن را دوباره ذخیره کنید و بفرستید.") from error
        headings = [str(cell) for cell in next(rows, [])]
        yield from (dict(zip(headings, map(_cell, row), strict=False)) for row in rows)
        return
    yield from rows_of_csv(path.read_bytes())


def rows_of_csv(content: bytes) -> Iterator[dict[str, str]]:
    try:
        lines = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableList("فایل را با رمزگذاری UTF-8 ذخیره کنید و دوباره بفرستید.") from error
    try:
        yield from csv.DictReader(io.StringIO(lines, newline=""))
    except csv.Error as error:
        raise UnreadableList("این فایل CSV خوانده نمی‌شود؛ آن را دوباره ذخیره کنید و بفرستید.") from error


def _cell(value: object) -> str:
    # A workbook has no whole numbers.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def import_rows(rows: Iterable[dict[str, str]], *, commit: bool = False) -> Report:
    """Judges every row; with `commit` writes the new and the changed ones at once."""
    report = Report()
    with transaction.atomic():
        centres = _readable(rows, report)
        known = {
            centre.source_id: centre
            for some in _batches(list(centres))
            for centre in MedicalCentre.objects.filter(source_id__in=some)
        }
        new, changed = [], []
        for source_id, centre in centres.items():
            old = known.get(source_id)
            if old is None:
                new.append(centre)
            elif any(getattr(old, name) != getattr(centre, name) for name in _FIELDS):
                centre.pk = old.pk
                changed.append(centre)
        report.counts["new"], report.counts["changed"] = len(new), len(changed)
        report.counts["same"] = len(centres) - len(new) - len(changed)
        if commit:
            _write(new, changed)
    return report


def _batches(source_ids: list[str]) -> Iterator[list[str]]:
    return (source_ids[start : start + _BATCH] for start in range(0, len(source_ids), _BATCH))


def _write(new: list[MedicalCentre], changed: list[MedicalCentre]) -> None:
    MedicalCentre.objects.bulk_create(new, batch_size=_BATCH)
    MedicalCentre.objects.bulk_update(changed, _FIELDS, batch_size=_BATCH)
    CentreWord.learn(centre.search_key for centre in (*new, *changed))


def _readable(rows: Iterable[dict[str, str]], report: Report) -> dict[str, MedicalCentre]:
    """What each row says, by its identity; rows that say too little are noted in the report."""
    read = _Reader()
    centres: dict[str, MedicalCentre] = {}
    for number, row in enumerate(rows, 2):
        try:
            centre = read.centre(row)
            if centre.source_id in centres:
                raise _Refused("این مرکز در سطر دیگری از همین فایل آمده است؛ یکی از آن دو را بردارید.")
        except _Refused as refused:
            report.counts["refused"] += 1
            report.refused.append((number, str(refused)))
        else:
            centres[centre.source_id] = centre
    return centres


class _Refused(Exception):
    pass


class _Reader:
    """Turns a row into an unsaved centre; types and provinces may be given by code or by name."""

    def __init__(self) -> None:
        self._types = {
            match_key(name): row for row in CentreType.objects.all() for name in (row.code, row.title)
        }
        self._provinces = {
            match_key(name): row for row in Province.objects.all() for name in (row.code, row.name, row.title)
        }
        self._headings = {match_key(name): key for key, names in HEADINGS.items() for name in names}
        self._owners = {
            match_key(name): value
            for value, title in MedicalCentre.Ownership.choices
            for name in (value, title)
        }

    def centre(self, row: dict[str, str]) -> MedicalCentre:
        cells = {
            key: stored(value)
            for heading, value in row.items()
            if heading
            and isinstance(value, str)
            and value
            and (key := self._headings.get(match_key(heading)))
        }
        name, city = cells.get("name", ""), cells.get("city", "")
        centre_type = self._types.get(match_key(cells.get("centre_type", "")))
        province = self._provinces.get(match_key(cells.get("province", "")))
        if not 2 <= len(name) <= 200:
            raise _Refused("نام مرکز را بنویسید؛ دست‌کم ۲ و حداکثر ۲۰۰ حرف.")
        if centre_type is None:
            raise _Refused("نوع مرکز را یکی از نوع‌های کاتالوگ بنویسید، مانند «داروخانه».")
        if province is None:
            raise _Refused("استان را با نام یا کد آن بنویسید، مانند «فارس».")
        if len(city) > 60:
            raise _Refused("نام شهر را کوتاه‌تر بنویسید؛ حداکثر ۶۰ حرف.")
        source_id = cells.get("source_id", "")
        if len(source_id) > 40:
            raise _Refused("شناسه را کوتاه‌تر کنید؛ حداکثر ۴۰ نویسه.")
        centre = MedicalCentre(
            source_id=source_id or _identity(name, centre_type.code, province.code, city),
            name=name,
            centre_type=centre_type,
            ownership=self._owners.get(match_key(cells.get("ownership", "")), ""),
            province=province,
            city=city,
            address=cells.get("address", "")[:400],
        )
        centre.search_key = centre.found_by()
        return centre


def _identity(*parts: str) -> str:
    """One and the same for one centre, so that a list without identifiers can be brought in again."""
    return f"list-{hashlib.sha256('|'.join(map(match_key, parts)).encode()).hexdigest()[:24]}"
