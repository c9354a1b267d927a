"""What a password must be, and how it is kept. The settings name these classes."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from notifications import outbox
from portal.lib.text import compact, persian_digits

SHORTEST, LONGEST = 10, 128

KEYBOARD = "رمز عبور فقط با نویسه‌های انگلیسی پذیرفته می‌شود؛ زبان صفحه‌کلید را بررسی کنید."
SPACE = "رمز عبور نمی‌تواند فاصله داشته باشد؛ آن را بدون فاصله بنویسید."
TOO_SHORT = f"رمز عبور را با دست‌کم {persian_digits(SHORTEST)} نویسه بنویسید."
TOO_LONG = f"رمز عبور را با حداکثر {persian_digits(LONGEST)} نویسه بنویسید."
YOURS = "رمز عبور نمی‌تواند کد ملی یا شمارهٔ موبایل شما باشد؛ رمز دیگری انتخاب کنید."
COMMON = "این رمز بسیار رایج است و زود حدس زده می‌شود؛ رمز دیگری انتخاب کنید."


def change(user, password: str) -> None:
    """Store the new password and tell the member; sessions are the caller's to end or renew."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        outbox.enqueue(
            to=user.mobile,
            recipient=user,
            kind="password_changed",
            values={},
            key=f"password-changed-{user.pk}-{timezone.now():%Y%m%d%H%M%S%f}",
        )


class Argon2(Argon2PasswordHasher):
    # 19 MiB, two rounds, one lane: 28 ms a hash, and dozens of threads still fit into memory.
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class PrintableAscii:
    def validate(self, password, user=None):
        if " " in password:
            raise ValidationError(SPACE, code="password_space")
        if not all("!" <= character <= "~" for character in password):
            raise ValidationError(KEYBOARD, code="password_keyboard")

    def get_help_text(self):
        return "با نویسه‌های انگلیسی"


class Length:
    def validate(self, password, user=None):
        if len(password) < SHORTEST:
            raise ValidationError(TOO_SHORT, code="password_too_short")
        if len(password) > LONGEST:
            raise ValidationError(TOO_LONG, code="password_too_long")

    def get_help_text(self):
        return f"{persian_digits(SHORTEST)} تا {persian_digits(LONGEST)} نویسه"


class NotOneOfYours:
    """Neither the national ID nor the mobile, however they are written."""

    def validate(self, password, user=None):
        if user is None:
            return
        typed = _bare(password)
        own = {user.username.rpartition(":")[2], user.mobile}
        if typed in {_bare(number) for number in own if number}:
            raise ValidationError(YOURS, code="password_is_yours")

    def get_help_text(self):
        return "نه کد ملی و نه شمارهٔ موبایل"


class NotCommon(CommonPasswordValidator):
    def get_error_message(self):
        return COMMON

    def get_help_text(self):
        return "نه رمزی که همه به کار می‌برند"


def _bare(text: str) -> str:
    """A number without what people put around it: country code, leading zeros, dashes."""
    return compact(text).removeprefix("+98").removeprefix("0098").lstrip("0").removeprefix("98") or text
