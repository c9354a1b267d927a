"""What nginx shows where the portal was not asked: its own pages, written beside the collected static files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string

PAGES = ("413.html", "503.html")


class Command(BaseCommand):
    help = "Write the error pages that nginx answers with; after collectstatic, whose names they carry."

    def handle(self, **options):
        folder = Path(settings.STATIC_ROOT) / "errors"
        folder.mkdir(parents=True, exist_ok=True)
        for name in PAGES:
            (folder / name).write_text(render_to_string(name), encoding="utf-8")
        self.stdout.write(f"{folder}: {', '.join(PAGES)}")
