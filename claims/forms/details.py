"""«جزئیات پرونده»: where, how much, for what."""

from django import forms
from django.core.exceptions import ValidationError

from catalog.models import BaseInsurer, Contract, Province, Service
from catalog.tables import catalogue
from claims import reading
from claims.forms.base import CatalogueField, StepForm
from portal.lib.fields import CouncilNumberField, EprescriptionCodeField, PersianTextField, RialField
from portal.lib.money import grouped
from portal.lib.text import match_key
from portal.lib.validators import is_usual_council_number

CENTRE_REQUIRED = (
    "«مرکز درمانی» را از فهرست انتخاب کنید؛ اگر در فهرست نیست، «مرکز درمانی را پیدا نکردم» را بزنید."
)
ORIGINALS_ALWAYS = "در این قرارداد اصل مدارک همیشه لازم است: پس از ثبت، آن را به شعبهٔ همین استان برسانید."
CENTRE_REWRITTEN = (
    "نامی که نوشته‌اید با مرکزی که پیش‌تر انتخاب شده بود یکی نیست؛ «جست‌وجو» را بزنید و مرکز را از فهرست "
    "انتخاب کنید."
)
CENTRE_GONE = "این مرکز دیگر در فهرست نیست؛ مرکز را دوباره جست‌وجو کنید."
NAME_REQUIRED = "«نام مرکز درمانی» را همان‌گونه که روی مهر قبض است وارد کنید."
CITY_REQUIRED = "«شهر مرکز درمانی» را وارد کنید."
SERVICE_OF_OTHER_TYPE = "این خدمت از «{service_type}» نیست؛ خدمت را دوباره انتخاب کنید."
CODE_REQUIRED = "«شناسهٔ نسخهٔ الکترونیک» را وارد کنید."
ODD_COUNCIL_NUMBER = "«کد نظام پزشکی» شکل معمول را ندارد؛ آن را با مهر پزشک بسنجید."
TOO_SMALL = "مبلغ {amount} ریال برای این خدمت کم است؛ شاید به تومان نوشته باشید. اگر درست است ادامه دهید."
TOO_LARGE = (
    "مبلغ {amount} ریال برای این خدمت زیاد است؛ شاید یک صفر بیشتر نوشته باشید. اگر درست است ادامه دهید."
)
# Below a thousand toman nobody was treated.
SMALLEST_USUAL = 10_000


def starred() -> forms.TextInput:
    """Mandatory only with the answer beside it: a star, not `required`."""
    return forms.TextInput(attrs={"data-star": ""})


