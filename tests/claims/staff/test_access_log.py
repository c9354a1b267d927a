"""The access log is read by those who may, changed by nobody, and no key of a second factor is anywhere."""

from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.tokens import without_tokens

LOG = "admin:auditlog_logentry_changelist"


def test_supervisors_read_who_saw_what(desk, chief, cast):
    desk.open()

    page = chief.client.get(reverse(LOG)).content.decode()

    assert cast.reviewer.staff_name in page
    assert "درخواست را دید" in page
    assert cast.maryam.person.national_id not in page


def test_officers_do_not(desk):
    assert desk.client.get(reverse(LOG)).status_code == 403


def test_nobody_changes_it(chief, desk):
    desk.open()

    assert chief.client.post(reverse("admin:auditlog_logentry_add")).status_code == 403


def test_keys_of_second_factors_are_shown_to_nobody(cast):
    assert not admin.site.is_registered(TOTPDevice)
    assert not admin.site.is_registered(StaticDevice)
    boss = type(cast.reviewer).objects.create_superuser("boss", "Quiet-river-27")
    client = Client()
    client.force_login(boss)

    page = without_tokens(client.get(reverse("admin:index")).content.decode())
    assert "otp" not in page.lower()
