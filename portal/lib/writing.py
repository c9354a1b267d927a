"""Rows written by statements that are put together once for a process and planned once for a connection."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from django.db import connection, models

from portal.lib.joined import Joined


def save_with(changed: models.Model, names: Iterable[str], *new: models.Model) -> None:
    """These fields of one row and the new rows that go with the change, at once; each new row learns its key."""
    fields = tuple(changed._meta.get_field(name) for name in dict.fromkeys(names))
    values = {"pk": changed.pk} | _values("changed", changed, fields, adding=False)
    for number, row in enumerate(new):
        values |= _values(f"new{number}", row, _written(type(row)), adding=True)
    for found in _saved_with(type(changed), fields, tuple(map(type, new))).rows(**values):
        for row, key in zip(new, found.extra, strict=True):
            _is_stored(row, key)


def saved_as_read(changed: models.Model, names: Iterable[str], **read) -> bool:
    """These fields of one row, while the columns of `read` still hold what was read; False where they do not."""
    fields = tuple(changed._meta.get_field(name) for name in names)
    columns = tuple(changed._meta.get_field(name) for name in read)
    values = {"pk": changed.pk} | _values("changed", changed, fields, adding=False)
    for field in columns:
        values[f"read_{field.column}"] = field.get_db_prep_save(read[field.name], connection)
    return any(_saved_as_read(type(changed), fields, columns).rows(**values))


def all_added(*new: models.Model) -> None:
    """New rows at once; each learns its key."""
    values = {}
    for number, row in enumerate(new):
        values |= _values(f"new{number}", row, _written(type(row)), adding=True)
    for found in _all_added(tuple(map(type, new))).rows(**values):
        for row, key in zip(new, found.extra, strict=True):
            _is_stored(row, key)


def added(new: models.Model) -> bool:
    """False where a row stands in its way already: waits for a rival, where a savepoint would fail.

    `bulk_create` does the same and does not tell which it was.
    """
    values = _values("new", new, _written(type(new)), adding=True)
    for found in _added(type(new)).rows(**values):
        _is_stored(new, *found.extra)
        return True
    return False


@lru_cache
def _saved_with(model, fields: tuple, new: tuple) -> Joined:
    return _together(model, new, f"changed AS ({_update(model, fields)})")


@lru_cache
def _all_added(new: tuple) -> Joined:
    return _together(new[0], new)


def _together(model, new: tuple, *parts: str) -> Joined:
    inserts = [f"new{number} AS ({_insert(each, f'new{number}')})" for number, each in enumerate(new)]
    keys = ", ".join(f"new{number}.*" for number in range(len(new)))
    return _named(f"WITH {', '.join([*parts, *inserts])} SELECT {keys} FROM {keys.replace('.*', '')}", model)


@lru_cache
def _saved_as_read(model, fields: tuple, read: tuple) -> Joined:
    as_read = "".join(f' AND "{field.column}" = %(read_{field.column})s' for field in read)
    return _named(f"{_update(model, fields)}{as_read} RETURNING 1", model)


@lru_cache
def _added(model) -> Joined:
    return _named(_insert(model, "new", "ON CONFLICT DO NOTHING"), model)


def _update(model, fields: tuple) -> str:
    sets = ", ".join(f'"{field.column}" = %(changed_{field.column})s' for field in fields)
    return f"UPDATE {model._meta.db_table} SET {sets} WHERE {model._meta.pk.column} = %(pk)s"


def _insert(model, prefix: str, more: str = "") -> str:
    columns = [field.column for field in _written(model)]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(f"%({prefix}_{column})s" for column in columns)
    key = model._meta.pk.column
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({values}) {more} RETURNING {key}"


def _named(sql: str, model) -> Joined:
    return Joined(sql, name=f"{model._meta.model_name}_{sha256(sql.encode()).hexdigest()[:16]}")


def _written(model) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not (field.primary_key or field.generated)]


def _values(prefix: str, row, fields, *, adding: bool) -> dict:
    return {
        f"{prefix}_{field.column}": field.get_db_prep_save(field.pre_save(row, adding), connection)
        for field in fields
    }


def _is_stored(row: models.Model, key) -> None:
    row.pk = key
    row._state.adding, row._state.db = False, connection.alias
