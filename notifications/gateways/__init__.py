"""One module per provider behind one small interface; which are used, in which order, is a setting."""

from functools import cache
from importlib import import_module

from django.conf import settings

from notifications.gateways.base import Gateway

KNOWN = {
    "console": "notifications.gateways.local.ConsoleGateway",
    "demo": "notifications.gateways.local.DemoGateway",
    "file": "notifications.gateways.local.FileGateway",
    "kavenegar": "notifications.gateways.kavenegar.Kavenegar",
    "smsir": "notifications.gateways.smsir.SmsIr",
    "ghasedak": "notifications.gateways.ghasedak.Ghasedak",
    "melipayamak": "notifications.gateways.melipayamak.Melipayamak",
    "ippanel": "notifications.gateways.ippanel.IPPanel",
}


@cache
def gateway(name: str) -> Gateway:
    module, _, class_name = KNOWN[name].rpartition(".")
    return getattr(import_module(module), class_name)()


def enabled() -> list[Gateway]:
    """In the operator's order of preference."""
    return [gateway(name) for name in settings.SMS_GATEWAYS]
