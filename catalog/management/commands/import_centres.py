"""Brings a list of medical centres (CSV or Excel) into the directory; a dry run unless told to commit."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalog.centre_list import import_rows, rows_of_file
from portal.lib.archives import Unfit

SHOWN = 50


class Command(BaseCommand):
    help = "Counts what a list of centres would change, and with --commit changes it. Safe to run twice."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--commit", action="store_true", help="write; without it nothing is changed")

    def handle(self, *, file, commit, **options):
        if not file.is_file():
            raise CommandError(f"{file} is not a file")
        try:
            report = import_rows(rows_of_file(file.read_bytes()), commit=commit)
        except Unfit as unfit:
            raise CommandError(str(unfit)) from unfit
        for number, reason in report.refused[:SHOWN]:
            self.stdout.write(f"row {number}: {reason}")
        if len(report.refused) > SHOWN:
            self.stdout.write(f"… and {len(report.refused) - SHOWN} more refused rows")
        counts = ", ".join(f"{count} {outcome}" for outcome, count in report.counts.items())
        self.stdout.write(counts + ("" if commit else " (dry run: nothing was written)"))
