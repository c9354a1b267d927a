"""The portal's settings as the tests need them: nothing leaves this machine, nothing outlives the run."""

import os
import tempfile

# A development place, so that no key has to be invented; pytest-django turns DEBUG off before the first test.
os.environ |= {"DEBUG": "1", "DEMO": "1", "CAPTCHA_TEST_MODE": "1", "SMS_GATEWAYS": "demo"}
os.environ["EVEN_ANSWER_SECONDS"] = "0"
os.environ["DOCUMENT_ROOT"] = tempfile.mkdtemp(prefix="portal-tests-")
os.environ["STATICFILES_STORAGE"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
# Playwright keeps an event loop in the test's thread, which Django would take for a mistake of ours.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from portal.settings import *  # noqa: E402, F403  (the environment above has to stand first)
from tests import deadlines  # noqa: E402

# Nothing waits for ever for a lock that a broken test has kept, nor does a statement run for ever; and where fifty
# threads connect at once on a busy machine, three seconds are soon over.
DATABASES["default"]["OPTIONS"] |= deadlines.BOUNDED  # noqa: F405
CLOCK_IS_COMPARED = False
# What is published stays in memory: a test that wants delivery runs the task or the sweeper itself.
CELERY_BROKER_URL = "memory://"
# Wherever a test signs somebody in, the real hash would cost 28 ms; its own tests name the real one.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
