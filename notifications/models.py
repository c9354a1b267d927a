"""Messages on their way, the texts they are made of, and how each provider is doing. Nothing here sends."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from notifications import causes, sealed, texts


class Queue(models.TextChoices):
    """In the order they are served."""

    OTP = "otp", "کد تأیید"
    NOTICES = "notices", "اطلاع‌رسانی"
    REMINDERS = "reminders", "یادآوری"


class MessageQuerySet(models.QuerySet):
    def inbox_of(self, user):
        """What a member may read under «پیام‌ها»: by account, never by number, and never a code."""
        return self.filter(recipient=user, is_secret=False).order_by("-created_at")

    def waiting(self, *, now):
        """Due, and handed to nobody who may still be about to take it."""
        return self.filter(state=Message.State.PENDING, due_at__lte=now).exclude(leased_until__gt=now)

    def stuck(self, *, now):
        return self.filter(state=Message.State.SENDING, leased_until__lte=now)

    def outlived(self, *, now):
        return self.filter(state=Message.State.PENDING, not_after__lte=now)

    def settled_since(self, moment):
        return self.filter(settled_at__gte=moment)


class Message(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", "در نوبت"
        SENDING = "sending", "در حال ارسال"
        SENT = "sent", "ارسال شد"
        DELIVERED = "delivered", "رسید"
        FAILED = "failed", "نرسید"
        UNKNOWN = "unknown", "نامعلوم"
        EXPIRED = "expired", "مهلت گذشت"

    kind = models.CharField("نوع", max_length=60)
    key = models.CharField("کلید", max_length=200, unique=True)
    to = models.CharField("گیرنده", max_length=16)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="حساب گیرنده",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        # The inbox index below serves the same look-up.
        db_index=False,
    )
    values = models.JSONField("مقدارها", default=dict, blank=True)
    text = models.TextField("متن", blank=True)
    sealed = models.TextField("متن رمزشده", blank=True, editable=False)
    is_secret = models.BooleanField("محرمانه", default=False)
    queue = models.CharField("صف", max_length=10, choices=Queue.choices, default=Queue.NOTICES)
    state = models.CharField("وضعیت", max_length=10, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField("دفعات تلاش", default=0)
    provider = models.CharField("سامانهٔ ارسال", max_length=20, blank=True)
    # Ours, given along where a provider takes one; digits, because Kavenegar's localid is a number.
    provider_reference = models.CharField("شناسهٔ ما نزد سامانه", max_length=20)
    provider_message_id = models.CharField("شناسهٔ سامانه", max_length=64, blank=True)
    provider_code = models.CharField("کد سامانه", max_length=40, blank=True)
    cause = models.CharField("علت", max_length=20, choices=causes.Cause.choices, blank=True)
    not_after = models.DateTimeField("مهلت ارسال")
    due_at = models.DateTimeField("نوبت")
    leased_until = models.DateTimeField("در دست تا", null=True, blank=True)
    ask_at = models.DateTimeField("پرسش بعدی وضعیت", null=True, blank=True)
    created_at = models.DateTimeField("ثبت", default=timezone.now)
    sent_at = models.DateTimeField("ارسال", null=True, blank=True)
    delivered_at = models.DateTimeField("رسیدن", null=True, blank=True)
    settled_at = models.DateTimeField("پایان کار", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "پیامک"
        verbose_name_plural = "پیامک‌ها"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="message_state_known",
                condition=Q(
                    state__in=["pending", "sending", "sent", "delivered", "failed", "unknown", "expired"]
                ),
            ),
            models.CheckConstraint(
                name="secret_text_never_readable", condition=Q(is_secret=False) | Q(text="", values={})
            ),
            models.CheckConstraint(
                name="secret_text_blank_once_settled", condition=Q(settled_at__isnull=True) | Q(sealed="")
            ),
        ]
        indexes = [
            # The sweeper's question twice a second: what is due, codes first.
            models.Index(F("queue"), F("due_at"), name="message_waiting", condition=Q(state="pending")),
            # The sweeper's second question: whose sender died.
            models.Index(F("leased_until"), name="message_leased", condition=Q(state="sending")),
            # Polling of delivery for what was sent and is not known to have arrived.
            models.Index(F("ask_at"), name="message_to_ask", condition=Q(ask_at__isnull=False)),
            # A delivery report names the provider and its number for the message.
            models.Index(
                F("provider"),
                F("provider_message_id"),
                name="message_reported",
                condition=~Q(provider_message_id=""),
            ),
            # «پیام‌ها» of one account, newest first; codes are never shown there.
            models.Index(
                F("recipient"), F("created_at").desc(), name="message_inbox", condition=Q(is_secret=False)
            ),
            # Which providers a code to this number has been tried through; staff looking for a number.
            models.Index(F("to"), F("created_at").desc(), name="message_to_number"),
            # Metrics of the last minutes and the daily digest.
            models.Index(F("settled_at"), name="message_settled", condition=Q(settled_at__isnull=False)),
            # Staff's list, newest first.
            models.Index(F("created_at").desc(), name="message_newest"),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    def content(self) -> tuple[str, dict]:
        """Text and values as they go out; the text of a secret that has left is blank."""
        if self.is_secret:
            return sealed.unseal(self.sealed) if self.sealed else ("", {})
        return self.text, self.values

    @property
    def advice(self) -> str:
        """What the person can do about a message that did not arrive."""
        return causes.advice_to_member(self.cause) if self.state == self.State.FAILED else ""


# How long the text of a message is kept by a process.
CHECK_SECONDS = 3


class MessageTemplate(models.Model):
    kind = models.CharField("نوع", max_length=60, unique=True)
    title = models.CharField("عنوان", max_length=120)
    text = models.TextField("متن")
    placeholders = models.JSONField("جای‌نگهدارها", default=list, blank=True)
    is_secret = models.BooleanField("محرمانه", default=False)
    queue = models.CharField("صف", max_length=10, choices=Queue.choices, default=Queue.NOTICES)
    provider_templates = models.JSONField("قالب نزد سامانه‌ها", default=dict, blank=True)

    class Meta:
        verbose_name = "متن پیامک"
        verbose_name_plural = "متن پیامک‌ها"
        ordering = ["kind"]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        cache.delete(f"message-{self.kind}")

    def get_absolute_url(self):
        return reverse("admin:notifications_messagetemplate_change", args=[self.pk])

    @classmethod
    def of(cls, kind: str) -> "MessageTemplate":
        """As staff have written it; a change made in another process may stay unseen for some seconds."""
        return cache.get_or_set(f"message-{kind}", lambda: cls.objects.get(kind=kind), CHECK_SECONDS)

    def clean(self):
        unknown = texts.placeholders_in(self.text) - set(self.placeholders)
        if unknown:
            names = "، ".join(f"{{{name}}}" for name in sorted(unknown))
            raise ValidationError({"text": f"این جای‌نگهدارها برای این متن تعریف نشده‌اند: {names}"})
        if self.is_secret and "code" not in texts.placeholders_in(self.text):
            raise ValidationError({"text": "متن کد تأیید باید {code} داشته باشد."})
        self._check_provider_templates()

    def _check_provider_templates(self):
        for provider, registered in self.provider_templates.items():
            if not isinstance(registered, dict) or not registered.get("template"):
                raise ValidationError({"provider_templates": f"شناسهٔ قالب را برای {provider} بنویسید."})
            for parameter in registered.get("parameters", []):
                placeholder = parameter if isinstance(parameter, str) else parameter[-1]
                if placeholder not in self.placeholders:
                    raise ValidationError(
                        {"provider_templates": f"جای‌نگهدار «{placeholder}» برای این متن تعریف نشده است."}
                    )

    def rendered(self, values: dict) -> str:
        text = texts.fill(self.text, values)
        return texts.with_code_line(text, values["code"]) if self.is_secret and "code" in values else text


class ProviderHealth(models.Model):
    """How one provider did in the current minute, so that one worker's bad luck warns the others."""

    provider = models.CharField("سامانهٔ ارسال", max_length=20, unique=True)
    window_began_at = models.DateTimeField("آغاز شمارش", default=timezone.now)
    accepted = models.PositiveIntegerField("پذیرفته", default=0)
    refused = models.PositiveIntegerField("ناموفق", default=0)
    slow = models.PositiveIntegerField("کند", default=0)
    rests_until = models.DateTimeField("کنار گذاشته تا", null=True, blank=True)
    rests_in_a_row = models.PositiveSmallIntegerField("بار پیاپی", default=0)
    last_cause = models.CharField("آخرین علت", max_length=20, choices=causes.Cause.choices, blank=True)
    last_code = models.CharField("آخرین کد", max_length=40, blank=True)
    last_refused_at = models.DateTimeField("آخرین خطا", null=True, blank=True)
    balance = models.BigIntegerField("مانده (ریال)", null=True, blank=True)
    balance_at = models.DateTimeField("زمان مانده", null=True, blank=True)
    alarmed_at = models.DateTimeField("آخرین هشدار مانده", null=True, blank=True)

    class Meta:
        verbose_name = "سلامت سامانهٔ ارسال"
        verbose_name_plural = "سلامت سامانه‌های ارسال"
        ordering = ["provider"]

    def __str__(self):
        return self.provider

    @property
    def rests(self) -> bool:
        return self.rests_until is not None and self.rests_until > timezone.now()


class DemoText(models.Model):
    """What the demo phone shows: there the text of a code must outlive its sending."""

    to = models.CharField("گیرنده", max_length=16)
    text = models.TextField("متن")
    created_at = models.DateTimeField("زمان", auto_now_add=True)

    class Meta:
        verbose_name = "پیامک نمایشی"
        verbose_name_plural = "پیامک‌های نمایشی"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.pk}"


# How long a message may still leave when its caller names no end. A code's caller always knows better.
LIFE = {
    Queue.OTP: timedelta(minutes=5),
    Queue.NOTICES: timedelta(hours=48),
    Queue.REMINDERS: timedelta(hours=24),
}
