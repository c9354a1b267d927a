"""Brings the shipped catalogue into the database; run it with every deployment, as often as you like."""

from django.core.management.base import BaseCommand

from catalog import seed


class Command(BaseCommand):
    help = "Adds what is missing of the catalogue the portal is shipped with; existing rows belong to staff."

    def add_arguments(self, parser):
        parser.add_argument(
            "--refresh",
            action="store_true",
            help="also set texts and orders of existing rows back to the shipped ones",
        )

    def handle(self, *, refresh, **options):
        counts = seed.load(refresh=refresh)
        added = ", ".join(f"{count} {table}" for table, count in counts.items() if count)
        self.stdout.write(f"added: {added}" if added else "the catalogue is complete")
