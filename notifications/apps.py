"""The app's name as staff read it, and what has to know it exists once."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "پیامک‌ها"

    def ready(self):
        from notifications import checks, metrics  # noqa: F401  (checks register themselves)

        metrics.register()
