"""The settings of production for one web process of the tests; only its picture of a code may be passed over."""

import os

from portal.settings import *  # noqa: F403

STATIC_ROOT = os.environ["STATIC_FOLDER"]
CAPTCHA_TEST_MODE = True
SILENCED_SYSTEM_CHECKS = ["portal.E001"]
