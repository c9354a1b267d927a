"""The wizard as formtools gives it: five steps with the same fields, one session, written at the end."""

import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.db.models import Q
from django.forms.renderers import TemplatesSetting
from django.shortcuts import render
from formtools.wizard.views import SessionWizardView

from benchmarks.peers import pictures
from benchmarks.peers.models import PeerClaim, PeerImage
from benchmarks.peers.tasks import send_sms
from catalog.models import BaseInsurer, Contract, DocumentType, MedicalCentre, Province, Service, ServiceType
from members.models import Enrolment, Person
from portal.lib.fields import JalaliDateField, MobileField, RialField

MISSING = ("physician_order", "report")


def covers_of(user):
    """Once a request, as our own; the account goes with it."""
    if not hasattr(user, "covers"):
        found = Enrolment.objects.filter(Q(person=user.person_id) | Q(primary=user.person_id))
        user.covers = list(found.select_related("person", "contract", "contract__insurer"))
    return user.covers


class Form(forms.Form):
    # Ours draws inputs faster.
    default_renderer = TemplatesSetting


class BasicsForm(Form):
    service_date = JalaliDateField()
    contract = forms.ModelChoiceField(None)
    insured = forms.ModelChoiceField(None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        covers = covers_of(user)
        own = [cover.contract_id for cover in covers if cover.person_id == user.person_id]
        self.fields["contract"].queryset = Contract.objects.filter(pk__in=own)
        self.fields["insured"].queryset = Person.objects.filter(pk__in=[cover.person_id for cover in covers])

    def clean(self):
        cleaned = super().clean()
        day, contract = cleaned.get("service_date"), cleaned.get("contract")
        if day and contract and not contract.start_date <= day <= contract.end_date:
            raise ValidationError("تاریخ بیرون از قرارداد است.")
        return cleaned


class DetailsForm(Form):
    home_province = forms.ModelChoiceField(Province.objects.all())
    centre = forms.ModelChoiceField(MedicalCentre.objects.all(), widget=forms.NumberInput)
    paid_amount = RialField()
    service_type = forms.ModelChoiceField(ServiceType.objects.all())
    service = forms.ModelChoiceField(Service.objects.all(), required=False)
    base_insurer = forms.ModelChoiceField(BaseInsurer.objects.all())
    medical_council_number = forms.CharField(required=False)
    has_eprescription = forms.TypedChoiceField(
        choices=[("yes", "دارم"), ("no", "ندارم")], coerce=lambda value: value == "yes"
    )
    eprescription_code = forms.CharField(required=False)
    notes = forms.CharField(required=False, widget=forms.Textarea)


class DocumentsForm(Form):
    invoice = forms.ImageField()
    physician_order = forms.CharField()
    report = forms.CharField()


class MobileForm(Form):
    mobile = MobileField()


class ReviewForm(Form):
    """Nothing to fill in: the page shows everything."""


class ClaimWizard(SessionWizardView):
    form_list = [
        ("basics", BasicsForm),
        ("details", DetailsForm),
        ("documents", DocumentsForm),
        ("mobile", MobileForm),
        ("review", ReviewForm),
    ]
    template_name = "peers/wizard.html"

    @property
    def file_storage(self):
        return FileSystemStorage()

    def get_form_kwargs(self, step=None):
        return {"user": self.request.user} if step == "basics" else {}

    def get_form_initial(self, step):
        return {"mobile": self.request.user.mobile} if step == "mobile" else {}

    def get_context_data(self, form, **kwargs):
        context = super().get_context_data(form, **kwargs)
        if self.steps.current == "review":
            context["values"] = self.get_all_cleaned_data()
        return context

    def done(self, form_list, **kwargs):
        values = self.get_all_cleaned_data()
        invoice = values.pop("invoice")
        reasons = {name: values.pop(name) for name in MISSING}
        with transaction.atomic():
            claim = PeerClaim.objects.create(
                filed_by=self.request.user, tracking_code=str(secrets.randbelow(9 * 10**9) + 10**9), **values
            )
            titles = {title.code: title for title in DocumentType.objects.all()}
            kept = PeerImage.objects.create(claim=claim, title=titles["invoice"], image=invoice)
            pictures.keep_sizes(kept.image)
            for name, reason in reasons.items():
                PeerImage.objects.create(claim=claim, title=titles[name], reason=reason)
        send_sms.delay(claim.mobile, f"درخواست شما ثبت شد: {claim.tracking_code}")
        return render(self.request, "peers/done.html", {"claim": claim})
