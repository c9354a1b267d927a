"""«تصاویر مدارک»: which papers are asked for, which are there."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.html import format_html

from catalog import rules
from catalog.models import DocumentType, Service, ServiceType
from catalog.tables import catalogue
from claims import reading, rounds
from claims.forms.documents import DocumentsForm
from claims.models import Deficiency, Document
from claims.steps.shown import Shown, changes_since
from claims.steps.step import Row, Step
from portal.lib.tags import ltr
from portal.lib.text import persian_digits

OTHER = "other"
PRINTOUT = "eprescription_printout"
INVOICE = "invoice"
SENT_BEFORE = (
    "تصویر «{titles}» در درخواست دیگری (کد رهگیری {code}) هم فرستاده شده است. اگر این هزینهٔ دیگری است "
    "ادامه دهید."
)
OF_ANOTHER_SERVICE = (
    "«{titles}» از مدارک این خدمت نیست. اگر همان مدرکی است که اکنون لازم است، «عنوان تصویر» را عوض کنید."
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One document that is asked for, with the images that carry its title."""

    document_type: object
    is_required: bool
    may_be_missing: bool
    images: tuple[Document, ...]
    reason: str

    @property
    def missing_field(self) -> str:
        return f"missing_{self.document_type.pk}"


class DocumentsStep(Step):
    name = "documents"
    title = "تصاویر مدارک"
    form_class = DocumentsForm
    template_name = "claims/steps/documents.html"
    columns = ()

    @cached_property
    def papers(self) -> tuple[list[Document], dict[int, str]]:
        return reading.papers_of(self.claim)

    @property
    def documents(self) -> list[Document]:
        return self.papers[0]

    @property
    def missing(self) -> dict[int, str]:
        return self.papers[1]

    @property
    def last_place(self) -> int:
        return max((one.order for one in self.documents), default=0)

    @cached_property
    def fingerprint(self) -> str:
        return str(Shown.of(self.documents, self.missing))

    def changes_since(self, form, *, leads_on: bool = False) -> list[Row]:
        return changes_since(form.cleaned_data.get("seen"), self, form, leads_on=leads_on)

    @cached_property
    def asked(self):
        return rules.documents_for(
            contract=self.claim.contract,
            service_type=catalogue().get(ServiceType, self.claim.service_type_id),
            service=catalogue().get(Service, self.claim.service_id),
        )

    @cached_property
    def slots(self) -> list[Slot]:
        """With an e-prescription its printout stands for the order or the prescription, and all are optional."""
        asked = {one.document_type.pk: one for one in self.asked}
        slots = [self.slot(one.document_type, self.is_required(one)) for one in asked.values()]
        printout = catalogue().coded(DocumentType, PRINTOUT)
        if self.claim.has_eprescription and printout.pk not in asked:
            slots.append(self.slot(printout, False))
        # What is optional and not there takes no place on the page.
        return [
            slot for slot in slots if slot.is_required or slot.images or slot.reason or self.is_usual(slot)
        ]

    def is_required(self, asked) -> bool:
        if self.claim.has_eprescription and (
            asked.document_type.is_order or asked.document_type.code == PRINTOUT
        ):
            return False
        return asked.is_required

    def is_usual(self, slot) -> bool:
        return self.claim.has_eprescription and (
            slot.document_type.is_order or slot.document_type.code == PRINTOUT
        )

    def slot(self, document_type, is_required) -> Slot:
        reason = self.missing.get(document_type.pk, "")
        # What is optional needs no reason; one that was given can still be taken back.
        is_asked = is_required or bool(reason)
        return Slot(
            document_type=document_type,
            is_required=is_required,
            # No reason stands for the invoice itself.
            may_be_missing=is_asked
            and self.claim.contract.missing_document_allowed
            and not document_type.is_invoice,
            images=tuple(one for one in self.documents if one.title_id == document_type.pk),
            reason=reason,
        )

    @cached_property
    def objections(self) -> dict[int, Deficiency]:
        """{image: what the officer said of it}, while it is there as it was sent."""
        open_ones = [one for one, mended in rounds.deficiencies_with_state(self.claim) if not mended]
        return {
            image.pk: one
            for one in open_ones
            for image in self.documents
            if one.document_id == image.pk
            or (one.document_id is None and is_of_paper(one, image, self.claim))
        }

    @property
    def untitled(self) -> list[Document]:
        """Images of no slot: without a title, or «سایر مدارک» and the like."""
        shown = {slot.document_type.pk for slot in self.slots}
        return [one for one in self.documents if one.title_id not in shown]

    @cached_property
    def titles(self):
        """What an image may be: the documents of the service, then what it is already, then «سایر مدارک»."""
        types = [one.document_type for one in self.asked]
        types += [slot.document_type for slot in self.slots]
        types += [one.title for one in self.documents if one.title]
        types.append(catalogue().coded(DocumentType, OTHER))
        if not any(one.is_invoice for one in types):
            types.insert(0, catalogue().coded(DocumentType, INVOICE))
        return list({one.pk: one for one in types}.values())

    @property
    def invoice_title(self) -> str:
        return next(one.title for one in self.titles if one.is_invoice)

    def before(self, image: Document) -> Document | None:
        """What stands before it on the page: in its slot, or among those of no slot."""
        for group in (*(slot.images for slot in self.slots), self.untitled):
            for earlier, later in pairwise(group):
                if later == image:
                    return earlier
        return None

    def stored(self):
        return {}

    @property
    def has_begun(self):
        return self.claim.pk is not None and bool(self.documents)

    def warnings(self):
        advice = [f"تصویر «{one}»: {words}" for one in self.documents for words in one.advice_sentences]
        return advice + self.sent_before

    def page_warnings(self, form):
        """Advice stands at its own image."""
        return self.of_another_service + self.sent_before

    @property
    def of_another_service(self) -> list[str]:
        """After another service was chosen: what is there may be the very paper that is asked for now."""
        if not any(slot.is_required and not slot.images for slot in self.slots):
            return []
        of_others = {str(one.title) for one in self.untitled if one.title and one.title.code != OTHER}
        return [OF_ANOTHER_SERVICE.format(titles="»، «".join(sorted(of_others)))] if of_others else []

    @cached_property
    def sent_before(self) -> list[str]:
        if not self.documents:
            return []
        there = defaultdict(dict)
        for one in self.documents:
            if code := self.earlier.sent_before.get(one.source_sha256):
                there[code][str(one)] = True
        return [
            format_html(SENT_BEFORE, titles="»، «".join(titles), code=ltr(code))
            for code, titles in there.items()
        ]

    def summary(self):
        rows = [Row(str(one), one, kind="image", columns=("documents",)) for one in self.documents]
        rows += [
            Row(str(slot.document_type), slot.reason, kind="missing")
            for slot in self.slots
            if slot.reason and not slot.images
        ]
        return rows

    def brief(self):
        return [f"{persian_digits(len(self.documents))} تصویر"]


def is_of_paper(deficiency: Deficiency, image: Document, claim) -> bool:
    """All images of the paper that the officer saw."""
    paper = deficiency.document_type_id
    return paper is not None and paper == image.title_id and image.added_in_round < claim.round
