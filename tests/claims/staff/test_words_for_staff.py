"""Amounts and dates as people read them, on the staff's pages too."""

from django.test import Client
from django.urls import reverse

from notifications.models import ProviderHealth
from portal.lib import dates


def admin_page(django_user_model, name) -> str:
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("admin", "Quiet-river-27"))
    return client.get(reverse(f"admin:{name}_changelist")).content.decode()


def test_an_amount_that_is_cut_is_told_in_words(desk):
    typed = {
        "cut-TOTAL_FORMS": "1",
        "cut-INITIAL_FORMS": "0",
        "cut-0-reason": "DED01",
        "cut-0-amount": "510000",
        "reckon": "1",
    }

    page = desk.act("approve", typed).content.decode()

    assert "پنجاه و یک هزار تومان" in page


def test_contracts_tell_their_dates_as_everywhere(cast, django_user_model):
    page = admin_page(django_user_model, "catalog_contract")

    assert dates.short(cast.contract.start_date) in page
    assert str(cast.contract.start_date) not in page


def test_the_log_calls_messages_by_their_names(submitted, django_user_model):
    page = admin_page(django_user_model, "notifications_message")

    assert "ثبت درخواست" in page
    assert ">claim_submitted<" not in page


def test_providers_in_use_are_listed_before_anything_was_sent(db, settings, django_user_model):
    settings.SMS_GATEWAYS = ["kavenegar", "smsir"]
    ProviderHealth.objects.all().delete()

    page = admin_page(django_user_model, "notifications_providerhealth")

    assert "kavenegar" in page
    assert "smsir" in page
