"""A list of medical centres, from a file to the directory: dry run first, safe to bring in twice; no HTTP."""

import hashlib
from collections.abc import Iterable, Iterator

from django.db import transaction

from catalog.lists import Refused, Report, Row
from catalog.models import CentreType, CentreWord, MedicalCentre, Province
from portal.lib.tables import records
from portal.lib.text import match_key

HEADINGS = {
    "source_id": ("شناسه", "شناسهٔ مبدأ", "source_id"),
    "name": ("نام", "نام مرکز", "نام مرکز درمانی", "name"),
    "centre_type": ("نوع مرکز", "نوع", "centre_type"),
    "ownership": ("مالکیت", "ownership"),
    "province": ("استان", "کد استان", "province_code", "province"),
    "city": ("شهر", "city"),
    "address": ("نشانی", "آدرس", "address"),
}
_FIELDS = ("name", "centre_type_id", "ownership", "province_id", "city", "address", "search_key")
_BATCH = 2000


def rows_of_file(content: bytes) -> Iterator[Row]:
    """archives.Unfit says why there are none."""
    return records(content, columns=HEADINGS, needed=("name", "centre_type", "province"))


def import_rows(rows: Iterable[Row], *, commit: bool = False) -> Report:
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


def _readable(rows: Iterable[Row], report: Report) -> dict[str, MedicalCentre]:
    """What each row says, by its identity; rows that say too little are noted in the report."""
    read = _Reader()
    centres: dict[str, MedicalCentre] = {}
    for number, row in rows:
        try:
            centre = read.centre(row)
            if centre.source_id in centres:
                raise Refused("این مرکز در سطر دیگری از همین فایل آمده است؛ یکی از آن دو را بردارید.")
        except Refused as refused:
            report.refuse(number, refused)
        else:
            centres[centre.source_id] = centre
    return centres


class _Reader:
    """Turns a row into an unsaved centre; types and provinces may be given by code or by name."""

    def __init__(self) -> None:
        self._types = {
            match_key(name): row for row in CentreType.objects.all() for name in (row.code, row.title)
        }
        self._provinces = {
            match_key(name): row for row in Province.objects.all() for name in (row.code, row.name, row.title)
        }
        self._owners = {
            match_key(name): value
            for value, title in MedicalCentre.Ownership.choices
            for name in (value, title)
        }

    def centre(self, cells: dict[str, str]) -> MedicalCentre:
        name, city = cells.get("name", ""), cells.get("city", "")
        centre_type = self._types.get(match_key(cells.get("centre_type", "")))
        province = self._provinces.get(match_key(cells.get("province", "")))
        if not 2 <= len(name) <= 200:
            raise Refused("نام مرکز را بنویسید؛ دست‌کم ۲ و حداکثر ۲۰۰ حرف.")
        if centre_type is None:
            raise Refused("نوع مرکز را یکی از نوع‌های کاتالوگ بنویسید، مانند «داروخانه».")
        if province is None:
            raise Refused("استان را با نام یا کد آن بنویسید، مانند «فارس».")
        if len(city) > 60:
            raise Refused("نام شهر را کوتاه‌تر بنویسید؛ حداکثر ۶۰ حرف.")
        source_id = cells.get("source_id", "")
        if len(source_id) > 40:
            raise Refused("شناسه را کوتاه‌تر کنید؛ حداکثر ۴۰ نویسه.")
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
