"""«جزئیات پرونده»."""

from functools import cached_property

from django.utils.html import format_html

from catalog.models import BaseInsurer, Province, Service, ServiceType
from catalog.tables import catalogue
from claims import reading, rounds
from claims.forms.details import DetailsForm
from claims.steps.step import Row, Step
from portal.lib.money import grouped
from portal.lib.tags import ltr

ALIKE = (
    "درخواستی با همین بیمه‌شده، تاریخ، خدمت و مبلغ پیش‌تر ثبت شده است (کد رهگیری {code}). اگر این هزینهٔ دیگری "
    "است ادامه دهید."
)
SAME_PRESCRIPTION = (
    "همین شناسهٔ نسخهٔ الکترونیک در درخواست دیگری (کد رهگیری {code}) هم آمده است. اگر خدمت دیگری از همان نسخه "
    "است ادامه دهید."
)
YES_NO = {True: "yes", False: "no", None: ""}


class DetailsStep(Step):
    name = "details"
    title = "جزئیات پرونده"
    form_class = DetailsForm
    template_name = "claims/steps/details.html"
    columns = rounds.DETAILS

    @property
    def has_begun(self):
        return self.claim.service_type_id is not None

    def stored(self):
        claim, rows = self.claim, catalogue()
        return {
            "home_province": rows.get(Province, claim.home_province_id),
            "centre": str(claim.centre_id or ""),
            "centre_text": claim.centre_title if claim.centre_id else "",
            "centre_missing": bool(claim.centre_name),
            "centre_name": claim.centre_name,
            "centre_city": claim.centre_city,
            "paid_amount": claim.paid_amount,
            "service_type": rows.get(ServiceType, claim.service_type_id),
            "service": rows.get(Service, claim.service_id),
            "base_insurer": rows.get(BaseInsurer, claim.base_insurer_id),
            "medical_council_number": claim.medical_council_number,
            "has_eprescription": YES_NO[claim.has_eprescription],
            "eprescription_code": claim.eprescription_code,
            "notes": claim.notes,
        }

    @cached_property
    def recent_centres(self) -> list[int]:
        """Where the household was treated lately, newest first; asked only while no centre is chosen."""
        if self.claim.centre_id:
            return []
        return reading.recent_centres(self.enrolments, most=5)

    @property
    def alike(self) -> list[str]:
        return [format_html(ALIKE, code=ltr(code)) for code in self.earlier.alike] if self.is_complete else []

    @property
    def same_prescription(self) -> list[str]:
        """One prescription may serve several services: told, never refused."""
        code = self.earlier.same_prescription if self.claim.eprescription_code else None
        return [format_html(SAME_PRESCRIPTION, code=ltr(code))] if code else []

    def warnings(self):
        return super().warnings() + self.alike + self.same_prescription

    def summary(self):
        claim = self.claim
        stored = self.stored()
        return [
            Row("استان محل سکونت", title_of(stored["home_province"]), columns=("home_province_id",)),
            Row("مرکز درمانی", centre_text(claim), columns=("centre_id", "centre_name", "centre_city")),
            Row("مبلغ پرداخت‌شده", claim.paid_amount, kind="amount", columns=("paid_amount",)),
            Row("نوع خدمت", title_of(stored["service_type"]), columns=("service_type_id",)),
            Row("خدمت", title_of(stored["service"]), columns=("service_id",)),
            Row("بیمهٔ پایه", title_of(stored["base_insurer"]), columns=("base_insurer_id",)),
            Row(
                "کد نظام پزشکی",
                claim.medical_council_number,
                kind="code",
                columns=("medical_council_number",),
            ),
            Row(
                "نسخهٔ الکترونیک",
                {True: "دارم", False: "ندارم", None: ""}[claim.has_eprescription],
                columns=("has_eprescription",),
            ),
            *(
                [
                    Row(
                        "شناسهٔ نسخهٔ الکترونیک",
                        claim.eprescription_code,
                        kind="code",
                        columns=("eprescription_code",),
                    )
                ]
                if claim.has_eprescription
                else []
            ),
            Row("توضیحات", claim.notes, columns=("notes",)),
        ]

    def brief(self):
        claim = self.claim
        what = title_of(self.stored()["service"]) or title_of(self.stored()["service_type"])
        return [f"{what}، {grouped(claim.paid_amount)} ریال", centre_text(claim)]


def title_of(row) -> str:
    return row.title if row else ""


def centre_text(claim) -> str:
    if claim.centre_id or not claim.centre_name:
        return claim.centre_title
    return f"مرکز درمانی را پیدا نکردم: {claim.centre_title}"
