"""Settings, addresses and processes of the portal; names the apps, and no app imports it."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
