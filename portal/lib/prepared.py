"""Statements that PostgreSQL plans once for a connection: planning what several tables answer together costs it more
than answering.
"""

import re
from weakref import WeakKeyDictionary

from django.db import connection

_VALUE = re.compile(r"%\((\w+)\)s")
# The names each open connection knows; a new one knows none.
_known: WeakKeyDictionary = WeakKeyDictionary()


class Prepared:
    """`sql` names its values as %(name)s, each a single parameter: a list is an array, a tuple for IN will not do."""

    def __init__(self, name: str, sql: str) -> None:
        values = list(dict.fromkeys(_VALUE.findall(sql)))
        numbered = _VALUE.sub(lambda found: f"${values.index(found[1]) + 1}", sql)
        self._name, self._prepare = name, f"PREPARE {name} AS {numbered}"
        self._ask = f"EXECUTE {name} ({', '.join(f'%({value})s' for value in values)})"

    def on(self, cursor) -> str:
        """What to execute in place of `sql`, with the same values."""
        known = _known.setdefault(connection.connection, set())
        if self._name not in known:
            # Beside Django's own counting: of a connection's thousands of statements this is one.
            with connection.wrap_database_errors:
                cursor.cursor.execute(self._prepare)
            known.add(self._name)
        return self._ask


def are_kept() -> bool:
    """Behind PgBouncer in transaction mode, and where each request has its own, a connection remembers nothing."""
    settings = connection.settings_dict
    return settings["CONN_MAX_AGE"] != 0 and not settings["DISABLE_SERVER_SIDE_CURSORS"]
