"""Backs up rows and pictures, restores them beside the portal, and checks that the two agree.

    python deploy/backup_drill.py backup FOLDER     rows first, then pictures: no row without its file
    python deploy/backup_drill.py drill FOLDER      restores into scratch places, checks, and removes them
    python deploy/backup_drill.py check DATABASE_URL DOCUMENT_ROOT

DATABASE_URL and DOCUMENT_ROOT name the portal's own; PG_BIN a folder of the PostgreSQL programs, if not on the PATH.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROWS, PICTURES = "rows.dump", "pictures"
# Without these a restored portal is not the portal.
NEVER_EMPTY = ("django_migrations", "catalog_province", "notifications_messagetemplate")


class DrillFailed(Exception):
    """Carries what does not agree."""


def backup(folder: Path, *, database: str, documents: Path) -> None:
    """Pictures are written once and named before their row, so those copied after the rows hold all that rows name."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{ROWS}.part"
    _program("pg_dump", "--format=custom", "--no-owner", f"--file={draft}", database)
    draft.replace(folder / ROWS)
    _copy(documents, folder / PICTURES)


def _copy(documents: Path, target: Path) -> None:
    """Only what is new is copied; what members removed meanwhile stays until the backup's own retention ends it."""
    target.mkdir(mode=0o700, exist_ok=True)
    if rsync := shutil.which("rsync"):
        _run(rsync, "--archive", "--exclude=*.part", f"{documents}/", f"{target}/")
    else:
        shutil.copytree(documents, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.part"))


def drill(folder: Path, *, database: str) -> dict[str, int]:
    """Restore everything beside the portal, check it, and leave nothing behind."""
    with scratch_database(database) as restored, tempfile.TemporaryDirectory() as scratch:
        _program("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={restored}", str(folder / ROWS))
        documents = Path(scratch, PICTURES)
        _copy(folder / PICTURES, documents)
        return check(restored, documents)


@contextmanager
def scratch_database(database: str) -> Iterator[str]:
    name = f"portal_drill_{os.getpid()}"
    _ask(database, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    try:
        yield _beside(database, name)
    finally:
        _ask(database, f"DROP DATABASE {name} WITH (FORCE)")


def check(database: str, documents: Path) -> dict[str, int]:
    """Counts what was compared, or raises DrillFailed with the first disagreements."""
    wrong, counts = [], {"pictures": 0, "claims": 0}
    with closing(psycopg2.connect(database)) as line:
        with line.cursor() as cursor:
            for table in NEVER_EMPTY:
                cursor.execute(f"SELECT count(*) FROM {table}")
                if not cursor.fetchone()[0]:
                    wrong.append(f"{table} is empty")
            cursor.execute("SELECT count(*) FROM claims_claim")
            counts["claims"] = cursor.fetchone()[0]
            cursor.execute(
                """SELECT count(*) FROM claims_claim AS claim WHERE status <> 'draft' AND source = 'portal'
                   AND NOT EXISTS (SELECT FROM claims_claimevent WHERE claim_id = claim.id)"""
            )
            if lost := cursor.fetchone()[0]:
                wrong.append(f"{lost} submitted claims have no history")
        # A cursor with a name reads in portions: the table may be larger than the memory.
        with line.cursor("pictures") as cursor:
            cursor.execute("SELECT name, sha256 FROM claims_document")
            for name, sha256 in cursor:
                counts["pictures"] += 1
                if problem := _problem(documents / name, sha256):
                    wrong.append(problem)
    if wrong:
        raise DrillFailed("\n".join([*wrong[:20], f"{len(wrong)} in all"]))
    return counts


def _problem(path: Path, sha256: str) -> str:
    if not path.is_file():
        return f"{path.name}: the file is missing"
    with path.open("rb") as file:
        same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    return "" if same else f"{path.name}: the file is another one"


def _program(name: str, *words: str) -> None:
    folder = os.environ.get("PG_BIN")
    _run(str(Path(folder, name)) if folder else name, *words)


def _run(*command: str) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        # The address of the database holds a password: of the command only its name is told.
        raise DrillFailed(f"{Path(command[0]).name}: {done.stderr.strip()}")


def _ask(database: str, sql: str) -> None:
    with closing(psycopg2.connect(_beside(database, "postgres"))) as line:
        line.autocommit = True
        with line.cursor() as cursor:
            cursor.execute(sql)


def _beside(database: str, name: str) -> str:
    return urlunsplit(urlsplit(database)._replace(path=f"/{name}"))


def main(words: list[str]) -> int:
    try:
        match words:
            case ["backup", folder]:
                documents = Path(os.environ["DOCUMENT_ROOT"])
                backup(Path(folder), database=os.environ["DATABASE_URL"], documents=documents)
                print("Rows and pictures are in the folder.")
            case ["drill", folder]:
                counts = drill(Path(folder), database=os.environ["DATABASE_URL"])
                print(f"Restored and agreed: {counts['claims']} claims, {counts['pictures']} pictures.")
            case ["check", database, documents]:
                counts = check(database, Path(documents))
                print(f"Agreed: {counts['claims']} claims, {counts['pictures']} pictures.")
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except DrillFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
