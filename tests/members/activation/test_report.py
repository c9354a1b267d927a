"""«گزارش مغایرت» of somebody who cannot sign in: kept as typed, and answered without telling anything."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Discrepancy
from tests import cast as people


@pytest.fixture
def report(cast):
    return {
        "subject": "activation",
        "national_id": cast.newcomer.national_id,
        "first_name": "فاطمه",
        "last_name": "موسوی",
        "contact_number": "09121234567",
        "text": "در شرکت نمونه کار می‌کنم.",
        "captcha": "PASSED",
    }


def test_it_is_kept_as_it_was_typed_for_staff(client, report):
    answer = client.post("/activate/report/", report)
    assert answer.url == "/activate/report/sent/"
    row = Discrepancy.objects.get()
    assert (row.user, row.person, row.state) == (None, None, "open")
    assert row.typed_national_id == report["national_id"] and row.contact_number == "09121234567"
    assert client.get(answer.url).status_code == 200


def test_known_and_unknown_numbers_get_the_same_answer(client, report):
    seen = set()
    for national_id in (report["national_id"], people.synthetic_national_id(900_003)):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = client.post("/activate/report/", report | {"national_id": national_id})
        seen.add((answer.status_code, answer.url, len(queries)))
    assert len(seen) == 1


def test_after_a_failed_match_what_was_typed_stands_there_without_another_captcha(walk, client, cast):
    walk.begin(first_name="فاطمه")
    form = client.get("/activate/report/").context["form"]
    assert form.initial["first_name"] == "فاطمه" and "captcha" not in form.fields


def test_a_direct_visit_asks_the_security_code(client, report):
    assert "captcha" in client.post("/activate/report/", report | {"captcha": "1"}).context["form"].errors
    assert not Discrepancy.objects.exists()


def test_a_contact_number_is_needed(client, report):
    answer = client.post("/activate/report/", report | {"contact_number": ""})
    assert "contact_number" in answer.context["form"].errors


def test_a_changed_number_is_a_subject_of_its_own(client, cast):
    form = client.get("/activate/report/?about=mobile").context["form"]
    assert form["subject"].value() == "mobile"


@pytest.mark.parametrize("same", ["national_id", "contact_number"])
def test_five_reports_an_hour_about_one_person_or_from_one_number(client, report, same):
    for serial in range(6):
        others = {
            "national_id": people.synthetic_national_id(900_020 + serial),
            "contact_number": f"0935123456{serial}",
        }
        answer = client.post("/activate/report/", report | others | {same: report[same]})
    assert answer.context["form"].non_field_errors()
    assert Discrepancy.objects.count() == 5


def report_of(serial):
    return {
        "national_id": people.synthetic_national_id(900_030 + serial),
        "contact_number": f"093512345{serial:02}",
    }


def test_colleagues_behind_one_address_can_all_report(client, report):
    for serial in range(20):
        assert client.post("/activate/report/", report | report_of(serial)).status_code == 302


def test_a_crowded_address_is_asked_the_security_code_and_only_far_out_refused(
    walk, client, report, settings
):
    settings.LIMITS = settings.LIMITS | {"report-captcha": (2, 3600), "report-address": (4, 3600)}
    walk.begin(first_name="فاطمه")
    without = {name: value for name, value in report.items() if name != "captcha"}
    for serial in range(2):
        assert client.post("/activate/report/", without | report_of(serial)).status_code == 302
    assert "captcha" in client.post("/activate/report/", without | report_of(2)).context["form"].errors
    for serial in (3, 4):
        assert client.post("/activate/report/", report | report_of(serial)).status_code == 302
    refused = client.post("/activate/report/", report | report_of(5)).context["form"]
    assert "ساعت" in refused.non_field_errors()[0] or "دقیقه" in refused.non_field_errors()[0]


@pytest.mark.parametrize(
    "field", ["national_id", "first_name", "last_name", "contact_number", "text", "subject"]
)
def test_ten_kilobytes_with_a_nul_get_a_sentence(client, report, field):
    answer = client.post("/activate/report/", report | {field: "\x00" + "x" * 10_000})
    assert answer.status_code == 200 and field in answer.context["form"].errors
