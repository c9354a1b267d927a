"""Rows of several models by one statement written by hand, where working the statement out anew would cost
more than answering it: what every page reads.
"""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from types import SimpleNamespace

from django.db import connection, models
from django.db.models.base import ModelState

from portal.lib import prepared
from portal.lib.prepared import Prepared


class Joined:
    """`sql` names the columns of a model by {its name}; `links` are the foreign keys that the join has followed.

    Rows that stand in several lines of the answer are one object; a model that a LEFT JOIN has not found is None.
    What else the statement selects stands in `extra`, a tuple. With a `name` it is planned once for a connection.
    """

    def __init__(
        self,
        sql: str,
        *,
        name: str = "",
        links: dict[str, tuple[str, ...]] | None = None,
        **found: type[models.Model],
    ):
        self._sql = sql
        self._name = name
        self._links = links or {}
        self._found = found

    def rows(self, **values) -> Iterator[SimpleNamespace]:
        with connection.cursor() as cursor:
            planned_once = self._name and prepared.are_kept()
            cursor.execute(self._prepared.on(cursor) if planned_once else self._statement, values)
            lines = cursor.fetchall()
        known = {}
        return (self._row(line, known) for line in lines)

    @cached_property
    def _statement(self) -> str:
        return self._sql.format_map({name: _columns(name, model) for name, model in self._found.items()})

    @cached_property
    def _prepared(self) -> Prepared:
        return Prepared(self._name, self._statement)

    @cached_property
    def _plan(self) -> list[tuple]:
        """Of each model its place in a line, its names of columns, and those that need converting."""
        plan, start = [], 0
        for name, model in self._found.items():
            fields = model._meta.concrete_fields
            converted = [
                (place, _converter(field))
                for place, field in enumerate(fields)
                if hasattr(field, "from_db_value")
            ]
            key = next(place for place, field in enumerate(fields) if field.primary_key)
            links = [(link, model._meta.get_field(link)) for link in self._links.get(name, ())]
            plan.append(
                (name, model, start, start + len(fields), key, [f.attname for f in fields], converted, links)
            )
            start += len(fields)
        return plan

    def _row(self, line: tuple, known: dict) -> SimpleNamespace:
        row, new, end = SimpleNamespace(), [], 0
        for name, model, start, end, key, names, converted, links in self._plan:
            pk = line[start + key]
            found = None if pk is None else known.get((model, pk))
            if found is None and pk is not None:
                values = list(line[start:end])
                for place, convert in converted:
                    values[place] = convert(values[place])
                found = known[model, pk] = _instance(model, names, values)
                new += [(found, link, field) for link, field in links]
            setattr(row, name, found)
        for found, link, field in new:
            field.set_cached_value(found, getattr(row, link))
        row.extra = line[end:]
        return row


def _instance(model: type[models.Model], names: list[str], values: list) -> models.Model:
    """As `Model.from_db`, which sets column by column; nobody of ours listens to a row being made."""
    made = model.__new__(model)
    made._state = state = ModelState()
    state.adding, state.db = False, connection.alias
    made.__dict__.update(zip(names, values, strict=True))
    return made


def _converter(field: models.Field):
    def converted(value):
        return field.from_db_value(value, None, connection)

    # Days never change and come again and again.
    return lru_cache(maxsize=4096)(converted) if isinstance(field, models.DateField) else converted


def _columns(name: str, model: type[models.Model]) -> str:
    return ", ".join(f'{name}."{field.column}"' for field in model._meta.concrete_fields)
