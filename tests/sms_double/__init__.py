"""A stand-in for the five SMS providers: real HTTP on loopback, their protocols, and every way they fail."""

from tests.sms_double.server import Answer, SmsDouble

__all__ = ["Answer", "SmsDouble"]
