"""A place that is not safe is told so by `check --deploy`, and its web does not open."""

import os
import subprocess

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured

from deploy.local.checkout import PYTHON, ROOT
from portal import checks
from tests import deadlines

PRODUCTION = {
    "DEBUG": "0",
    "DEMO": "0",
    "SECRET_KEY": "k4-of-a-test-that-is-long-enough-and-has-many-letters-0123456789",
    "ALLOWED_HOSTS": "portal.example.ir",
    "PUBLIC_HOST": "portal.example.ir",
    "CSRF_TRUSTED_ORIGINS": "https://portal.example.ir",
    "BEHIND_HTTPS_PROXY": "1",
    "TRACKING_KEY": "a-tracking-key-of-a-test",
    "MESSAGE_ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "METRICS_TOKEN": "a-token-of-a-test",
    "SMS_GATEWAYS": "kavenegar",
    "KAVENEGAR_API_KEY": "a-key-of-a-test",
    "SMS_REPORT_SECRET": "a-secret-of-a-test",
    "MANAGERS": "support@portal.example.ir",
    "CAPTCHA_TEST_MODE": "0",
    "DJANGO_SETTINGS_MODULE": "portal.settings",
}


def run(*words, **changes):
    env = os.environ | PRODUCTION | changes
    # The browser tests want it; a place of production would be told off for it.
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    command = [PYTHON, *words]
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=deadlines.PATIENCE
    )


def test_a_place_as_the_readme_wants_it_gives_no_warning():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_its_web_opens_and_an_unsafe_one_says_every_reason():
    opened = run("-c", "import portal.wsgi")
    assert opened.returncode == 0, opened.stderr
    refused = run("-c", "import portal.wsgi", ALLOWED_HOSTS="*", TRACKING_KEY="")
    assert refused.returncode != 0
    assert "portal.E004" in refused.stderr
    assert "TRACKING_KEY" in refused.stderr


def test_without_a_second_factor_for_the_staff_its_web_does_not_open():
    refused = run("-c", "import portal.wsgi", STAFF_SECOND_FACTOR="0")
    assert refused.returncode != 0
    assert "portal.E007" in refused.stderr


@pytest.fixture
def production(settings):
    """What the settings are in production, without starting a process for each."""
    settings.DEBUG = settings.DEMO = settings.CAPTCHA_TEST_MODE = False
    for name in ("SECRET_KEY", "TRACKING_KEY", "SMS_REPORT_SECRET", "METRICS_TOKEN"):
        setattr(settings, name, PRODUCTION[name])
    settings.STAFF_SECOND_FACTOR = True
    settings.MESSAGE_ENCRYPTION_KEYS = [PRODUCTION["MESSAGE_ENCRYPTION_KEYS"]]
    settings.ALLOWED_HOSTS = ["portal.example.ir"]
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    return settings


OWN = (checks.nothing_of_development, checks.hosts_are_named, checks.cookies_are_guarded)


def told() -> list[str]:
    return [one.id for check in OWN for one in check()]


def test_what_is_set_rightly_is_not_complained_of(production):
    assert told() == []


@pytest.mark.parametrize(
    ("name", "value", "told_as"),
    [
        ("DEBUG", True, "portal.E001"),
        ("DEMO", True, "portal.E001"),
        ("CAPTCHA_TEST_MODE", True, "portal.E001"),
        ("SECRET_KEY", "insecure-development-key", "portal.E002"),
        ("TRACKING_KEY", "", "portal.E002"),
        ("TRACKING_KEY", "development-tracking-key", "portal.E002"),
        ("SMS_REPORT_SECRET", "", "portal.E002"),
        ("MESSAGE_ENCRYPTION_KEYS", [checks.DEVELOPMENT_FERNET], "portal.E003"),
        ("STAFF_SECOND_FACTOR", False, "portal.E007"),
        ("METRICS_TOKEN", "", "portal.W001"),
        ("ALLOWED_HOSTS", ["*"], "portal.E004"),
        ("ALLOWED_HOSTS", [], "portal.E004"),
        ("SESSION_COOKIE_SECURE", False, "portal.E005"),
        ("CSRF_COOKIE_SECURE", False, "portal.E005"),
        ("SESSION_COOKIE_HTTPONLY", False, "portal.E005"),
        ("SESSION_COOKIE_NAME", "session", "portal.E005"),
    ],
)
def test_what_is_set_wrongly_is_named(production, name, value, told_as):
    setattr(production, name, value)
    assert told() == [told_as]


@pytest.mark.django_db
def test_a_database_that_knows_persian_is_right():
    assert checks.database_knows_persian(databases=["default"]) == []


@pytest.fixture
def database_in_c(django_db_setup, django_db_blocker):
    """One made with LC_CTYPE=C beside that of the tests."""
    from django.db import connection

    with django_db_blocker.unblock():
        place = connection.get_connection_params()
    name = f"{place['dbname']}_in_c"
    given = {key: place[key] for key in ("host", "port", "user", "password") if place.get(key)}
    admin = psycopg2.connect(dbname="postgres", **given, **deadlines.BOUNDED)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 LOCALE 'C' ENCODING 'UTF8'")
    made = psycopg2.connect(dbname=name, **given, **deadlines.BOUNDED)
    with made, made.cursor() as cursor:
        cursor.execute("CREATE EXTENSION pg_trgm")
    yield made
    made.close()
    with admin.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')
    admin.close()


def test_a_database_without_persian_letters_is_refused(database_in_c, monkeypatch, production):
    monkeypatch.setattr(checks, "connections", {"default": database_in_c})
    assert [one.id for one in checks.database_knows_persian(databases=["default"])] == ["portal.E006"]
    with pytest.raises(ImproperlyConfigured, match="portal.E006"):
        checks.refuse_unsafe_start()


@pytest.mark.django_db
def test_what_somebody_silenced_on_purpose_does_not_keep_the_web_shut(production):
    production.ALLOWED_HOSTS = ["*"]
    production.SILENCED_SYSTEM_CHECKS = ["portal.E004"]
    checks.refuse_unsafe_start()
