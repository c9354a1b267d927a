"""Failures at the doors, all of them together: many addresses may try a little each. An alarm, never a refusal."""

import logging

from members import limits
from notifications import alarms
from portal.lib.money import grouped

LOGIN, ACTIVATION = "login-failed", "activation-failed"
SUBJECTS = {
    LOGIN: "ورودهای ناموفق از اندازه گذشت",
    ACTIVATION: "فعال‌سازی‌های ناموفق از اندازه گذشت",
}
LOOK = (
    "در یک ساعت بیش از {most} بار ناموفق بوده است. شاید کسی از نشانی‌های بسیار رمز یا نام حدس می‌زند: گزارش‌های nginx را "
    "ببینید و نشانی‌های او را ببندید. کسی بیرون نمانده است؛ محدودیت هر حساب و هر نشانی سر جای خود است."
)

logger = logging.getLogger(__name__)


def note(door: str) -> None:
    """Count one; whoever goes past the hour's measure first sounds the alarm."""
    try:
        limits.spend(door)
    except limits.TooMany as many:
        if many.is_first:
            most, _ = limits.allowed(door)
            logger.critical("More than %s failures in an hour: %s", most, door)
            alarms.tell(SUBJECTS[door], LOOK.format(most=grouped(most)))
