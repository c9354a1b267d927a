"""The places a deficiency can point to: by the catalogue's name, its words, columns and id on the page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    columns: tuple[str, ...]
    # Of the control on the page of its step.
    html_id: str


PLACES = {
    "insured": Place("بیمه‌شده", ("insured_id",), "id_insured"),
    "service_date": Place("تاریخ مراجعه", ("service_date",), "id_service_date"),
    "contract": Place("بیمه‌نامه", ("contract_id",), "id_contract"),
    "paid_amount": Place("مبلغ پرداخت‌شده", ("paid_amount",), "id_paid_amount"),
    "service_type": Place("نوع خدمت", ("service_type_id",), "id_service_type"),
    "service": Place("خدمت", ("service_id",), "id_service"),
    "centre": Place("مرکز درمانی", ("centre_id", "centre_name", "centre_city"), "id_centre_text"),
    "base_insurer": Place("بیمهٔ پایه", ("base_insurer_id",), "id_base_insurer"),
    "medical_council_number": Place(
        "کد نظام پزشکی", ("medical_council_number",), "id_medical_council_number"
    ),
    "eprescription_code": Place("شناسهٔ نسخهٔ الکترونیک", ("eprescription_code",), "id_eprescription_code"),
    "has_eprescription": Place(
        "نسخهٔ الکترونیک", ("has_eprescription", "eprescription_code"), "id_has_eprescription"
    ),
    "home_province": Place("استان محل سکونت", ("home_province_id",), "id_home_province"),
    "notes": Place("توضیحات", ("notes",), "id_notes"),
    "mobile": Place("شمارهٔ موبایل", ("mobile",), "id_mobile"),
}


def label_of(field: str) -> str:
    """Empty for a deficiency of a whole step."""
    return PLACES[field].label if field in PLACES else ""
