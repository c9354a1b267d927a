"""The small tables of the catalogue, read once by each process and again when the database says they changed.

What it answers with is shared by all requests: read it, never change it. Contracts and centres are not small.
"""

import threading
import time
from collections import defaultdict
from typing import TypeVar

from django.db import models

from catalog.models import (
    BaseInsurer,
    CatalogueVersion,
    CentreType,
    DocumentType,
    MembershipType,
    Province,
    Reason,
    RequiredDocument,
    Service,
    ServiceType,
)

# How long a change made elsewhere may stay unseen.
CHECK_SECONDS = 3.0

Row = TypeVar("Row", bound=models.Model)


class Catalogue:
    """All rows of the small tables at one moment, in catalogue order, with their foreign keys filled."""

    def __init__(self) -> None:
        # First the version: what changes while the tables are read is then read again.
        self.version = _version()
        self._rows: dict[type[models.Model], dict[int, models.Model]] = {}
        for model in (CentreType, BaseInsurer, MembershipType, ServiceType, DocumentType):
            self._read(model.objects.all())
        self._read(Province.objects.select_related("branch"))
        self._read(Service.objects.order_by("sort", "pk"), service_type=ServiceType)
        self._read(Reason.objects.all(), document_type=DocumentType)
        self._read(
            RequiredDocument.objects.all(),
            service_type=ServiceType,
            service=Service,
            document_type=DocumentType,
        )
        self._services = defaultdict(list)
        for service in self.all(Service):
            if service.is_enabled:
                self._services[service.service_type_id].append(service)
        self._rules = defaultdict(list)
        for rule in self.all(RequiredDocument):
            self._rules[rule.contract_id, rule.service_type_id, rule.service_id].append(rule)

    def _read(self, rows: models.QuerySet, **linked: type[models.Model]) -> None:
        table = self._rows[rows.model] = {row.pk: row for row in rows}
        for row in table.values():
            for name, model in linked.items():
                if (pk := getattr(row, f"{name}_id")) is not None:
                    setattr(row, name, self._rows[model][pk])

    def all(self, model: type[Row]) -> list[Row]:
        return list(self._rows[model].values())

    def get(self, model: type[Row], pk: int | str | None) -> Row | None:
        """The row with this key, which may have been typed; nothing when there is none."""
        try:
            return self._rows[model].get(int(pk))
        except (TypeError, ValueError):
            return None

    def coded(self, model: type[Row], code: str) -> Row | None:
        return next((row for row in self._rows[model].values() if row.code == code), None)

    @property
    def service_types(self) -> list[ServiceType]:
        """Those on offer, in the order of the guide."""
        return [row for row in self.all(ServiceType) if row.is_enabled]

    def services_of(self, service_type_id: int | None) -> list[Service]:
        """Those on offer under a type."""
        return self._services.get(service_type_id, [])

    def reasons(self, kind: str) -> list[Reason]:
        return [row for row in self.all(Reason) if row.kind == kind and row.is_active]

    def rules(
        self, contract_id: int | None, service_type_id: int, service_id: int | None
    ) -> list[RequiredDocument]:
        return self._rules.get((contract_id, service_type_id, service_id), [])


def catalogue() -> Catalogue:
    """The catalogue of now, or of a few seconds ago."""
    if _kept.rows is None or (time.monotonic() >= _kept.check_at and _has_changed()):
        _kept.rows = Catalogue()
        _kept.check_at = time.monotonic() + CHECK_SECONDS
    return _kept.rows


def forget() -> None:
    """Makes this process read the tables again: after a change of its own, and between tests."""
    _kept.rows = None


class _Kept:
    rows: Catalogue | None = None
    check_at = 0.0
    lock = threading.Lock()


_kept = _Kept()


def _has_changed() -> bool:
    # One thread asks; the others go on with what there is.
    if not _kept.lock.acquire(blocking=False):
        return False
    try:
        _kept.check_at = time.monotonic() + CHECK_SECONDS
        return _kept.rows is None or _kept.rows.version != _version()
    finally:
        _kept.lock.release()


def _version() -> int | None:
    return CatalogueVersion.objects.values_list("number", flat=True).first()
