"""«تصاویر مدارک»: a title for every image, a reason for every paper that is not there."""

from django import forms
from django.core.exceptions import ValidationError

from claims.forms.base import PickField, StepForm, twin
from portal.lib.fields import PersianTextField

TITLE_REQUIRED = "عنوان همهٔ تصاویر را انتخاب کنید."
NO_INVOICE = "تصویر قبض یا صورت‌حساب لازم است؛ دست‌کم یک تصویر با عنوان «{title}» بیفزایید."
MISSING = "تصویر «{title}» بارگذاری نشده است؛ آن را بیفزایید{or_reason}."
OR_REASON = " یا «این مدرک را ندارم» را بزنید و دلیل را بنویسید"
# The button for images of no slot.
ADD_IMAGES = "id_images"


class NotThere(ValidationError):
    """Of no field; `anchor` names the place on the page where it is put right."""

    def __init__(self, sentence, *, anchor):
        super().__init__(sentence)
        self.anchor = anchor


TITLE = PickField(label="عنوان تصویر", required=False)
REASON = PersianTextField(
    label="دلیل نداشتن این مدرک",
    help_text="کارشناس این دلیل را می‌خواند.",
    required=False,
    max_length=300,
    widget=forms.Textarea(attrs={"rows": 2}),
)


class DocumentsForm(StepForm):
    """Fields are made of what is there: `title_<document>` for each image, `missing_<type>` for each slot."""

    # Legible, unlike the digest of other steps: up to twenty images and the reasons of all slots.
    seen = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        titles = {one.code: one for one in self.step.titles}
        for document in self.step.documents:
            field = self.fields[f"title_{document.pk}"] = twin(TITLE)
            field.offer(titles, lambda one: one.title)
            field.initial = document.title.code if document.title else ""
        for slot in self.step.slots:
            if slot.may_be_missing:
                field = self.fields[f"missing_{slot.document_type.pk}"] = twin(REASON)
                field.initial = slot.reason

    def chosen_titles(self) -> dict[int, object]:
        """{document pk: document type or None}, as posted."""
        by_code = {one.code: one for one in self.step.titles}
        return {
            document.pk: by_code.get(self.cleaned_data.get(f"title_{document.pk}"))
            for document in self.step.documents
            if f"title_{document.pk}" in self.data
        }

    def reasons(self) -> dict[int, str]:
        """{document type pk: reason}, as posted; who has the paper no longer explains why it is missing."""
        there = {f"missing_{document.title_id}" for document in self.step.documents}
        return {
            int(name.removeprefix("missing_")): value
            for name, value in self.written.items()
            if name in self.data and name not in there
        }

    def clean(self):
        cleaned = super().clean()
        # An emptied reason takes the stored one back; once judged it is no longer among the cleaned values.
        self.written = {name: value for name, value in cleaned.items() if name.startswith("missing_")}
        for document in self.step.documents:
            name = f"title_{document.pk}"
            if not cleaned.get(name) and not self.has_error(name):
                self.add_error(name, TITLE_REQUIRED)
        chosen = {cleaned.get(f"title_{document.pk}") for document in self.step.documents}
        if not any(one.is_invoice and one.code in chosen for one in self.step.titles):
            sentence = NO_INVOICE.format(title=self.step.invoice_title)
            self.add_error(None, NotThere(sentence, anchor=self.place_of_invoice()))
        for slot in self.step.slots:
            self.judge_slot(slot, cleaned, chosen)
        return cleaned

    def judge_slot(self, slot, cleaned, chosen):
        if not slot.is_required or slot.document_type.code in chosen:
            return
        # One sentence is enough where an invoice is missing altogether.
        if slot.document_type.is_invoice and self.non_field_errors():
            return
        if not cleaned.get(slot.missing_field) and not self.has_error(slot.missing_field):
            title = slot.document_type.title
            if slot.may_be_missing:
                self.add_error(slot.missing_field, MISSING.format(title=title, or_reason=OR_REASON))
            else:
                self.add_error(
                    None, NotThere(MISSING.format(title=title, or_reason=""), anchor=anchor_of(slot))
                )

    def place_of_invoice(self) -> str:
        slot = next((slot for slot in self.step.slots if slot.document_type.is_invoice), None)
        return anchor_of(slot) if slot else ADD_IMAGES


def anchor_of(slot) -> str:
    return f"slot-{slot.document_type.code}"
