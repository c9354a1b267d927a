"""What officers and the finance office fill in: each act of the desk has its form."""

from django import forms
from django.forms import BaseFormSet, formset_factory

from catalog.models import DocumentType, Reason
from catalog.tables import catalogue
from claims.lifecycle.officer import Cut, FoundDeficiency
from portal.lib.fields import PersianTextField, RialField
from portal.lib.forms import PersianForm
from portal.lib.text import match_key, persian_digits

MOST_ROWS = 20
CONTROL = {"class": "control"}


def lines(rows: int = 2, **attrs) -> forms.Textarea:
    return forms.Textarea(attrs=CONTROL | {"rows": rows} | attrs)


class ReasonField(forms.ChoiceField):
    """A coded reason of one kind: «REJ07 · …»; the cleaned value is the row."""

    def __init__(self, *, kind: str, **kwargs):
        self.kind = kind
        super().__init__(choices=self.options, **kwargs)

    def options(self):
        rows = catalogue().reasons(self.kind)
        return [("", "انتخاب کنید"), *((row.code, f"{row.code} · {row.title}") for row in rows)]

    def clean(self, value):
        code = super().clean(value)
        return catalogue().coded(Reason, code) if code else None


class FoundForm(PersianForm):
    """One deficiency: its reason, the sentence and advice as the member will read them, and which image."""

    reason = ReasonField(kind="deficiency", widget=forms.HiddenInput)
    text = PersianTextField(label="جملهٔ نقص", max_length=500, widget=lines(2))
    advice = PersianTextField(label="چه باید کرد", max_length=500, required=False, widget=lines(2))
    document = forms.ChoiceField(label="کدام تصویر", required=False, widget=forms.Select(attrs=CONTROL))

    def __init__(self, *args, documents=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.documents = {str(one.pk): one for one in documents}
        options = [
            (pk, f"{persian_digits(number)}. {one}")
            for number, (pk, one) in enumerate(self.documents.items(), 1)
        ]
        self.fields["document"].choices = [("", "هیچ‌کدام"), *options]

    @property
    def chosen_reason(self) -> Reason | None:
        return catalogue().coded(Reason, self["reason"].value() or "")

    @property
    def asks_for_image(self) -> bool:
        reason = self.chosen_reason
        return bool(self.documents) and (reason is None or reason.section == "documents")

    def found(self) -> FoundDeficiency:
        given = self.cleaned_data
        return FoundDeficiency(
            reason=given["reason"],
            text=given["text"],
            advice=given["advice"],
            document=self.documents.get(given["document"]),
        )


class Rows(BaseFormSet):
    """Rows that grow and shrink, with JavaScript in the page and without it by a post that decides nothing."""

    @classmethod
    def with_row(cls, data, values: dict):
        data, number = data.copy(), rows_in(data, cls.prefix_of_rows)
        for name, value in values.items():
            data[f"{cls.prefix_of_rows}-{number}-{name}"] = value
        data[f"{cls.prefix_of_rows}-TOTAL_FORMS"] = str(min(number + 1, MOST_ROWS))
        return data

    @classmethod
    def without_row(cls, data, number: str):
        kept = data.copy()
        for name in data:
            if name.startswith(f"{cls.prefix_of_rows}-{number}-"):
                del kept[name]
        return kept

    @property
    def given(self) -> list[forms.Form]:
        """The rows that say something."""
        return [form for form in self.forms if not self.is_bound or form.has_changed()]

    def refusals(self) -> list[str]:
        """Every sentence once, for the head of the act."""
        sentences = [str(one) for one in self.non_form_errors()]
        for form in self.forms:
            sentences += [sentence for errors in form.errors.values() for sentence in errors]
        return list(dict.fromkeys(sentences))


class FoundRows(Rows):
    prefix_of_rows = "found"

    @property
    def found(self) -> list[FoundDeficiency]:
        return [form.found() for form in self.forms if form.has_changed()]


class CutForm(PersianForm):
    """One line of «کسورات»; a line left empty is none."""

    reason = ReasonField(kind="deduction", label="علت کسر", widget=forms.Select(attrs=CONTROL))
    amount = RialField(label="مبلغ کسر (ریال)")
    note = PersianTextField(
        label="توضیح", max_length=300, required=False, widget=forms.TextInput(attrs=CONTROL)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amount"].widget.attrs |= CONTROL


class CutRows(Rows):
    prefix_of_rows = "cut"

    @property
    def cuts(self) -> list[Cut]:
        rows = (form.cleaned_data for form in self.forms if form.has_changed())
        return [Cut(reason=row["reason"], amount=row["amount"], note=row["note"]) for row in rows]

    @property
    def total(self) -> int:
        """Of the lines that can be read, for the amount that is shown while one is still wrong."""
        if not self.is_bound:
            return 0
        return sum(
            form.cleaned_data.get("amount") or 0 for form in self.forms if hasattr(form, "cleaned_data")
        )


FOUND_ROWS = formset_factory(FoundForm, formset=FoundRows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
CUT_ROWS = formset_factory(CutForm, formset=CutRows, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class ApprovalForm(PersianForm):
    note = PersianTextField(label="توضیح برای عضو", max_length=500, required=False, widget=lines(2))


class RejectionForm(PersianForm):
    reason = ReasonField(kind="rejection", label="علت رد", widget=forms.Select(attrs=CONTROL))
    note = PersianTextField(label="توضیح برای عضو", max_length=500, required=False, widget=lines(2))


class AdviserForm(PersianForm):
    note = PersianTextField(label="پرسش یا نظر پزشک معتمد", max_length=500, required=False, widget=lines(2))


class TitleForm(PersianForm):
    title = forms.ChoiceField(label="عنوان تصویر", widget=forms.Select(attrs=CONTROL))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].choices = [(row.code, row.title) for row in catalogue().all(DocumentType)]

    def clean_title(self):
        return catalogue().coded(DocumentType, self.cleaned_data["title"])


class PaymentForm(PersianForm):
    reference = PersianTextField(
        label="شمارهٔ پیگیری بانک",
        max_length=40,
        widget=forms.TextInput(attrs=CONTROL | {"dir": "ltr"}),
    )


class BounceForm(PersianForm):
    cause = PersianTextField(label="علت برگشت", max_length=200, widget=forms.TextInput(attrs=CONTROL))


def rows_in(data, prefix: str) -> int:
    text = data.get(f"{prefix}-TOTAL_FORMS", "")
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def matching_reasons(text: str) -> list[Reason]:
    """Deficiency reasons by their code, or by words in any order."""
    words = match_words(text)
    return [
        reason
        for reason in catalogue().reasons("deficiency")
        if all(word in match_key(f"{reason.code} {reason.title}") for word in words)
    ]


def match_words(text: str) -> list[str]:
    return [key for word in text.split() if (key := match_key(word))]
