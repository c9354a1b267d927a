"""The settings of production for one web process of the tests; only its picture of a code may be passed over."""

import os
import secrets
from types import SimpleNamespace

from portal import compression
from portal.settings import *  # noqa: F403

# Pages are padded by chance: here always by as much as there can be, so that each weighs the same in every run.
compression.secrets = SimpleNamespace(randbelow=lambda most: most - 1, token_urlsafe=secrets.token_urlsafe)

STATIC_ROOT = os.environ["STATIC_FOLDER"]
CAPTCHA_TEST_MODE = True
SILENCED_SYSTEM_CHECKS = ["portal.E001"]
