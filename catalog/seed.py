"""The catalogue the portal is shipped with, brought into the database. What staff have changed stays theirs."""

import json
from pathlib import Path

from django.db import models, transaction

from catalog.centre_list import import_rows, rows_of_file
from catalog.models import (
    BaseInsurer,
    Branch,
    CentreType,
    DocumentType,
    MedicalCentre,
    MembershipType,
    Province,
    Reason,
    RequiredDocument,
    Service,
    ServiceType,
)

_FOLDER = Path(__file__).parent / "fixtures"


@transaction.atomic
def load(*, refresh: bool = False) -> dict[str, int]:
    """Adds what is missing and counts it by table; `refresh` also sets shipped texts and orders back."""
    lists = _shipped("lists.json")
    counts = {
        "centre_types": _upsert(CentreType, lists["centre_types"], refresh=refresh),
        "base_insurers": _upsert(BaseInsurer, lists["base_insurers"], refresh=refresh),
        "membership_types": _upsert(MembershipType, lists["membership_types"], refresh=refresh),
        "provinces": _upsert(Province, lists["provinces"], refresh=refresh),
        "document_types": _upsert(DocumentType, _shipped("documents.json"), refresh=refresh),
    }
    counts["branches"] = _branches()
    counts |= _services(_shipped("services.json"), refresh=refresh)
    counts["reasons"] = _reasons(_shipped("reasons.json"), refresh=refresh)
    counts["centres"] = _first_centres()
    return counts


def _first_centres() -> int:
    """Something to find in an empty directory; the operator's own list comes by import_centres."""
    if MedicalCentre.objects.exists():
        return 0
    rows = rows_of_file((_FOLDER / "centres.csv").read_bytes())
    return import_rows(rows, commit=True).counts["new"]


def _shipped(name: str):
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))


# What staff set by hand, and a refresh leaves alone.
_STAFF_SETS = {"is_enabled", "usual_from_amount", "usual_to_amount"}


def _upsert(model: type[models.Model], shipped: list[dict], *, refresh: bool) -> int:
    """Adds rows whose code is not there yet; returns how many."""
    known = {row.code: row for row in model.objects.all()}
    missing = [values for values in shipped if values["code"] not in known]
    model.objects.bulk_create(model(**values) for values in missing)
    if refresh:
        _set_back(model, [values for values in shipped if values["code"] in known], known)
    return len(missing)


def _set_back(model: type[models.Model], shipped: list[dict], known: dict) -> None:
    changed = []
    for values in shipped:
        row = known[values["code"]]
        texts = {name: value for name, value in values.items() if name not in _STAFF_SETS}
        if any(getattr(row, name) != value for name, value in texts.items()):
            for name, value in texts.items():
                setattr(row, name, value)
            changed.append(row)
    names = {name for values in shipped for name in values} - {"code"} - _STAFF_SETS
    if changed:
        model.objects.bulk_update(changed, sorted(names))


def _branches() -> int:
    """Every province without a branch gets one in its capital: originals must always have somewhere to go."""
    provinces = list(Province.objects.filter(branch=None))
    branches = Branch.objects.bulk_create(
        Branch(name=f"شعبهٔ {province.capital or province.name}") for province in provinces
    )
    for province, branch in zip(provinces, branches, strict=True):
        province.branch = branch
    Province.objects.bulk_update(provinces, ["branch"])
    return len(branches)


def _services(shipped: list[dict], *, refresh: bool) -> dict[str, int]:
    have = set(ServiceType.objects.values_list("code", flat=True))
    plain = [{**values} for values in shipped]
    asked = {values["code"]: (values.pop("required"), values.pop("optional")) for values in plain}
    inner = {values["code"]: values.pop("services") for values in plain}
    types = _upsert(ServiceType, plain, refresh=refresh)
    by_code = {row.code: row for row in ServiceType.objects.all()}
    known = set(Service.objects.values_list("code", flat=True))
    rows, rules = [], []
    for type_code, services in inner.items():
        # Rules of a type that is already here belong to staff, with what they removed.
        if type_code not in have:
            rules += [(by_code[type_code], None, *asked[type_code])]
        for values in services:
            texts = {name: value for name, value in values.items() if name not in ("required", "optional")}
            rows.append({**texts, "service_type": by_code[type_code]})
            if "required" in values and values["code"] not in known:
                rules.append((by_code[type_code], values["code"], values["required"], values["optional"]))
    services = _upsert(Service, rows, refresh=refresh)
    return {"service_types": types, "services": services, "required_documents": _rules(rules)}


def _rules(rules: list[tuple]) -> int:
    documents = {row.code: row for row in DocumentType.objects.all()}
    services = {row.code: row for row in Service.objects.all()}
    rows = [
        RequiredDocument(
            service_type=service_type,
            service=services.get(service_code),
            document_type=documents[code],
            is_required=is_required,
            sort=documents[code].sort,
        )
        for service_type, service_code, required, optional in rules
        for is_required, codes in ((True, required), (False, optional))
        for code in codes
    ]
    return len(RequiredDocument.objects.bulk_create(rows))


def _reasons(shipped: list[dict], *, refresh: bool) -> int:
    documents = {row.code: row for row in DocumentType.objects.all()}
    rows = [
        {**values, "document_type": documents.get(values.get("document_type"))}
        if values["kind"] == Reason.Kind.DEFICIENCY
        else values
        for values in shipped
    ]
    return _upsert(Reason, rows, refresh=refresh)
