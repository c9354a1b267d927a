"""Every setting of the portal, top to bottom; what differs between places comes from the environment."""

from datetime import timedelta
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import SELF

from portal import limits

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
# `make run` writes down which servers it started, so that management commands find them.
env.read_env(BASE_DIR / "var" / "run.env")
env.read_env(BASE_DIR / ".env")

# --- What kind of place this is -------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
# The demo phone at /demo/phone/ and the page of components: only on the machine of a developer.
DEMO = DEBUG and env.bool("DEMO", False)
SECRET_KEY = env.str("SECRET_KEY", "insecure-development-key" if DEBUG else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
PUBLIC_HOST = env.str("PUBLIC_HOST", "localhost")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Apps -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "claims",
    "members",
    "catalog",
    "notifications",
    "portal",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_jalali",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "captcha",
    "auditlog",
    "django_prometheus",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.compression.CompressedPagesMiddleware",
    "portal.policy.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.addresses.WithoutNulMiddleware",
    "portal.outage.DatabaseOutageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "members.arrival.AuthenticationMiddleware",
    "members.arrival.OTPMiddleware",
    "members.sessions.LoginRequiredMiddleware",
    "members.sessions.SessionLifetimeMiddleware",
    "members.access.ChosenContractMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if DEMO:
    MIDDLEWARE.append("portal.not_found.FoundAsByMembersMiddleware")

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["portal.templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "members.context.portal",
            ],
            "builtins": ["portal.lib.tags"],
        },
    }
]
FORM_RENDERER = "portal.lib.drawing.Renderer"

# --- PostgreSQL -----------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default="postgres://portal@127.0.0.1:5432/portal")}
DATABASES["default"] |= {
    "ENGINE": "portal.database",
    "CONN_MAX_AGE": env.int("DATABASE_CONNECTION_AGE", 60),
    "CONN_HEALTH_CHECKS": True,
    # Behind PgBouncer in transaction mode neither a cursor nor a plan outlives its transaction.
    "DISABLE_SERVER_SIDE_CURSORS": env.bool("DISABLE_SERVER_SIDE_CURSORS", False),
    "OPTIONS": {"connect_timeout": 3},
}
# A process whose clock is off the database's gets no connection. The tests travel in time and cannot have that.
CLOCK_IS_COMPARED = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits and sessions live in PostgreSQL, so that a lost Redis never opens a door.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- People and sessions --------------------------------------------------------------------

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "members:login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "members.passwords.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "members.passwords.PrintableAscii"},
    {"NAME": "members.passwords.Length"},
    {"NAME": "members.passwords.NotOneOfYours"},
    {"NAME": "members.passwords.NotCommon"},
]
SESSION_ENGINE = "members.arrival"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_NAME = "__Host-session" if SESSION_COOKIE_SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if CSRF_COOKIE_SECURE else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE = timedelta(minutes=env.int("SESSION_IDLE_MINUTES", 30))
SESSION_LONGEST = timedelta(hours=env.int("SESSION_LONGEST_HOURS", 12))
SESSION_REMEMBERED = timedelta(days=env.int("SESSION_REMEMBERED_DAYS", 30))
STAFF_IDLE = timedelta(minutes=env.int("STAFF_IDLE_MINUTES", 15))
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", not DEBUG)
PHONE_IS_MANDATORY = env.bool("PHONE_IS_MANDATORY", False)
ADULTS_MAY_KEEP_CLAIMS_PRIVATE = env.bool("ADULTS_MAY_KEEP_CLAIMS_PRIVATE", False)
SAYYED_MAY_BE_LEFT_OUT = env.bool("SAYYED_MAY_BE_LEFT_OUT", False)
OTP_TOTP_ISSUER = "پرتال بیمهٔ تکمیلی"

