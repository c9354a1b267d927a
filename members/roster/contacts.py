"""How a person is reached and paid: mobile, telephone, e-mail and iban; what is wrong is left blank."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from members.roster.cells import Reading, Rule, cleaned, said, single_spaced
from portal.lib import validators

# What other programs make of a whole number when they write it into a text file.
_NUMBER_AS_TEXT = re.compile(r"(?<=[0-9])\.0+$")
_MOBILE = re.compile("09[0-9]{9}")


class MobileRule(Rule):
    def column(self, raws: Iterable) -> list[str]:
        """Hardly two people have the same number: the usual form is not worth remembering."""
        is_plain = _MOBILE.fullmatch
        return [raw if type(raw) is str and is_plain(raw) else self[raw] for raw in raws]

    def read(self, text: str) -> Reading:
        plain, codes = cleaned(text)
        if _MOBILE.fullmatch(plain):
            return plain, tuple(codes)
        return _normalised(text, validators.mobile, "MOBILE_NORMALISED", "MOBILE_INVALID")


class PhoneRule(Rule):
    def read(self, text: str) -> Reading:
        return _normalised(text, validators.landline, None, "PHONE_INVALID")


class IbanRule(Rule):
    def read(self, text: str) -> Reading:
        return _normalised(text, validators.iban, "IBAN_NORMALISED", "IBAN_INVALID")

    def read_number(self, number: float) -> Reading:
        # A workbook keeps fifteen digits of a number; the other nine are gone.
        return "", ("IBAN_INVALID",)


def _normalised(text: str, validator, changed: str | None, invalid: str) -> Reading:
    text, codes = cleaned(text)
    text = said(text, codes)
    if not text:
        return "", ()
    try:
        value = validator(_NUMBER_AS_TEXT.sub("", text))
    except ValidationError:
        return "", (*codes, invalid)
    if value != text and changed:
        codes.add(changed)
    return value, tuple(codes)


class EmailRule(Rule):
    LONGEST = 254
    _judge = EmailValidator()

    def read(self, text: str) -> Reading:
        text, codes = cleaned(text)
        text = single_spaced(said(text, codes), codes)
        if not text:
            return "", ()
        try:
            self._judge(text)
        except ValidationError:
            return "", (*codes, "EMAIL_INVALID")
        if len(text) > self.LONGEST:
            return "", (*codes, "EMAIL_INVALID")
        return text, tuple(codes)
