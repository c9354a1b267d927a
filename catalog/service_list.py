"""A list of services and the papers each asks for, from a file to the catalogue: dry run first; no HTTP.

What a list leaves out stays as it is: no service is removed, for claims name them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from catalog import tables
from catalog.lists import Refused, Report, Row
from catalog.models import DocumentType, RequiredDocument, Service, ServiceType
from portal.lib.tables import records
from portal.lib.text import latin_digits, match_key

HEADINGS = {
    "service_type": ("نوع خدمت", "service_type"),
    "title": ("خدمت", "عنوان", "نام خدمت", "title"),
    "code": ("کد", "کد خدمت", "code"),
    "hint": ("راهنما", "hint"),
    "required": ("مدارک اجباری", "required"),
    "optional": ("مدارک اختیاری", "optional"),
    "sort": ("ترتیب", "sort"),
    "is_enabled": ("فعال", "is_enabled"),
}
_YES = {match_key(word) for word in ("بله", "بلی", "فعال", "1", "true", "yes")}
_NO = {match_key(word) for word in ("خیر", "غیرفعال", "0", "false", "no")}
_BETWEEN = re.compile(r"[،؛,;]")
_CODE = re.compile(r"[a-z0-9_-]{1,60}")


@dataclass
class Wanted:
    """One row: the service with its new values, and its papers where the row names any."""

    service: Service
    papers: dict[int, bool] | None
    is_new: bool
    is_changed: bool


def rows_of_file(content: bytes) -> Iterator[Row]:
    """archives.Unfit says why there are none."""
    return records(content, columns=HEADINGS, needed=("service_type", "title"))


@transaction.atomic
def import_rows(rows: Iterable[Row], *, commit: bool = False) -> Report:
    """Judges every row; with `commit` writes the new and the changed ones at once."""
    report, read = Report(), _Reader()
    wanted: dict[str, Wanted] = {}
    for number, row in rows:
        try:
            one = read.service(row)
            if one.service.code in wanted:
                raise Refused("این خدمت در سطر دیگری از همین فایل آمده است؛ یکی از آن دو را بردارید.")
        except Refused as refused:
            report.refuse(number, refused)
        else:
            wanted[one.service.code] = one
            report.counts["new" if one.is_new else "changed" if one.is_changed else "same"] += 1
    if commit:
        _write([one for one in wanted.values() if one.is_new or one.is_changed])
        transaction.on_commit(tables.forget)
    return report


def _write(wanted: list[Wanted]) -> None:
    for one in wanted:
        one.service.save()
        if one.papers is None:
            continue
        rules = RequiredDocument.objects.filter(contract=None, service=one.service)
        rules.exclude(document_type__in=one.papers).delete()
        for sort, (paper, is_required) in enumerate(one.papers.items(), 1):
            RequiredDocument.objects.update_or_create(
                contract=None,
                service_type=one.service.service_type,
                service=one.service,
                document_type_id=paper,
                defaults={"is_required": is_required, "sort": sort},
            )


class _Reader:
    """Turns a row into what it wants; types and papers may be given by code or by title."""

    def __init__(self) -> None:
        self._types = _named(ServiceType)
        self._papers = _named(DocumentType)
        services = Service.objects.select_related("service_type")
        self._by_code = {row.code: row for row in services}
        self._by_title = {(row.service_type_id, match_key(row.title)): row for row in services}
        self._rules: dict[int, dict[int, bool]] = {}
        rules = RequiredDocument.objects.filter(contract=None).exclude(service=None).order_by("sort", "pk")
        for service, paper, is_required in rules.values_list("service", "document_type", "is_required"):
            self._rules.setdefault(service, {})[paper] = is_required

    def service(self, row: dict[str, str]) -> Wanted:
        service_type = self._types.get(match_key(row.get("service_type", "")))
        title, code = row.get("title", ""), row.get("code", "").lower()
        if service_type is None:
            raise Refused("نوع خدمت را همان‌گونه که در کاتالوگ است بنویسید، مانند «ویزیت».")
        if not 2 <= len(title) <= 150:
            raise Refused("نام خدمت را بنویسید؛ دست‌کم ۲ و حداکثر ۱۵۰ حرف.")
        if code and not _CODE.fullmatch(code):
            raise Refused("کد را با حرف و رقم لاتین بنویسید، مانند visit_gp؛ یا خالی بگذارید.")
        known = self._by_code.get(code) if code else self._by_title.get((service_type.pk, match_key(title)))
        if known and known.service_type_id != service_type.pk:
            raise Refused(f"این کد از آنِ خدمتی زیر «{known.service_type}» است؛ نوع خدمت یا کد را درست کنید.")
        service = known or Service(code=code or _code_of(service_type, title), service_type=service_type)
        is_changed = self._set(service, title, row)
        papers = self._papers_of(row)
        is_changed |= papers is not None and papers != self._rules.get(service.pk, {})
        return Wanted(service, papers, is_new=known is None, is_changed=is_changed)

    def _set(self, service: Service, title: str, row: dict[str, str]) -> bool:
        """Whether something is new; an empty cell leaves what stands there."""
        values = {"title": title}
        if hint := row.get("hint"):
            if len(hint) > 300:
                raise Refused("راهنما را کوتاه‌تر بنویسید؛ حداکثر ۳۰۰ حرف.")
            values["hint"] = hint
        if sort := latin_digits(row.get("sort", "")):
            if not (sort.isascii() and sort.isdigit() and int(sort[:6]) <= 32_767):
                raise Refused("ترتیب را با رقم بنویسید، مانند ۳.")
            values["sort"] = int(sort)
        if word := match_key(latin_digits(row.get("is_enabled", ""))):
            if word not in _YES | _NO:
                raise Refused("در ستون «فعال» «بله» یا «خیر» بنویسید.")
            values["is_enabled"] = word in _YES
        before = {name: getattr(service, name) for name in values}
        for name, value in values.items():
            setattr(service, name, value)
        return values != before

    def _papers_of(self, row: dict[str, str]) -> dict[int, bool] | None:
        if not row.get("required") and not row.get("optional"):
            return None
        papers: dict[int, bool] = {}
        for column, is_required in (("required", True), ("optional", False)):
            for name in filter(None, map(str.strip, _BETWEEN.split(row.get(column, "")))):
                paper = self._papers.get(match_key(name))
                if paper is None:
                    raise Refused(f"مدرک «{name[:60]}» در «نوع‌های مدرک» نیست؛ عنوان یا کد آن را بنویسید.")
                papers.setdefault(paper.pk, is_required)
        return papers


def _named(model) -> dict:
    """By code and title; remarks in brackets may be left out."""
    rows = list(model.objects.all())
    short = {match_key(row.title.partition(" (")[0]): row for row in rows}
    return short | {match_key(name): row for row in rows for name in (row.title, row.code)}


def _code_of(service_type: ServiceType, title: str) -> str:
    """One and the same for one service, so that a list without codes can be brought in again."""
    return f"{service_type.code[:40]}-{hashlib.sha256(match_key(title).encode()).hexdigest()[:12]}"
