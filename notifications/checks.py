"""What must be set before messages can leave; asked by `check` and before every start."""

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import Error, Warning, register

from notifications.gateways import KNOWN

LOCAL = {"console", "demo", "file"}


@register()
def gateways_are_usable(app_configs, **_):
    unknown = [name for name in settings.SMS_GATEWAYS if name not in KNOWN]
    if unknown:
        hint = "Choose from: " + ", ".join(sorted(KNOWN))
        return [Error(f"SMS_GATEWAYS names unknown providers: {', '.join(unknown)}", hint, id="sms.E001")]
    return []


@register()
def keys_can_encrypt(app_configs, **_):
    try:
        usable = bool([Fernet(key) for key in settings.MESSAGE_ENCRYPTION_KEYS])
    except ValueError:
        usable = False
    if usable:
        return []
    hint = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
    return [Error("MESSAGE_ENCRYPTION_KEYS holds no usable key.", hint, id="sms.E002")]


@register(deploy=True)
def nothing_is_pretended(app_configs, **_):
    used = settings.SMS_GATEWAYS
    if not used or LOCAL.intersection(used):
        return [Error("SMS_GATEWAYS must name real providers only.", id="sms.E003")]
    without = [name for name in used if not settings.SMS_PROVIDERS[name]["key"]]
    return [Error(f"No key is set for {name}.", id="sms.E004") for name in without]


@register(deploy=True)
def somebody_hears_the_alarms(app_configs, **_):
    if settings.SMS_GATEWAYS and not settings.MANAGERS:
        hint = "MANAGERS=name@portal.example.ir and EMAIL_URL=smtp://…"
        return [
            Warning("Nobody is mailed the digest and the alarms: MANAGERS is empty.", hint, id="sms.W001")
        ]
    return []
