"""Why a message did not leave or arrive, in our words; gateways map the providers' codes to these."""

from django.conf import settings
from django.db import models


class Cause(models.TextChoices):
    NUMBER = "number", "شماره درست نیست"
    BLOCKED = "blocked", "پیامک‌های خدماتی این خط بسته است"
    UNDELIVERED = "undelivered", "به گوشی نرسید"
    TEXT = "text", "متن پذیرفته نشد"
    TEMPLATE = "template", "قالب در سامانه نیست یا تأیید نشده است"
    CREDIT = "credit", "اعتبار سامانه کافی نیست"
    ACCOUNT = "account", "سامانه حساب یا نشانی ما را نپذیرفت"
    LINE = "line", "خط ارسال پذیرفته نشد"
    BUSY = "busy", "سامانه سرش شلوغ است"
    REFUSED = "refused", "سامانه نپذیرفت"
    SERVER = "server", "خطای درونی سامانه"
    UNREACHABLE = "unreachable", "سامانه در دسترس نیست"
    TIMEOUT = "timeout", "پاسخ سامانه نیامد"
    DROPPED = "dropped", "ارتباط با سامانه نیمه‌کاره ماند"
    GARBAGE = "garbage", "پاسخ سامانه خوانا نبود"
    SENDER_DIED = "sender_died", "فرستنده در میانهٔ کار از کار افتاد"
    LATE = "late", "پیش از ارسال، مهلتش گذشت"
    CANCELLED = "cancelled", "سامانه پیامک را لغو کرد"
    NO_PROVIDER = "no_provider", "هیچ سامانه‌ای تنظیم نشده است"


def advice_to_member(cause: str) -> str:
    if cause == Cause.BLOCKED:
        return f"دریافت پیامک روی خط شما بسته است. {settings.SMS_UNBLOCKING_ADVICE}"
    if cause == Cause.NUMBER:
        return "شمارهٔ موبایل خود را در «حساب من» بررسی و درست کنید."
    return "گوشی خود را روشن و در دسترس نگه دارید؛ متن پیام همین‌جا هم هست."
