"""The sweeper as a process of its own, beside web and worker."""

import signal
import threading

from django.core.management.base import BaseCommand

from notifications.sweep import Sweeper


class Command(BaseCommand):
    help = "پیامک‌های به‌جامانده را پیدا می‌کند، به کارگر می‌سپارد و اگر لازم شد خودش می‌فرستد."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="یک دور و پایان")
        parser.add_argument("--interval", type=float, default=1.0, help="فاصلهٔ دورها به ثانیه")
        parser.add_argument("--threads", type=int, default=16, help="ارسال هم‌زمان")

    def handle(self, *args, once, interval, threads, **options):
        sweeper = Sweeper(threads=threads)
        if once:
            moved = sweeper.once()
            sweeper.close()
            self.stdout.write(f"{moved}")
            return
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        sweeper.run(stopped, interval=interval)
        sweeper.close()
