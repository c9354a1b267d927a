"""A claim as the browser fills it in, step by step."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageDraw

from catalog import tables
from catalog.models import MedicalCentre
from claims.models import Claim
from portal.lib import dates


@pytest.fixture
def catalogue(db):
    call_command("load_catalogue", verbosity=0)
    tables.forget()
    yield tables.catalogue()
    tables.forget()


def photo(text="قبض", *, size=(1200, 1600), colour="white") -> SimpleUploadedFile:
    """A picture with something on it, different for each text."""
    image = Image.new("RGB", size, colour)
    draw = ImageDraw.Draw(image)
    for line in range(40):
        draw.line([(60, 60 + line * 35), (size[0] - 60, 60 + line * 35)], fill="black", width=3)
        left = 60 + 23 * ((line * 7 + len(text)) % 40)
        draw.rectangle([left, 62 + line * 35, left + 60, 80 + line * 35], fill="black")
    draw.text((100, 20), str(sum(map(ord, text))), fill="black", font_size=30)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return SimpleUploadedFile(f"{text}.jpg", buffer.getvalue(), "image/jpeg")


class Filling:
    """One member at the wizard, through the browser's door."""

    def __init__(self, client, cast):
        self.client = client
        self.cast = cast
        self.claim = None

    def url(self, name):
        return reverse(f"claims:{name}", args=[self.claim.code])

    def basics(self, **changes):
        return {
            "service_date": dates.short(dates.today()),
            "contract": self.cast.contract.pk,
            "insured": self.cast.maryam.person_id,
        } | changes

    def details(self, **changes):
        centre = MedicalCentre.objects.first()
        return {
            "home_province": "IR-23",
            "centre": centre.pk,
            "centre_text": centre.label,
            "paid_amount": "۱٬۵۱۰٬۰۰۰",
            "service_type": "imaging",
            "service": "",
            "base_insurer": "tamin",
            "has_eprescription": "no",
        } | changes

    def start(self, **changes):
        answer = self.client.post(reverse("claims:new"), self.basics(**changes))
        if answer.status_code == 302:
            self.claim = Claim.objects.latest("pk")
        return answer

    def post(self, name, values, **extra):
        answer = self.client.post(self.url(name), values, **extra)
        self.claim.refresh_from_db()
        return answer

    def add_documents(self, *codes):
        for code in codes or ("invoice", "physician_order", "report"):
            answer = self.post("documents", {f"file_{code}": photo(code)})
            assert answer.status_code == 302
        return self.post("documents", {"next": "1"})

    def confirm_mobile(self):
        """The number is known: proved by this account within a day."""
        self.claim.filed_by.one_time_codes.update_or_create(
            number=self.cast.maryam.mobile,
            purpose="mobile",
            defaults={"confirmed_at": timezone.now()},
        )
        return self.post("mobile", {"mobile": self.cast.maryam.mobile, "next": "1"})

    def to_review(self, **basics):
        self.start(**basics)
        self.post("details", self.details())
        self.add_documents()
        self.confirm_mobile()
        return self

    def submitted(self, **basics) -> Claim:
        self.to_review(**basics)
        self.post("review", {"submit": "1"})
        return self.claim


@pytest.fixture
def filling(client, cast, catalogue):
    client.force_login(cast.maryam)
    return Filling(client, cast)
