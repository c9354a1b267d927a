"""Accounts and what guards them: codes by SMS, counted tries, open sessions."""

import secrets
from importlib import import_module

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

from members.models.people import Person


class UserManager(BaseUserManager):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A member's account (`type:national_id`, outlives contracts) or a staff account with a name of its own."""

    username = models.CharField("نام کاربری", max_length=60, unique=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name="شخص",
    )
    membership_type = models.ForeignKey(
        "catalog.MembershipType",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="نوع عضویت",
    )
    mobile = models.CharField("موبایل", max_length=11, blank=True)
    email = models.EmailField("ایمیل", blank=True)
    phone = models.CharField("تلفن", max_length=11, blank=True)
    fax = models.CharField("فکس", max_length=11, blank=True)
    address = models.CharField("آدرس", max_length=300, blank=True)
    notes = models.CharField("توضیحات", max_length=500, blank=True)
    keeps_claims_private = models.BooleanField("درخواست‌هایم فقط برای خودم", default=False)
    # Staff only: the name that colleagues see, and the household they may not handle.
    staff_name = models.CharField("نام کارمند", max_length=100, blank=True)
    staff_national_id = models.CharField("کد ملی کارمند", max_length=10, blank=True)
    is_staff = models.BooleanField("کارمند", default=False)
    # A full match with the roster makes an inactive account; the password activates it.
    is_active = models.BooleanField("فعال", default=True)
    date_joined = models.DateTimeField("تاریخ ساخت", default=timezone.now)
    activated_at = models.DateTimeField("زمان فعال‌سازی", null=True, blank=True)
    # Messages written after this moment are counted in the app bar as unread.
    messages_read_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "حساب"
        verbose_name_plural = "حساب‌ها"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "membership_type"], name="one_account_for_a_person_and_type"
            ),
            models.CheckConstraint(
                condition=models.Q(is_staff=True, person=None)
                | models.Q(is_staff=False, person__isnull=False),
                name="account_is_either_staff_or_member",
            ),
        ]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self) -> str:
        if self.person_id:
            return self.person.full_name
        return self.staff_name or self.username

    @property
    def is_member(self) -> bool:
        return self.person_id is not None


class OneTimeCode(models.Model):
    """A code device: "this account reads this number, for this purpose". The code itself is derived, never stored."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="one_time_codes")
    number = models.CharField(max_length=11)
    purpose = models.CharField(max_length=20)
    nonce = models.CharField(max_length=64, default=secrets.token_hex)
    issue = models.PositiveBigIntegerField(default=0)
    issued_at = models.DateTimeField(null=True)
    last_sent_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    is_spent = models.BooleanField(default=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "کد پیامکی"
        verbose_name_plural = "کدهای پیامکی"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "number", "purpose"], name="one_code_for_user_number_purpose"
            )
        ]

    def __str__(self):
        return f"{self.purpose} #{self.pk}"


class Limit(models.Model):
    """How often something was tried by one key within a window; the key is a keyed hash, never the number itself."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    # Windows that are over are swept.
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "شمارش تلاش‌ها"
        verbose_name_plural = "شمارش تلاش‌ها"

    def __str__(self):
        return self.key[:8]


class Session(AbstractBaseSession):
    """Django's session, which also names its account: both are read together, see members/arrival.py."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "نشست مرورگر"
        verbose_name_plural = "نشست‌های مرورگر"

    @classmethod
    def get_session_store_class(cls):
        return import_module(settings.SESSION_ENGINE).SessionStore


class AccountSession(models.Model):
    """An open session as its owner sees it under «حساب من»."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="account_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField("مرورگر", max_length=80, blank=True)
    is_remembered = models.BooleanField(default=False)
    started_at = models.DateTimeField("شروع", default=timezone.now)
    last_seen_at = models.DateTimeField("آخرین استفاده", default=timezone.now)

    class Meta:
        ordering = ["-last_seen_at"]
        verbose_name = "نشست"
        verbose_name_plural = "نشست‌ها"

    def __str__(self):
        return self.browser


class KeptForm(models.Model):
    """A form posted without a session: kept a quarter of an hour for this browser and national ID."""

    browser_key = models.CharField(max_length=64, unique=True)
    national_id_key = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=200)
    fields = models.BinaryField()
    kept_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "فرم نگه‌داشته‌شده"
        verbose_name_plural = "فرم‌های نگه‌داشته‌شده"

    def __str__(self):
        return self.path
