"""Who of the staff may enter: password, and outside development a second factor; backup codes for who lost it."""

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django_otp import devices_for_user, verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from members import failures, limits
from members.login import WAIT, Refused, lengthen_wait
from members.models import User
from portal.lib.text import latin_digits

WRONG = "نام کاربری یا رمز عبور درست نیست؛ آن‌ها را بررسی کنید و دوباره وارد کنید."
NEW_PASSWORD_NEEDED = (
    "ورود با این رمز از این اتصال بسته شده است؛ از مدیر سامانه بخواهید برایتان رمز تازه تعیین کند."
)
WRONG_CODE = "این کد درست نیست یا پیش‌تر به کار رفته است؛ کد تازهٔ برنامه را وارد کنید."
TOO_MANY_CODES = "کدهای نادرست بیش از حد بوده است؛ {wait} دیگر دوباره امتحان کنید."
BACKUP_CODES = 8


def may_enter(user) -> bool:
    """Whether this session may see what staff see."""
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return False
    return not settings.STAFF_SECOND_FACTOR or user.is_verified()


def enter(*, username: str, password: str, address: str) -> User:
    """The staff account of this pair, or Refused: one answer whether it exists, is a member's or is closed."""
    name = _counted_as(username)
    try:
        tries = limits.spend("login", name, address, sentence=WAIT)
        limits.spend("login-address", address)
        # By address too: a stranger who guesses elsewhere must not shut the door of those who work here.
        limits.spend("login-in-a-row", name, address, sentence=NEW_PASSWORD_NEEDED)
    except limits.TooMany as refusal:
        raise Refused(str(refusal)) from None
    user = authenticate(username=username, password=password)
    if user is None or not user.is_staff:
        lengthen_wait(name, address, tries)
        failures.note(failures.LOGIN)
        raise Refused(WRONG)
    limits.give_back("login-address", address)
    for scope in ("login", "login-waits", "login-in-a-row"):
        limits.forget(scope, name, address)
    return user


def _counted_as(username: str) -> str:
    """Tries are held against the password of today: with a new one, whoever set it, they count from none."""
    rows = User.objects.filter(username=username, is_staff=True).values_list("password", flat=True)
    return limits.keyed("staff", username, rows.first() or "")


def has_second_factor(user: User) -> bool:
    return any(True for _ in devices_for_user(user))


def new_device(user: User) -> TOTPDevice:
    """The device that waits for its first code; the same one until then, so that a second look shows no other key."""
    return TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "برنامهٔ رمزساز"})[0]


def enrol(user: User, code: str) -> TOTPDevice:
    """The first right code of the new device confirms it."""
    device = _proved(user, [new_device(user)], code)
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return device


def verify(user: User, code: str):
    """The device whose code this is: of the app, or one of the backup codes."""
    return _proved(user, list(devices_for_user(user)), code)


def _proved(user: User, devices, code: str):
    try:
        limits.spend("code-tries-day", "staff", user.pk, sentence=TOO_MANY_CODES)
    except limits.TooMany as refusal:
        raise Refused(str(refusal)) from None
    code = latin_digits(code).replace(" ", "").strip().lower()
    for device in devices:
        if verify_token(user, device.persistent_id, code):
            limits.give_back("code-tries-day", "staff", user.pk)
            return device
    raise Refused(WRONG_CODE)


def make_backup_codes(user: User) -> list[str]:
    """Codes for somebody whose phone is lost, each good for once; older ones end."""
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    with transaction.atomic():
        device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "کدهای پشتیبان"})
        device.token_set.all().delete()
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def forget_device(user: User) -> None:
    """The phone is gone: the next login asks for a new app, backup codes stay as the way in."""
    TOTPDevice.objects.filter(user=user).delete()
