"""The portal itself as an app, and Django's admin with our site in the place of its own."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin
from django.db.backends.signals import connection_created


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "پرتال"
    default = True

    def ready(self):
        from portal import checks, clock  # noqa: F401  (the checks register themselves)

        if settings.CLOCK_IS_COMPARED:
            connection_created.connect(clock.refuse_a_wrong_clock)


class PortalAdminConfig(admin.AdminConfig):
    default_site = "portal.admin.PortalAdminSite"
    default = False

    def ready(self):
        super().ready()
        from portal.audit import take_over

        take_over()
