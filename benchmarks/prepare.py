"""Fills a database of the benchmarks: `base` with schema, catalogue and people, the others with claims too."""

import io
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection


def base() -> None:
    from benchmarks.peers import models
    from catalog import tables
    from tests.cast import make_cast

    call_command("migrate", interactive=False, verbosity=0)
    with connection.schema_editor() as editor:
        for model in (models.PeerClaim, models.PeerImage):
            editor.create_model(model)
    call_command("load_catalogue", stdout=io.StringIO())
    tables.forget()
    make_cast()
    call_command("collectstatic", interactive=False, verbosity=0)


def thousand() -> None:
    from benchmarks import claims_table

    claims_table.fill(1_000, people=1_000)


def million() -> None:
    from benchmarks import claims_table

    claims_table.fill(1_000_000)


def main() -> None:
    django.setup()
    if settings.DATABASES["default"]["NAME"].startswith("bench_"):
        {"base": base, "thousand": thousand, "million": million}[sys.argv[1]]()


if __name__ == "__main__":
    main()
