"""Where an employer's workbook and the report on it lie: private, under names nobody can guess."""

import secrets
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from members.models import RosterImport

# As a sweep of the whole documents folder calls this one.
FOLDER = "rosters/"
_REPORT = ".report.xlsx"


def keep(content: bytes) -> str:
    """The name for `RosterImport.stored_name`; OSError when the disk takes no more."""
    return _saved(f"{secrets.token_hex(16)}.upload", content)


def read(name: str) -> bytes | None:
    with suppress(FileNotFoundError), storages["rosters"].open(name, "rb") as file:
        return file.read()
    return None


def keep_report(name: str, content: bytes) -> None:
    discard_report(name)
    _saved(name + _REPORT, content)


def open_report(name: str):
    """The workbook with the reasons, opened; None when it is not there, or not yet."""
    with suppress(FileNotFoundError):
        return storages["rosters"].open(name + _REPORT, "rb") if name else None
    return None


def has_report(name: str) -> bool:
    return bool(name) and storages["rosters"].exists(name + _REPORT)


def discard(name: str) -> None:
    storages["rosters"].delete(name)


def discard_report(name: str) -> None:
    storages["rosters"].delete(name + _REPORT)


def known_names(names: list[str]) -> set[str]:
    """Which of the names of a sweep belong to an upload that is still there."""
    uploads = {name: name.removeprefix(FOLDER).removesuffix(_REPORT) for name in names if is_ours(name)}
    if not uploads:
        return set()
    found = RosterImport.objects.filter(stored_name__in=uploads.values()).values_list(
        "stored_name", flat=True
    )
    kept = set(found)
    return {name for name, upload in uploads.items() if upload in kept}


def is_ours(name: str) -> bool:
    return name.startswith(FOLDER)


def _saved(name: str, content: bytes) -> str:
    try:
        return storages["rosters"].save(name, ContentFile(content))
    except OSError:
        storages["rosters"].delete(name)
        raise
