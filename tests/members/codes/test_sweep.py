"""Every ten minutes what has ended is cleared away."""

from datetime import UTC, datetime

import pytest
import time_machine

from members import captcha, codes, limits, tasks
from members.models import Limit, OneTimeCode

pytestmark = pytest.mark.django_db


def test_codes_nobody_confirmed_are_forgotten_after_a_day(member, texts):
    from captcha.models import CaptchaStore

    with time_machine.travel(datetime(2026, 5, 1, 8, 0, tzinfo=UTC), tick=False) as clock:
        codes.send(member, number="09121234567", purpose=codes.CLAIM, address="192.0.2.1")
        codes.verify(member, number="09121234567", purpose=codes.CLAIM, code=texts("09121234567"))
        codes.send(member, number="09120000002", purpose=codes.CLAIM, address="192.0.2.1")
        limits.spend("search", "somebody")
        captcha.new()
        clock.shift(24 * 3600)
        tasks.sweep()
    assert [row.number for row in OneTimeCode.objects.all()] == ["09121234567"]
    assert not Limit.objects.exists()
    assert not CaptchaStore.objects.exists()
