"""The sweeper as a process of its own, beside web and worker."""

import signal

from django.core.management.base import BaseCommand

from notifications.sweep import Sweeper

# With the broker dead a message leaves within its grace of a second and this.
INTERVAL = 0.5


class Command(BaseCommand):
    help = "پیامک‌های به‌جامانده را پیدا می‌کند، به کارگر می‌سپارد و اگر لازم شد خودش می‌فرستد."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="یک دور و پایان")
        parser.add_argument("--interval", type=float, default=INTERVAL, help="فاصلهٔ دورها به ثانیه")
        parser.add_argument("--threads", type=int, default=16, help="ارسال هم‌زمان")

    def handle(self, *args, once, interval, threads, **options):
        sweeper = Sweeper(threads=threads)
        if once:
            moved = sweeper.once()
            sweeper.close()
            self.stdout.write(f"{moved}")
            return
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: sweeper.stop())
        sweeper.run(interval=interval)
        sweeper.close()
