"""What Celery runs for members: clearing away what has ended."""

from celery import shared_task

from members import captcha, codes, kept_forms, limits, sessions


@shared_task(name="members.sweep", ignore_result=True)
def sweep() -> None:
    for subject in (limits, kept_forms, captcha, sessions, codes):
        subject.sweep()
