"""Brings the database of `make run` up to date, in one process because starting Django is what takes time."""

import os
import sys

import django
from django.core.management import call_command


def main(*names: str) -> None:
    """Migrates and fills in what these commands know; what they print is shown to the person who started."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    for name in names:
        call_command(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
