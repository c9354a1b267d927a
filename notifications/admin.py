"""What staff see and may do: the log, sending again, the texts, and how the providers are doing."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import OuterRef, Subquery
from django.utils.html import format_html

from notifications import health, reports, texts
from notifications.gateways import KNOWN, gateway
from notifications.models import Message, MessageTemplate, ProviderHealth
from notifications.outbox import send_again
from portal.lib import dates
from portal.lib.admin import FoundByPost, OnlyViewed
from portal.lib.tags import ltr, masked_mobile, rial
from portal.lib.text import compact, persian_digits

SENDABLE_AGAIN = (Message.State.FAILED, Message.State.UNKNOWN, Message.State.EXPIRED)


class KindFilter(admin.SimpleListFilter):
    """Out of the texts there are: asking the log which kinds it holds would read all of it."""

    title, parameter_name = "نوع", "kind"

    def lookups(self, request, model_admin):
        return MessageTemplate.objects.values_list("kind", "title")

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


class ProviderFilter(admin.SimpleListFilter):
    title, parameter_name = "سامانهٔ ارسال", "provider"

    def lookups(self, request, model_admin):
        return [(name, name) for name in KNOWN]

    def queryset(self, request, queryset):
        return queryset.filter(provider=self.value()) if self.value() else queryset


@admin.register(Message)
class MessageAdmin(FoundByPost, OnlyViewed, admin.ModelAdmin):
    list_display = ["created", "told", "number", "state", "cause", "provider", "provider_code", "attempts"]
    list_filter = ["state", KindFilter, ProviderFilter, "cause", "queue", "created_at"]
    search_fields = ["to"]
    search_help_text = "شمارهٔ کامل گیرنده یا شناسهٔ سامانه"
    ordering = ["-created_at"]
    actions = ["send_again"]
    list_per_page = 50
    # A count of the whole table would cost more than the page.
    show_full_result_count = False
    fields = [
        ("told", "queue"),
        ("to", "recipient"),
        "shown_text",
        "parts",
        ("state", "cause", "attempts"),
        ("provider", "provider_code"),
        ("provider_reference", "provider_message_id"),
        ("created", "not_after_shown"),
        ("sent", "delivered"),
        "key",
    ]
    readonly_fields = [name for row in fields for name in ([row] if isinstance(row, str) else row)]

    def get_queryset(self, request):
        titles = MessageTemplate.objects.filter(kind=OuterRef("kind")).values("title")
        return super().get_queryset(request).annotate(told_as=Subquery(titles[:1]))

    @admin.display(description="نوع", ordering="kind")
    def told(self, message):
        return message.told_as or message.kind

    def search(self, queryset, text):
        return queryset.filter(to=compact(text)) | queryset.filter(provider_message_id=text)

    def has_send_again_permission(self, request):
        return request.user.has_perm("notifications.change_message")

    @admin.action(description="ارسال دوبارهٔ پیامک‌های برگزیده", permissions=["send_again"])
    def send_again(self, request, queryset):
        unfit = queryset.filter(is_secret=True) | queryset.exclude(state__in=SENDABLE_AGAIN)
        fit = queryset.filter(is_secret=False, state__in=SENDABLE_AGAIN)
        skipped = unfit.distinct().count()
        sent = [send_again(message) for message in fit.select_related("recipient").order_by("created_at")]
        if sent:
            self.message_user(request, f"{persian_digits(len(sent))} پیامک دوباره در نوبت ارسال است.")
        if skipped:
            self.message_user(
                request,
                "کد تأیید و پیامکی که رسیده یا در راه است، دوباره فرستاده نمی‌شود؛ عضو باید کد تازه بخواهد.",
                messages.WARNING,
            )

    @admin.display(description="ثبت", ordering="created_at")
    def created(self, message):
        return dates.moment(message.created_at)

    @admin.display(description="مهلت ارسال")
    def not_after_shown(self, message):
        return dates.moment(message.not_after)

    @admin.display(description="ارسال")
    def sent(self, message):
        return dates.moment(message.sent_at) if message.sent_at else "—"

    @admin.display(description="رسیدن")
    def delivered(self, message):
        return dates.moment(message.delivered_at) if message.delivered_at else "—"

    @admin.display(description="گیرنده")
    def number(self, message):
        return masked_mobile(message.to)

    @admin.display(description="متن")
    def shown_text(self, message):
        return "محرمانه" if message.is_secret else message.text

    @admin.display(description="تعداد پیامک")
    def parts(self, message):
        return "—" if message.is_secret else persian_digits(texts.parts(texts.with_footer(message.text)))


class TemplateForm(forms.ModelForm):
    class Meta:
        model = MessageTemplate
        fields = ["title", "text", "provider_templates"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5, "dir": "rtl"})}
        help_texts = {
            "provider_templates": "برای هر سامانه: شناسهٔ قالب و نام مقدارها به ترتیب. نمونه: "
            '{"kavenegar": {"template": "portal-code", "parameters": [["token", "code"]]}}'
        }

    class Media:
        js = [forms.widgets.Script("notifications/parts.js", type="module")]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "text" not in self.fields:
            # Who may only look gets no fields.
            return
        tail = texts.with_code_line("", "482913") if self.instance.is_secret else f"\n{texts.FOOTER}"
        self.fields["text"].widget.attrs |= {"data-parts-counter": "", "data-parts-tail": tail}


@admin.register(MessageTemplate)
class MessageTemplateAdmin(admin.ModelAdmin):
    form = TemplateForm
    # Its address is this page.
    view_on_site = False
    list_display = ["title", "kind", "queue", "parts", "registered"]
    list_filter = ["queue"]
    readonly_fields = ["kind", "queue", "is_kept_secret", "may_hold", "last_line"]
    fields = [
        "title",
        ("kind", "queue", "is_kept_secret"),
        "text",
        "may_hold",
        "last_line",
        "provider_templates",
    ]

    def has_add_permission(self, request):
        # A kind is born with the code that sends it.
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="تعداد پیامک (بدون مقدارها)")
    def parts(self, template):
        return persian_digits(texts.parts(texts.with_footer(template.text)))

    @admin.display(description="قالب در")
    def registered(self, template):
        return "، ".join(template.provider_templates) or "—"

    @admin.display(description="محرمانه")
    def is_kept_secret(self, template):
        return "بله" if template.is_secret else "خیر"

    @admin.display(description="جای‌نگهدارهای مجاز")
    def may_hold(self, template):
        return ltr(" ".join(f"{{{name}}}" for name in template.placeholders)) or "—"

    @admin.display(description="سطر پایانی")
    def last_line(self, template):
        if template.is_secret:
            return format_html("<bdi dir='ltr'>@{} #{{code}}</bdi>", settings.PUBLIC_HOST)
        return f"«{texts.FOOTER}»؛ تنها وقتی بدون قالب سامانه فرستاده شود"


@admin.register(ProviderHealth)
class ProviderHealthAdmin(OnlyViewed, admin.ModelAdmin):
    list_display = [
        "provider",
        "is_used",
        "is_well",
        "accepted",
        "refused",
        "slow",
        "last",
        "money",
        "report_url",
    ]
    actions = ["ask_again"]
    fields = ["provider", "in_use", "well", "since", "counts", "last", "money", "report_url"]

    def get_queryset(self, request):
        # Those in use are listed from the first day, not from their first message on.
        health.know(settings.SMS_GATEWAYS)
        return super().get_queryset(request)

    def has_ask_again_permission(self, request):
        return request.user.has_perm("notifications.change_providerhealth")

    @admin.action(description="اکنون دوباره از این سامانه بفرست", permissions=["ask_again"])
    def ask_again(self, request, queryset):
        for provider in queryset:
            health.rest_ends(provider.provider)
        self.message_user(request, "پیامک‌های بعدی دوباره از این سامانه می‌روند.")

    @admin.display(description="در کار", boolean=True)
    def is_used(self, provider):
        return provider.provider in settings.SMS_GATEWAYS

    @admin.display(description="سالم", boolean=True)
    def is_well(self, provider):
        return not provider.rests

    @admin.display(description="در کار")
    def in_use(self, provider):
        return "بله" if self.is_used(provider) else "خیر"

    @admin.display(description="سالم")
    def well(self, provider):
        return f"کنار گذاشته تا {dates.moment(provider.rests_until)}" if provider.rests else "بله"

    @admin.display(description="آغاز شمارش")
    def since(self, provider):
        return dates.moment(provider.window_began_at)

    @admin.display(description="از آن پس")
    def counts(self, provider):
        numbers = (provider.accepted, provider.refused, provider.slow)
        words = ("پذیرفته", "ناموفق", "کند")
        return "، ".join(f"{persian_digits(n)} {word}" for n, word in zip(numbers, words, strict=True))

    @admin.display(description="آخرین خطا")
    def last(self, provider):
        if not provider.last_refused_at:
            return "—"
        return f"{provider.get_last_cause_display()} ({provider.last_code})، {dates.moment(provider.last_refused_at)}"

    @admin.display(description="مانده")
    def money(self, provider):
        return "—" if provider.balance is None else rial(provider.balance)

    @admin.display(description="نشانی گزارش تحویل")
    def report_url(self, provider):
        known = provider.provider in KNOWN and gateway(provider.provider).reports_delivery
        return ltr(reports.address_of(provider.provider) if known else "") or "—"
