"""The portal itself as an app, and Django's admin with our site in the place of its own."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "پرتال"
    default = True

    def ready(self):
        from portal import checks  # noqa: F401  (they register themselves)


class PortalAdminConfig(admin.AdminConfig):
    default_site = "portal.admin.PortalAdminSite"
    default = False

    def ready(self):
        super().ready()
        from portal.audit import take_over

        take_over()
