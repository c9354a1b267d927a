"""The day's messages that did not arrive, on the terminal."""

from django.core.management.base import BaseCommand

from notifications import alarms


class Command(BaseCommand):
    help = "پیامک‌هایی را که نرسیدند، به تفکیک سامانه و علت می‌شمارد."

    def add_arguments(self, parser):
        parser.add_argument("--hours", type=int, default=24)

    def handle(self, *args, hours, **options):
        self.stdout.write(alarms.digest(hours=hours) or "همهٔ پیامک‌ها رسیدند.")
