"""Codes for somebody who is not signed in: pages that answer alike whether the account exists or not.

`name` is the user name that was typed; limits are counted by it, so that they never tell anything either. A browser
in which just this person has logged in before (`is_own`) is counted apart: who asks in somebody's name would else
spend their codes and tries of the day.
"""

import logging
import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import transaction

from members import codes, limits
from members.models import OneTimeCode, User

SOON = "کد را تازه خواسته‌اید؛ برای درخواست دوباره {wait} صبر کنید."
ENOUGH = "کدهای زیادی خواسته شده است؛ {wait} دیگر دوباره تلاش کنید."

logger = logging.getLogger(__name__)


def send(account: User | None, *, name: str, purpose: str, address: str, is_own: bool = False) -> None:
    """Text a code to the account's mobile, if there is an account; codes.Refused only for what is counted by name."""
    whose = (name, *codes.standing(is_own=is_own))
    try:
        if not is_own:
            # Before the rest: who is refused here holds nobody else up.
            limits.refuse_once_spent("code-near", name, address, sentence=ENOUGH)
        limits.spend("code-asked", purpose, *whose, sentence=SOON)
        if not is_own:
            limits.spend("code-near", name, address, sentence=ENOUGH)
        limits.spend("code-asked-hour", purpose, *whose, sentence=ENOUGH)
        limits.spend("code-asked-day", purpose, *whose, sentence=ENOUGH)
        limits.spend("code-asked-address", address, sentence=codes.ADDRESS_IS_SPENT)
    except limits.TooMany as refusal:
        raise codes.Refused(str(refusal), refusal.wait) from None
    if account is None or not account.mobile:
        return
    try:
        codes.send(account, number=account.mobile, purpose=purpose, address=address, is_own=is_own)
    except codes.Refused as refusal:
        # Telling it would tell that the account exists.
        logger.info(
            "A code for account %s was refused; it may be asked for again in %s s.", account.pk, refusal.wait
        )


def verify(account: User | None, *, name: str, purpose: str, code: str, is_own: bool = False) -> bool:
    """As codes.verify, which an account that does not exist never passes, with as much work.

    Only for a session that has asked for this code: tries are counted by name, too.
    """
    whose = (name, *codes.standing(is_own=is_own))
    codes.spend_a_try(purpose, *whose)
    if account is None or not account.mobile:
        _work_as_hard(name, purpose)
        return False
    try:
        is_right = codes.verify(account, number=account.mobile, purpose=purpose, code=code, is_own=is_own)
    except codes.Refused:
        return False
    if is_right:
        codes.forget_tries(purpose, *whose)
    return is_right


def _work_as_hard(name: str, purpose: str) -> None:
    """The statements of a wrong try at a live code, of an account that there is not."""
    rows = OneTimeCode.objects.filter(user=0, number="", purpose=purpose)
    rows.first()
    limits.spend("code-tries-nobody", purpose, name)
    with transaction.atomic():
        rows.select_for_update().first()
        OneTimeCode.objects.filter(pk=0).update(wrong_tries=0)


def answers_evenly(view: Callable) -> Callable:
    """A post is answered no sooner than after settings.EVEN_ANSWER_SECONDS: the time does not tell either."""

    @wraps(view)
    def even(request, *args, **kwargs):
        began = time.monotonic()
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            time.sleep(max(0, settings.EVEN_ANSWER_SECONDS - (time.monotonic() - began)))
        return response

    return even
