"""What Celery runs: each takes an id or nothing and calls one function."""

from celery import shared_task

from notifications import delivery


@shared_task(name="notifications.deliver", ignore_result=True)
def deliver(message_id: int) -> None:
    # A message that must be tried again says so in its row (due_at); the sweeper brings it back.
    delivery.deliver(message_id)