class DetailsForm(StepForm):
    home_province = CatalogueField(
        label="استان محل سکونت",
        rows=lambda: catalogue().all(Province),
        help_text="اصل مدارک را شعبهٔ همین استان تحویل می‌گیرد.",
    )
    centre = forms.CharField(label="مرکز درمانی", required=False, widget=forms.HiddenInput, max_length=20)
    centre_text = PersianTextField(label="مرکز درمانی", required=False)
    centre_missing = forms.BooleanField(label="مرکز درمانی را پیدا نکردم", required=False)
    centre_name = PersianTextField(label="نام مرکز درمانی", required=False, max_length=200, widget=starred())
    centre_city = PersianTextField(label="شهر مرکز درمانی", required=False, max_length=60, widget=starred())
    paid_amount = RialField(label="مبلغ پرداخت‌شده", help_text="سهم شما، همان که در قبض (فاکتور) آمده است.")
    service_type = CatalogueField(label="نوع خدمت", rows=lambda: catalogue().service_types)
    service = CatalogueField(
        label="خدمت",
        rows=lambda: services_on_offer(),
        group=lambda service: service.service_type.title,
        empty_label="انتخاب نشده",
        required=False,
        help_text="برای انتخاب خدمت، ابتدا نوع خدمت را انتخاب کنید.",
    )
    base_insurer = CatalogueField(
        label="بیمهٔ پایه",
        rows=lambda: catalogue().all(BaseInsurer),
        help_text="اگر بیمهٔ پایه ندارید، «سایر» را انتخاب کنید.",
    )
    medical_council_number = CouncilNumberField(
        label="کد نظام پزشکی", required=False, max_length=20, help_text="از روی مهر پزشک"
    )
    has_eprescription = forms.TypedChoiceField(
        label="نسخهٔ الکترونیک",
        choices=[("yes", "دارم"), ("no", "ندارم")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    eprescription_code = EprescriptionCodeField(
        label="شناسهٔ نسخهٔ الکترونیک",
        required=False,
        widget=starred(),
        help_text="در پیامک بیمهٔ پایه یا پایین برگهٔ نسخه آمده است.",
    )
    notes = PersianTextField(
        label="توضیحات",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="اگر نکته‌ای هست که کارشناس باید بداند، بنویسید.",
    )

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        if self.claim.contract.originals == Contract.Originals.ALWAYS:
            self.fields["home_province"].help_text = ORIGINALS_ALWAYS
        self.fields["medical_council_number"].required = self.claim.contract.council_number_required

    def clean_centre(self):
        pk = self.cleaned_data["centre"]
        if not pk:
            return None
        if pk == str(self.claim.centre_id):
            return self.claim.centre
        centre = reading.centre_on_offer(pk)
        if centre is None:
            raise ValidationError(CENTRE_GONE, code="gone")
        return centre

    def clean(self):
        cleaned = super().clean()
        self.clean_where(cleaned)
        service_type, service = cleaned.get("service_type"), cleaned.get("service")
        if service and service_type and service.service_type_id != service_type.pk:
            self.add_error("service", SERVICE_OF_OTHER_TYPE.format(service_type=service_type.title))
        if cleaned.get("has_eprescription") is False:
            cleaned["eprescription_code"] = ""
            self.errors.pop("eprescription_code", None)
        elif cleaned.get("has_eprescription") and not (
            cleaned.get("eprescription_code") or self.has_error("eprescription_code")
        ):
            self.add_error("eprescription_code", CODE_REQUIRED)
        return cleaned

    def clean_where(self, cleaned):
        if cleaned.get("centre_missing"):
            cleaned["centre"] = None
            if not cleaned.get("centre_name"):
                self.add_error("centre_name", NAME_REQUIRED)
            if not cleaned.get("centre_city"):
                self.add_error("centre_city", CITY_REQUIRED)
            return
        cleaned["centre_name"] = cleaned["centre_city"] = ""
        if not cleaned.get("centre") and not self.has_error("centre"):
            self.add_error("centre_text", CENTRE_REQUIRED)
        elif cleaned.get("centre") and self.is_rewritten(cleaned["centre"], cleaned.get("centre_text")):
            self.add_error("centre_text", CENTRE_REWRITTEN)
            # Shown again without the choice, which is not meant any more.
            self.data = self.data.copy()
            self.data["centre"] = ""
        elif self.has_error("centre"):
            # The hidden field has no place on the page; its sentence stands at the visible one.
            self.add_error("centre_text", self.errors.pop("centre").data)

    def is_rewritten(self, centre, text) -> bool:
        """Without the picker's script the choice before stands beside whatever name was typed since."""
        if not text:
            # Emptied, that is, unless this very post brings a choice without a name.
            return "centre_text" in self.data and centre.pk == self.claim.centre_id
        return match_key(text) not in (match_key(centre.label), match_key(centre.name))

    def warnings(self):
        found = []
        amount = self.cleaned_data.get("paid_amount")
        asked = self.cleaned_data.get("service") or self.cleaned_data.get("service_type")
        if amount and asked:
            found += amount_warnings(amount, asked, self.cleaned_data.get("service_type"))
        number = self.cleaned_data.get("medical_council_number")
        if number and not is_usual_council_number(number):
            found.append(ODD_COUNCIL_NUMBER)
        return found

    def apply_to(self, claim):
        super().apply_to(claim)
        # Found already; the column alone would have it read again.
        claim.centre = self.cleaned_data["centre"]

    def columns(self):
        cleaned = self.cleaned_data
        return {
            "home_province_id": cleaned["home_province"].pk,
            "centre_id": cleaned["centre"].pk if cleaned["centre"] else None,
            "centre_name": cleaned["centre_name"],
            "centre_city": cleaned["centre_city"],
            "paid_amount": cleaned["paid_amount"],
            "service_type_id": cleaned["service_type"].pk,
            "service_id": cleaned["service"].pk if cleaned["service"] else None,
            "base_insurer_id": cleaned["base_insurer"].pk,
            "medical_council_number": cleaned["medical_council_number"],
            "has_eprescription": cleaned["has_eprescription"],
            "eprescription_code": cleaned["eprescription_code"],
            "notes": cleaned["notes"],
        }


def services_on_offer() -> list[Service]:
    """In the order of their types."""
    tables = catalogue()
    return [service for one in tables.service_types for service in tables.services_of(one.pk)]


def amount_warnings(amount, asked, service_type) -> list[str]:
    """The service's own usual range first, its type's else."""
    least = asked.usual_from_amount or (service_type and service_type.usual_from_amount) or SMALLEST_USUAL
    most = asked.usual_to_amount or (service_type and service_type.usual_to_amount)
    if amount < max(least, SMALLEST_USUAL):
        return [TOO_SMALL.format(amount=grouped(amount))]
    if most and amount > most:
        return [TOO_LARGE.format(amount=grouped(amount))]
    return []