# How many tries, per how many seconds.
LIMITS = limits.LIMITS | {
    "code-global": (env.int("CODES_PER_HOUR", 200_000), 3600),
    # Of everybody together: an alarm, never a refusal; see members/failures.py.
    "login-failed": (env.int("LOGIN_FAILURES_PER_HOUR", 5_000), 3600),
    "activation-failed": (env.int("ACTIVATION_FAILURES_PER_HOUR", 2_000), 3600),
}
CODES_ARE_SENT = env.bool("CODES_ARE_SENT", True)
# Pages that must not tell whether an account exists answer no sooner than this.
EVEN_ANSWER_SECONDS = env.float("EVEN_ANSWER_SECONDS", 0.4)
# How many proxies of ours stand before the web process; what they add to X-Forwarded-For is believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

# --- Captcha --------------------------------------------------------------------------------

CAPTCHA_TEST_MODE = DEBUG and env.bool("CAPTCHA_TEST_MODE", False)
CAPTCHA_CHALLENGE_FUNCT = "members.captcha.digits"
CAPTCHA_LENGTH = 5
CAPTCHA_TIMEOUT = 5
CAPTCHA_FONT_SIZE = 44
CAPTCHA_IMAGE_SIZE = (160, 52)
CAPTCHA_FONT_PATH = str(BASE_DIR / "members" / "fonts" / "Vazirmatn-captcha.ttf")
CAPTCHA_BACKGROUND_COLOR = "#ffffff"
CAPTCHA_FOREGROUND_COLOR = "#17222b"
CAPTCHA_LETTER_ROTATION = (-18, 18)
CAPTCHA_NOISE_FUNCTIONS = ("captcha.helpers.noise_arcs",)

# --- Words, digits and time -----------------------------------------------------------------

LANGUAGE_CODE = "fa"
USE_I18N = True
TIME_ZONE = "Asia/Tehran"
USE_TZ = True
# What Django's scripts say is looked for here alone, beside Django's own.
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]

