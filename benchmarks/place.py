"""Where it is measured: databases and a folder of its own, made before and gone afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent


class Place:
    """The server behind DATABASE_URL; no database that is there already is touched."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = urlsplit(url)
        self.folder = folder
        self.stem = f"bench_{os.getpid()}"
        self._templates: dict[str, str] = {}

    def environment(self, database: str) -> dict[str, str]:
        own = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "PYTHONUTF8": "1"}
        return os.environ | own | {"BENCH_DATABASE": database, "BENCH_FOLDER": str(self.folder)}

    def template(self, name: str) -> str:
        """A database that is prepared once and used, or copied, by several parts."""
        if name not in self._templates:
            database = f"{self.stem}_{name}"
            if name == "base":
                self.ask(f"CREATE DATABASE {database} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
            else:
                self.copy("base", database)
            self._templates[name] = database
            self.python("benchmarks.prepare", name, database=database)
        return self._templates[name]

    @contextmanager
    def copy_of(self, name: str, part: str) -> Iterator[str]:
        database = f"{self.stem}_{part}"
        self.copy(name, database)
        try:
            yield database
        finally:
            self.drop(database)

    def copy(self, name: str, database: str) -> None:
        self.ask(f"CREATE DATABASE {database} TEMPLATE {self.template(name)}")

    def drop(self, database: str) -> None:
        self.ask(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def python(self, *words: str, database: str) -> None:
        command = [sys.executable, "-m", *words]
        subprocess.run(command, cwd=ROOT, env=self.environment(database), check=True)

    def ask(self, sql: str) -> None:
        url = urlunsplit(self._url._replace(path="/postgres"))
        with closing(psycopg2.connect(url)) as line:
            line.autocommit = True
            with line.cursor() as cursor:
                cursor.execute(sql)

    def clear(self) -> None:
        for database in self._templates.values():
            self.drop(database)


@contextmanager
def place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        made = Place(os.environ["DATABASE_URL"], Path(folder))
        try:
            yield made
        finally:
            made.clear()
