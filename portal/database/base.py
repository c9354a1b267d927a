"""Django's PostgreSQL, which sees a connection that was ended without asking it anything."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self):
        """What a server says while nobody asks is mostly farewell: only then, and after an error, is it asked.

        Django asks `SELECT 1` at every request, a tenth of a light one. Of a server that froze neither tells more
        than the statement that comes next.
        """
        if self.connection is None or self.errors_occurred or self.connection.closed or self._has_spoken():
            return super().is_usable()
        return True

    def _has_spoken(self) -> bool:
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return bool(line.poll(0))
