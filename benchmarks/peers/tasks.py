"""`.delay()` per message."""

from celery import shared_task


@shared_task(ignore_result=True)
def send_sms(mobile, text):
    """Only published here; nobody works it off."""
