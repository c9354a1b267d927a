"""Gateways that never leave the machine: the developer's terminal, the demo phone and a file for tests."""

import fcntl
import json
import secrets
import sys

from django.conf import settings

from notifications.gateways.base import Gateway, Outgoing
from notifications.models import DemoText


class ConsoleGateway(Gateway):
    name = "console"
    is_remote = False

    def send(self, outgoing: Outgoing) -> str:
        sys.stdout.write(f"--- SMS {outgoing.to}\n{outgoing.text}\n---\n")
        sys.stdout.flush()
        return secrets.token_hex(8)


class DemoGateway(Gateway):
    name = "demo"
    is_remote = False

    def send(self, outgoing: Outgoing) -> str:
        return str(DemoText.objects.create(to=outgoing.to, text=outgoing.text).pk)


class FileGateway(Gateway):
    """One JSON line a message, so that a test can count what left even after killing the sender."""

    name = "file"
    is_remote = False

    def send(self, outgoing: Outgoing) -> str:
        line = json.dumps(
            {"to": outgoing.to, "text": outgoing.text, "reference": outgoing.reference}, ensure_ascii=False
        )
        with open(settings.SMS_FILE, "a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(line + "\n")
        return outgoing.reference
