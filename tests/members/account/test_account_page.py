"""«حساب من»: what a member sees of their account and changes without a code."""

import pytest

from tests import cast as people

PAGES = [
    "/account/",
    "/account/contact/",
    "/account/mobile/",
    "/account/mobile/code/",
    "/account/password/",
    "/account/iban/",
    "/contract/",
    "/discrepancies/",
    "/discrepancies/new/",
    "/messages/",
]


@pytest.fixture
def maryam(client, cast):
    client.force_login(cast.maryam)
    return cast.maryam


@pytest.mark.parametrize("address", PAGES)
def test_visitors_are_asked_to_log_in(client, db, address):
    assert client.get(address).url.startswith("/login/")


@pytest.mark.parametrize("address", PAGES)
def test_staff_are_sent_to_their_own_door(client, cast, address):
    client.force_login(cast.reviewer)
    assert client.get(address).url == "/admin/"


@pytest.mark.parametrize("address", PAGES)
def test_other_methods_are_refused(client, maryam, address):
    assert client.delete(address).status_code == 405


@pytest.mark.parametrize("address", ["/account/privacy/", "/account/sessions/end/"])
def test_nothing_changes_by_looking(client, maryam, address):
    assert client.get(address).status_code == 405


def test_the_page_shows_the_account_and_masks_the_iban(client, maryam, cast):
    page = client.get("/account/").content.decode()
    assert "maryam@example.ir" in page and "۰۹۱۲۱۱۱۰۰۰۱" in page
    assert people.IBAN not in page and "3007" in page


def test_pages_of_members_are_never_kept_by_a_cache(client, maryam):
    for address in PAGES:
        assert "no-store" in client.get(address)["Cache-Control"]


def test_ways_of_contact_are_saved_in_their_stored_form(client, maryam):
    client.post(
        "/account/contact/", {"email": "m@example.ir", "phone": "۰۲۱-۱۲۳۴۵۶۷۸", "address": "تهران\nخیابان"}
    )
    maryam.refresh_from_db()
    assert (maryam.email, maryam.phone, maryam.address) == ("m@example.ir", "02112345678", "تهران\nخیابان")


@pytest.mark.parametrize("field", ["email", "phone", "fax", "address"])
def test_nonsense_gets_a_sentence_and_changes_nothing(client, maryam, field):
    answer = client.post("/account/contact/", {"email": "kept@example.ir", field: "x\x00" * 5_000})
    assert field in answer.context["form"].errors
    maryam.refresh_from_db()
    assert maryam.email == "maryam@example.ir"


class TestSessions:
    def test_leaving_everywhere_ends_every_session(self, client, maryam):
        from django.test import Client

        other = Client()
        for browser in (client, other):
            browser.logout()
            browser.post(
                "/login/",
                {
                    "national_id": maryam.person.national_id,
                    "membership_type": maryam.membership_type_id,
                    "password": people.PASSWORD,
                    "captcha": "PASSED",
                },
            )
        page = client.get("/account/").content.decode()
        assert page.count("آخرین استفاده") == 2 and page.count("همین دستگاه") == 1
        assert client.post("/account/sessions/end/").url == "/login/"
        assert client.get("/account/").status_code == 302
        assert other.get("/account/").status_code == 302

    def test_a_strangers_sessions_are_not_listed_or_ended(self, client, cast, maryam):
        from django.test import Client

        other = Client()
        other.force_login(cast.stranger)
        client.post("/account/sessions/end/")
        assert other.get("/account/").status_code == 200
