"""The portal's settings as it is measured: production's templates and files, on a database that is dropped again."""

import os

# Keys need not be invented here; DEBUG itself is off below.
os.environ |= {"DEBUG": "1", "DEMO": "0", "LOG_LEVEL": "ERROR"}
# Playwright keeps an event loop in the thread, which Django would take for a mistake of ours.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DOCUMENT_ROOT"] = os.environ["BENCH_FOLDER"] + "/documents"

from portal.settings import *  # noqa: E402, F403  (the environment above has to stand first)
from portal.settings import (  # noqa: E402
    CELERY_BROKER_TRANSPORT_OPTIONS,
    DATABASES,
    INSTALLED_APPS,
    LIMITS,
)

DEBUG = False
# Keys and cookies are those of development, and the web would rightly not open with them.
SILENCED_SYSTEM_CHECKS = ["portal.E001", "portal.E002", "portal.E003", "portal.E005", "portal.E007"]
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
DATABASES["default"]["NAME"] = os.environ["BENCH_DATABASE"]
# The peers keep Django's own sessions.
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.sessions", "formtools", "benchmarks.peers"]
# The peers' tables are made by benchmarks/prepare.py.
MIGRATION_MODULES = {"peers": None}
STATIC_ROOT = os.environ["BENCH_FOLDER"] + "/static"
MEDIA_ROOT = os.environ["BENCH_FOLDER"] + "/media"
# A benchmark submits more in a minute than a member in a year; counting costs the same.
LIMITS = LIMITS | dict.fromkeys(("submit", "upload", "search", "report"), (10**9, 3600))
# On a broker that others use too, no worker of theirs may find what is published here.
CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | {"global_keyprefix": "bench-"}
SMS_FILE = os.environ["BENCH_FOLDER"] + "/sms.jsonl"
ROOT_URLCONF = "benchmarks.peers.urls"
