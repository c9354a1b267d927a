"""What every step can be asked."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from claims import rounds
from claims.earlier import Earlier, earlier
from claims.models import Claim
from members.access import enrolments_of


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary; an empty value reads «ثبت نشده». `kind` tells how it is drawn."""

    label: str
    value: object = ""
    kind: str = "text"
    columns: tuple[str, ...] = field(default=())
    # What stood there in the round before, where officers are shown both.
    changed_from: object = None


class Step:
    name: ClassVar[str]
    title: ClassVar[str]
    form_class: ClassVar[type]
    template_name: ClassVar[str]
    # The columns that this step alone writes.
    columns: ClassVar[tuple[str, ...]]

    def __init__(self, claim: Claim, member, *, number: int = 0) -> None:
        self.claim = claim
        self.member = member
        self.number = number

    @cached_property
    def enrolments(self):
        return enrolments_of(self.member) if self.member else []

    @property
    def earlier(self) -> Earlier:
        """Read once for all steps of a claim."""
        if not hasattr(self.claim, "earlier_claims"):
            self.claim.earlier_claims = earlier(self.claim, self.enrolments)
        return self.claim.earlier_claims

    @cached_property
    def sent(self) -> dict | None:
        """The values of the last round, or None before the first."""
        return rounds.last_sent(self.claim)

    @cached_property
    def fingerprint(self) -> str:
        stored = [str(rounds.as_json(getattr(self.claim, name))) for name in self.columns]
        return hashlib.sha256("\x1f".join(stored).encode()).hexdigest()[:32]

    def form(self, data=None):
        return self.form_class(data, step=self, initial=self.stored() | {"seen": self.fingerprint})

    def stored(self) -> dict:
        """What is stored, as the form's initial values."""
        raise NotImplementedError

    @cached_property
    def bound(self):
        """The step's form bound to what is stored, as a browser would post it: the judge of completeness."""
        form = self.form()
        form.data, form.is_bound = as_posted(form), True
        return form

    @property
    def is_complete(self) -> bool:
        return self.has_begun and self.bound.is_valid()

    @property
    def has_begun(self) -> bool:
        return True

    @property
    def is_editable(self) -> bool:
        return self.claim.is_editable

    def problems(self) -> list[str]:
        """What is still wrong, in sentences; several images without a title are told of once."""
        found = (sentence for errors in self.bound.errors.values() for sentence in errors)
        return list(dict.fromkeys(found))

    def warnings(self) -> list[str]:
        return self.bound.warnings() if self.is_complete else []

    def page_warnings(self, form) -> list[str]:
        """What is said above the open step: of what was just posted, else of what is stored."""
        if not form.is_bound:
            return self.warnings()
        # Beside other values in the fields, what is stored would be warned of as if it stood there.
        return form.warnings() if form.is_valid() else []

    def summary(self) -> list[Row]:
        raise NotImplementedError

    def brief(self) -> list[str]:
        """Two lines at most, under the heading of a finished step."""
        raise NotImplementedError


def as_posted(form) -> dict:
    """The form's initial values as a browser would post them."""
    values = {
        name: field.prepare_value(form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
    }
    return {name: value for name, value in values.items() if value not in (None, "", False)}
