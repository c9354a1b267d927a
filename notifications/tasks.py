"""What Celery runs: each takes an id or nothing and calls one function."""

from celery import shared_task

from notifications import alarms, delivery


@shared_task(name="notifications.deliver", ignore_result=True)
def deliver(message_id: int) -> None:
    # A message that must be tried again says so in its row (due_at); the sweeper brings it back.
    delivery.deliver(message_id)


@shared_task(name="notifications.mail_digest", ignore_result=True)
def mail_digest() -> None:
    alarms.mail_digest()


@shared_task(name="notifications.check_balances", ignore_result=True)
def check_balances() -> None:
    alarms.check_balances()