# --- Static files and members' pictures -----------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Nobody else's pages need our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False
DOCUMENT_ROOT = env.path("DOCUMENT_ROOT", default=str(BASE_DIR / "var" / "documents"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.str("STATICFILES_STORAGE", "portal.staticfiles.PortalStaticStorage")},
    "documents": {
        "BACKEND": "claims.documents.storage.DurableStorage",
        "OPTIONS": {
            "location": str(DOCUMENT_ROOT),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    # Employers' workbooks, from the upload until the commit.
    "rosters": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": f"{DOCUMENT_ROOT}/rosters",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
# How long the workbook with the reasons can be downloaded, and an upload waits for its decision.
ROSTER_REPORT_DAYS = env.int("ROSTER_REPORT_DAYS", 14)
ROSTER_UNDECIDED_DAYS = env.int("ROSTER_UNDECIDED_DAYS", 30)
ORPHAN_PICTURE_HOURS = env.int("ORPHAN_PICTURE_HOURS", 24)
SENDFILE_BACKEND = env.str("SENDFILE_BACKEND", "django_sendfile.backends.simple")
SENDFILE_ROOT = str(DOCUMENT_ROOT)
SENDFILE_URL = "/protected/"
# One picture of at most 15 MB a request, and the form around it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "portal.lib.uploads.TemporaryFiles",
]

# --- Messages -------------------------------------------------------------------------------

SMS_GATEWAYS = env.list("SMS_GATEWAYS", default=["demo"] if DEBUG else [])
SMS_PROVIDERS = {
    "kavenegar": {
        "key": env.str("KAVENEGAR_API_KEY", ""),
        "sender": env.str("KAVENEGAR_SENDER", ""),
        "url": env.str("KAVENEGAR_URL", "https://api.kavenegar.com"),
    },
    "smsir": {
        "key": env.str("SMSIR_API_KEY", ""),
        "sender": env.str("SMSIR_SENDER", ""),
        "url": env.str("SMSIR_URL", "https://api.sms.ir"),
    },
    "ghasedak": {
        "key": env.str("GHASEDAK_API_KEY", ""),
        "sender": env.str("GHASEDAK_SENDER", ""),
        "url": env.str("GHASEDAK_URL", "https://gateway.ghasedak.me"),
    },
    "melipayamak": {
        "username": env.str("MELIPAYAMAK_USERNAME", ""),
        "key": env.str("MELIPAYAMAK_PASSWORD", ""),
        "sender": env.str("MELIPAYAMAK_SENDER", ""),
        "url": env.str("MELIPAYAMAK_URL", "https://rest.payamak-panel.com"),
    },
    "ippanel": {
        "key": env.str("IPPANEL_API_KEY", ""),
        "sender": env.str("IPPANEL_SENDER", ""),
        "url": env.str("IPPANEL_URL", "https://edge.ippanel.com"),
    },
}
SMS_REPORT_SECRET = env.str("SMS_REPORT_SECRET", "development-report-secret" if DEBUG else "")
SMS_QUIET_HOURS = env.list("SMS_QUIET_HOURS", cast=int, default=[22, 8])
SMS_LOW_BALANCE = env.int("SMS_LOW_BALANCE", 1_000_000)
# Where the file gateway writes, one JSON line a message: tests of faults count what left.
SMS_FILE = env.str("SMS_FILE", str(BASE_DIR / "var" / "sms.jsonl"))
# Told to members whose line takes no service messages; the carriers change these codes now and then.
SMS_UNBLOCKING_ADVICE = env.str(
    "SMS_UNBLOCKING_ADVICE",
    "برای باز کردن آن، در همراه اول و رایتل کد *800# را شماره‌گیری کنید و در ایرانسل عدد 1 را به 5005 بفرستید.",
)
# Fernet keys, newest first; the text of a message is encrypted until it is sent.
MESSAGE_ENCRYPTION_KEYS = env.list(
    "MESSAGE_ENCRYPTION_KEYS",
    default=["ZGV2ZWxvcG1lbnQta2V5LW9mLXRoZS1wb3J0YWwtMDE="] if DEBUG else [],
)

# --- Mail to the managers: the daily digest and the alarms ------------------------------------

MANAGERS = [(address.strip(), address.strip()) for address in env.list("MANAGERS", default=[])]
# EMAIL_HOST, EMAIL_PORT and their like out of one address.
globals().update(env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"portal@{PUBLIC_HOST}")
EMAIL_SUBJECT_PREFIX = "[پرتال اعضا] "
# The alarm of the codes is mailed within a request.
EMAIL_TIMEOUT = 3

# --- Keys -------------------------------------------------------------------------------------

# The permutation behind tracking codes: once codes are given it must never change.
TRACKING_KEY = env.str("TRACKING_KEY", "development-tracking-key" if DEBUG else "")
METRICS_TOKEN = env.str("METRICS_TOKEN", "")

# --- Celery ---------------------------------------------------------------------------------

CELERY_BROKER_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_DEFAULT_QUEUE = "notices"
# Served in this order: codes before everything else.
CELERY_TASK_QUEUES = {"otp": {}, "notices": {}, "reminders": {}, "rosters": {}}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "queue_order_strategy": "priority",
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
    # Without it a broker that takes connections and says nothing holds a request for 7.5 s.
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "message-digest": {"task": "notifications.mail_digest", "schedule": crontab(hour=8, minute=0)},
    "balances": {"task": "notifications.check_balances", "schedule": crontab(minute=40)},
    "doors": {"task": "members.sweep", "schedule": crontab(minute="*/10")},
    "deadlines": {"task": "claims.tasks.keep_deadlines", "schedule": crontab(hour=0, minute=5)},
    "drafts": {"task": "claims.tasks.tend_drafts", "schedule": crontab(minute=10)},
    "pictures": {"task": "claims.tasks.sweep_pictures", "schedule": crontab(hour=4, minute=30)},
}

# --- What the browser is told ---------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "blob:"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
PERMISSIONS_POLICY = {
    "camera": ["self"],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", not DEBUG)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 0 if DEBUG else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
if env.bool("BEHIND_HTTPS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"

# --- Logs: no national ID, mobile, code or password ever --------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"personal": {"()": "portal.logs.WithoutPersonalNumbers"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["personal"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"django.server": {"handlers": ["console"], "propagate": False}},
}
SILENCED_SYSTEM_CHECKS = ["captcha.W001"]
