"""Codes by SMS, for every purpose alike: "this account reads this number, for this purpose".

A code is derived from the server's key, the row's nonce and its issue counter; nothing of it is stored.
The rows are no devices of django-otp: so a code by SMS can never count as the second factor of staff.
"""

import logging
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django_otp.oath import hotp

from members import limits
from members.models import OneTimeCode, User
from notifications import alarms, outbox
from portal.lib.joined import Joined
from portal.lib.money import grouped
from portal.lib.text import compact

ACTIVATION, PASSWORD, MOBILE, CLAIM, CAPTCHA = "activation", "password", "mobile", "claim", "captcha"
PURPOSES = frozenset({ACTIVATION, PASSWORD, MOBILE, CLAIM, CAPTCHA})

DIGITS = 6
LIFE = timedelta(minutes=5)
RESEND_AFTER = timedelta(seconds=60)
TRIES = 5

COOLING = "کد را تازه فرستاده‌ایم؛ برای ارسال دوباره {wait} صبر کنید."
NUMBER_IS_SPENT = "برای این شماره کدهای زیادی فرستاده شده است؛ {wait} دیگر دوباره تلاش کنید."
ADDRESS_IS_SPENT = "از این اتصال کدهای زیادی خواسته شده است؛ {wait} دیگر دوباره تلاش کنید."
BUDGET_IS_SPENT = "سقف کدهای یک ساعت پر شد"
CHECK_THE_BUDGET = (
    "همهٔ {most} کدی که در یک ساعت اجازه دارد فرستاده شد و تا {wait} دیگر کدی نمی‌رود. اگر درخواست‌ها طبیعی است، "
    "CODES_PER_HOUR را بالا ببرید؛ اگر نیست، نشانی‌هایی را که پشت سر هم کد می‌خواهند ببندید."
)
NOT_SENT_NOW = "اکنون نمی‌توانیم کد بفرستیم؛ کمی بعد دوباره تلاش کنید."
TRIES_ARE_SPENT = "امروز کدهای نادرست زیادی وارد شده است؛ {wait} دیگر دوباره تلاش کنید."

_of_number = Joined(
    "SELECT {code} FROM members_onetimecode code WHERE code.user_id = %(user)s AND code.number = %(number)s",
    name="code_of_number",
    code=OneTimeCode,
)
logger = logging.getLogger(__name__)


class Refused(Exception):
    """The text is the sentence the person reads; `wait` the seconds until it may work, or None."""

    def __init__(self, sentence: str, wait: int | None = None):
        super().__init__(sentence)
        self.wait = wait


@dataclass(frozen=True)
class Sent:
    resend_after: int
    expires_at: datetime


@dataclass(frozen=True)
class State:
    is_live: bool
    resend_in: int
    expires_at: datetime | None


def send(user: User, *, number: str, purpose: str, address: str, is_own: bool = False) -> Sent:
    """Send a code, or the same one again while it lives; call it outside of a transaction (see limits.py).

    `is_own`: the account itself asks, signed in or from a browser it has logged in with. Then a number that it
    has proved to read is counted apart: whoever asks in somebody's name leaves them their codes.
    """
    _check(user, purpose)
    if not settings.CODES_ARE_SENT:
        raise Refused(NOT_SENT_NOW)
    row, _ = OneTimeCode.objects.get_or_create(user=user, number=number, purpose=purpose)
    _refuse_while_cooling(row)
    owner = user.pk if is_own and _reads(user, number) else None
    spend_for_sending(number=number, address=address, owner=owner)
    with transaction.atomic():
        row = OneTimeCode.objects.select_for_update().get(pk=row.pk)
        _refuse_while_cooling(row)
        return _issue(row, recipient=user)


def spend_for_sending(*, number: str, address: str, owner: int | None = None) -> None:
    """Count one sending. The owner's count for strangers, too; the strangers' never for the owner."""
    try:
        if owner:
            limits.spend("code-hour", number, owner, sentence=NUMBER_IS_SPENT)
            limits.spend("code-day", number, owner, sentence=NUMBER_IS_SPENT)
        with suppress(limits.TooMany) if owner else nullcontext():
            limits.spend("code-hour", number, sentence=NUMBER_IS_SPENT)
            limits.spend("code-day", number, sentence=NUMBER_IS_SPENT)
        limits.spend("code-address", address, sentence=ADDRESS_IS_SPENT)
    except limits.TooMany as refusal:
        raise Refused(str(refusal), refusal.wait) from None
    try:
        limits.spend("code-global")
    except limits.TooMany as refusal:
        if refusal.is_first:
            _sound_the_alarm(refusal.wait)
        raise Refused(NOT_SENT_NOW, refusal.wait) from None


def _sound_the_alarm(wait: int) -> None:
    """Once an hour: after the first refusal it would only repeat itself."""
    most, _ = limits.allowed("code-global")
    logger.critical("The hour's budget of codes is spent; none are sent for %s s.", wait)
    alarms.tell(BUDGET_IS_SPENT, limits.with_wait(CHECK_THE_BUDGET.replace("{most}", grouped(most)), wait))


