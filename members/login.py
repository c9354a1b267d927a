"""Who may come in: one answer for every wrong pair, the same effort for every account, and waits that grow."""

from django.contrib.auth import authenticate

from catalog.models import MembershipType
from members import failures, limits
from members.models import User

WRONG = "کد ملی، رمز عبور یا نوع عضویت درست نیست؛ آن‌ها را بررسی کنید و دوباره وارد کنید."
WAIT = "چند بار پیاپی ورود ناموفق بوده است؛ {wait} دیگر دوباره امتحان کنید."
RESET_NEEDED = (
    "برای امنیت حساب، ورود با این رمز بسته شده است؛ از «رمز عبورتان را فراموش کرده‌اید؟» رمز تازه بسازید."
)
FIRST_WAIT_SECONDS = 15 * 60
LONGEST_WAIT_SECONDS = 4 * 3600


class Refused(Exception):
    """The text is the sentence the person reads."""


def username_of(membership_type: MembershipType, national_id: str) -> str:
    return f"{membership_type.code}:{national_id}"


def national_id_of(username: str) -> str:
    return username.rpartition(":")[2]


def account_named(username: str) -> User | None:
    """The active account, for pages that answer alike whether there is one or not."""
    return User.objects.filter(username=username, is_active=True, person__isnull=False).first()


def enter(*, membership_type: MembershipType, national_id: str, password: str, address: str) -> User:
    """The account of this pair, or Refused. Tries are counted beforehand, so that parallel ones count too."""
    username = username_of(membership_type, national_id)
    try:
        tries = limits.spend("login", username, address, sentence=WAIT)
        limits.spend("login-address", address)
        limits.spend("login-in-a-row", username, sentence=RESET_NEEDED)
    except limits.TooMany as refusal:
        raise Refused(str(refusal)) from None
    # Django runs a hash for an unknown name, too.
    user = authenticate(username=username, password=password)
    if user is None or not user.is_member:
        lengthen_wait(username, address, tries)
        failures.note(failures.LOGIN)
        raise Refused(WRONG)
    limits.give_back("login-address", address)
    forgive(user, address=address)
    return user


def forgive(user: User, *, address: str) -> None:
    """After a success or a new password nothing is held against the account."""
    limits.forget("login", user.username, address)
    limits.forget("login-waits", user.username, address)
    limits.forget("login-in-a-row", user.username)


def is_suspicious(address: str) -> bool:
    """Many failures behind one address: it may be a carrier's, so it earns a captcha and no refusal."""
    return limits.is_crowded("login-address", address, than="login-captcha")


def lengthen_wait(username: str, address: str, tries: int) -> None:
    most, _ = limits.allowed("login")
    if tries >= most:
        waits = limits.spend("login-waits", username, address)
        seconds = min(FIRST_WAIT_SECONDS * 2 ** (waits - 1), LONGEST_WAIT_SECONDS)
        limits.hold("login", username, address, seconds=seconds)
