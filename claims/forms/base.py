"""What the forms of all steps share: they know their step, and what was stored when they were drawn."""

from django import forms

from portal.lib.forms import PersianForm


class StepForm(PersianForm):
    # The step's fingerprint when the form was drawn: a later save by another window is noticed by it.
    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, data=None, *, step, **kwargs):
        self.step = step
        self.claim = step.claim
        kwargs.setdefault("initial", {"seen": step.fingerprint})
        super().__init__(data, **kwargs)

    def must_judge(self, column: str, value) -> bool:
        """Contract, cover and deadline are judged at the first submission; later only changed values are."""
        sent = self.step.sent
        return sent is None or sent.get(column) != value

    def warnings(self) -> list[str]:
        """What looks odd but does not hold up."""
        return []

    def apply_to(self, claim) -> None:
        """Write the cleaned values into the claim's columns; nothing is saved."""
        for column, value in self.columns().items():
            setattr(claim, column, value)

    def columns(self) -> dict:
        raise NotImplementedError


class CatalogueField(forms.ChoiceField):
    """A select over catalogue rows: the option is the row's code and title, the cleaned value the row.

    `rows` answers the rows; it is asked anew for each form, so that a changed catalogue is seen.
    """

    def __init__(self, *, rows, empty_label="انتخاب کنید", **kwargs):
        self.rows = rows
        self.empty_label = empty_label
        super().__init__(choices=self.options, **kwargs)

    def options(self):
        return [("", self.empty_label), *((row.code, row.title) for row in self.rows())]

    def prepare_value(self, value):
        return getattr(value, "code", value)

    def clean(self, value):
        code = super().clean(value)
        return next(row for row in self.rows() if row.code == code) if code else None
