"""The same claim as ours, in two tables without history."""

from django.conf import settings
from django.db import models
from django_jalali.db import models as jalali


class PeerClaim(models.Model):
    tracking_code = models.CharField(max_length=10, unique=True)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    service_date = jalali.jDateField()
    contract = models.ForeignKey("catalog.Contract", on_delete=models.PROTECT)
    insured = models.ForeignKey("members.Person", on_delete=models.PROTECT)
    home_province = models.ForeignKey("catalog.Province", on_delete=models.PROTECT)
    centre = models.ForeignKey("catalog.MedicalCentre", on_delete=models.PROTECT)
    paid_amount = models.BigIntegerField()
    service_type = models.ForeignKey("catalog.ServiceType", on_delete=models.PROTECT)
    service = models.ForeignKey("catalog.Service", on_delete=models.PROTECT, null=True, blank=True)
    base_insurer = models.ForeignKey("catalog.BaseInsurer", on_delete=models.PROTECT)
    medical_council_number = models.CharField(max_length=20, blank=True)
    has_eprescription = models.BooleanField()
    eprescription_code = models.CharField(max_length=20, blank=True)
    notes = models.TextField(blank=True)
    mobile = models.CharField(max_length=11)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.tracking_code


class PeerImage(models.Model):
    claim = models.ForeignKey(PeerClaim, on_delete=models.CASCADE)
    title = models.ForeignKey("catalog.DocumentType", on_delete=models.PROTECT)
    image = models.ImageField(upload_to="peers", blank=True)
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self):
        return str(self.title)
