"""Quiet hours: reminders wait for the morning; codes and notices never do."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone


def is_quiet(moment: datetime) -> bool:
    begin, end = settings.SMS_QUIET_HOURS
    hour = timezone.localtime(moment).hour
    if begin <= end:
        return begin <= hour < end
    return hour >= begin or hour < end


def next_loud(moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours it falls in."""
    if not is_quiet(moment):
        return moment
    end = settings.SMS_QUIET_HOURS[1]
    local = timezone.localtime(moment)
    morning = local.replace(hour=end, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)