def verify(user: User, *, number: str, purpose: str, code: str, is_own: bool = False) -> bool:
    """Whether the code is right; it works once. Call it outside of a transaction: wrong tries must count.

    Without a live code nothing is counted: else anybody could spend somebody's tries beforehand. `is_own`: as in
    `send`; the tries are counted apart.
    """
    _check(user, purpose)
    rows = OneTimeCode.objects.filter(user=user, number=number, purpose=purpose)
    row = rows.first()
    if row is None or not _is_live(row):
        return False
    tries = (user.pk, number, *standing(is_own=is_own))
    spend_a_try(purpose, *tries)
    with transaction.atomic():
        row = rows.select_for_update().first()
        if row is None or not _is_live(row):
            return False
        if not constant_time_compare(_code_of(row), compact(code)):
            row.wrong_tries += 1
            row.save(update_fields=["wrong_tries"])
            return False
        row.is_spent = True
        row.confirmed_at = timezone.now()
        row.save(update_fields=["is_spent", "confirmed_at"])
    # The caps are on codes that nobody confirms.
    forget_tries(purpose, *tries)
    for scope in ("code-hour", "code-day"):
        limits.forget(scope, number)
        limits.forget(scope, number, user.pk)
    return True


def standing(*, is_own: bool) -> tuple[str, ...]:
    """What sets the counts of an account's own browser apart from everybody else's."""
    return ("own",) if is_own else ()


def _reads(user: User, number: str) -> bool:
    """Whether the account has proved to read the number: else it could spend the codes of whoever does."""
    rows = OneTimeCode.objects.filter(user=user, number=number)
    return number == user.mobile or rows.exclude(confirmed_at=None).exists()


def spend_a_try(purpose: str, *whose: object) -> None:
    """Counted by purpose: tries at one door must not shut another."""
    try:
        limits.spend("code-tries-day", purpose, *whose, sentence=TRIES_ARE_SPENT)
    except limits.TooMany as refusal:
        raise Refused(str(refusal), refusal.wait) from None


def forget_tries(purpose: str, *whose: object) -> None:
    limits.forget("code-tries-day", purpose, *whose)


def confirmed_at(user: User, number: str) -> datetime | None:
    """When this account last proved, for any purpose, that it reads this number."""
    return state_and_proof(user, number=number, purpose="")[1]


def state(user: User, *, number: str, purpose: str) -> State:
    return state_and_proof(user, number=number, purpose=purpose)[0]


def state_and_proof(user: User, *, number: str, purpose: str) -> tuple[State, datetime | None]:
    """Both in one statement."""
    rows = [row.code for row in _of_number.rows(user=user.pk, number=number)]
    proofs = [row.confirmed_at for row in rows if row.confirmed_at]
    found = next((row for row in rows if row.purpose == purpose), None)
    return _state(found), max(proofs, default=None)


def _state(row: OneTimeCode | None) -> State:
    if row is None:
        return State(is_live=False, resend_in=0, expires_at=None)
    is_live = _is_live(row)
    return State(
        is_live=is_live,
        resend_in=_seconds_to_resend(row),
        expires_at=row.issued_at + LIFE if is_live else None,
    )


def _check(user: User, purpose: str) -> None:
    if purpose not in PURPOSES:
        raise ValueError(f"Unknown purpose: {purpose}")
    if not user.is_member:
        raise ValueError("Staff accounts get no codes by SMS.")


def _is_live(row: OneTimeCode) -> bool:
    return (
        not row.is_spent
        and row.issued_at is not None
        and row.wrong_tries < TRIES
        and timezone.now() < row.issued_at + LIFE
    )


def _seconds_to_resend(row: OneTimeCode) -> int:
    if row.last_sent_at is None or row.is_spent:
        return 0
    return limits.seconds_until(row.last_sent_at + RESEND_AFTER)


def _refuse_while_cooling(row: OneTimeCode) -> None:
    wait = _seconds_to_resend(row)
    if wait:
        raise Refused(COOLING.format(wait=limits.in_words(wait)), wait)


def _issue(row: OneTimeCode, *, recipient: User) -> Sent:
    now = timezone.now()
    if not _is_live(row):
        row.issue += 1
        row.issued_at = now
        row.wrong_tries = 0
        row.is_spent = False
    row.last_sent_at = now
    row.save(update_fields=["issue", "issued_at", "wrong_tries", "is_spent", "last_sent_at"])
    expires_at = row.issued_at + LIFE
    outbox.enqueue(
        to=row.number,
        recipient=recipient,
        kind="code",
        values={"code": _code_of(row)},
        key=f"code-{row.pk}-{row.issue}-{int(now.timestamp())}",
        not_after=expires_at,
    )
    return Sent(resend_after=int(RESEND_AFTER.total_seconds()), expires_at=expires_at)


def _code_of(row: OneTimeCode) -> str:
    bound_to = f"{row.nonce}:{row.user_id}:{row.number}:{row.purpose}"
    key = salted_hmac("members.codes", bound_to, algorithm="sha256").digest()
    return f"{hotp(key, row.issue, DIGITS):0{DIGITS}d}"


def sweep() -> int:
    """Forget codes after a day; numbers that were confirmed stay known as such."""
    day_ago = timezone.now() - timedelta(days=1)
    return OneTimeCode.objects.filter(confirmed_at=None, last_sent_at__lte=day_ago).delete()[0]
