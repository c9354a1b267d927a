"""What a place of production must have: asked by `check --deploy` and by the web before it opens its door."""

from contextlib import suppress

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections

# A word of Persian; in a database made with LC_CTYPE=C it has no trigrams, and no centre is ever found.
WORD = "بیمارستان"
DEVELOPMENT_KEYS = {
    "SECRET_KEY": "insecure-development-key",
    "TRACKING_KEY": "development-tracking-key",
    "SMS_REPORT_SECRET": "development-report-secret",
}
DEVELOPMENT_FERNET = "ZGV2ZWxvcG1lbnQta2V5LW9mLXRoZS1wb3J0YWwtMDE="
COOKIE_FLAGS = (
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY",
)


@register(Tags.security, deploy=True)
def nothing_of_development(app_configs=None, **_):
    """DEBUG, and keys that everybody can read in the source."""
    found = []
    if settings.DEBUG or settings.DEMO or settings.CAPTCHA_TEST_MODE:
        found.append(Error("DEBUG, DEMO and CAPTCHA_TEST_MODE belong to development.", id="portal.E001"))
    for name, known in DEVELOPMENT_KEYS.items():
        if getattr(settings, name) in ("", known):
            found.append(Error(f"{name} must be set to a secret of this place.", id="portal.E002"))
    if DEVELOPMENT_FERNET in settings.MESSAGE_ENCRYPTION_KEYS:
        found.append(Error("MESSAGE_ENCRYPTION_KEYS holds the key of development.", id="portal.E003"))
    if not settings.STAFF_SECOND_FACTOR:
        found.append(Error("Staff need a second factor; unset STAFF_SECOND_FACTOR.", id="portal.E007"))
    if not settings.METRICS_TOKEN:
        found.append(Warning("Without METRICS_TOKEN nobody can read /metrics.", id="portal.W001"))
    return found


@register(Tags.security, deploy=True)
def hosts_are_named(app_configs=None, **_):
    hosts = settings.ALLOWED_HOSTS
    if not hosts or any("*" in host or host == "." for host in hosts):
        return [Error("ALLOWED_HOSTS must name the hosts of this place, without `*`.", id="portal.E004")]
    return []


@register(Tags.security, deploy=True)
def cookies_are_guarded(app_configs=None, **_):
    missing = [name for name in COOKIE_FLAGS if not getattr(settings, name)]
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    missing += [name for name in names if not name.startswith("__Host-")]
    return [Error(f"The cookies are not guarded: {name}.", id="portal.E005") for name in missing]


@register(Tags.database)
def database_knows_persian(app_configs=None, databases=None, **_):
    """Asked with `--database` and by `migrate`; a database that does not answer is not judged here."""
    found = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_proc WHERE proname = 'show_trgm'")
            if not cursor.fetchone()[0]:
                continue  # before the first migration
            cursor.execute("SELECT cardinality(show_trgm(%s))", [WORD])
            if not cursor.fetchone()[0]:
                hint = "createdb --locale=C.UTF-8 --template=template0"
                found.append(Error("The database does not know Persian letters.", hint, id="portal.E006"))
    return found


def refuse_unsafe_start() -> None:
    """Ends the start of a production web with every reason at once. Development starts as it is."""
    if settings.DEBUG:
        return
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    # A database that does not answer yet is no reason: the pages say 503 until it does.
    with suppress(OperationalError):
        found += database_knows_persian(databases=["default"])
    errors = [str(one) for one in found if one.is_serious() and not one.is_silenced()]
    if errors:
        raise ImproperlyConfigured("This place is not safe to serve from:\n" + "\n".join(errors))
