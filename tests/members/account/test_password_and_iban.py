"""What could be theft asks for the password again, and is told by SMS."""

import pytest

from notifications.models import Message
from tests import cast as people

NEW = "Brave-lantern-88"
OTHER_IBAN = "IR820540102680020817909002"


@pytest.fixture
def maryam(client, cast):
    log_in(client, cast.maryam)
    return cast.maryam


def log_in(client, user, **more):
    return client.post(
        "/login/",
        {
            "national_id": user.person.national_id,
            "membership_type": user.membership_type_id,
            "password": people.PASSWORD,
            "captcha": "PASSED",
            **more,
        },
    )


def change(client, **bent):
    given = {"current_password": people.PASSWORD, "password": NEW, "password_again": NEW}
    return client.post("/account/password/", given | bent)


class TestPassword:
    def test_it_is_changed_told_and_ends_the_other_sessions(self, client, maryam):
        from django.test import Client

        other = Client()
        log_in(other, maryam)
        assert change(client).url == "/account/"
        maryam.refresh_from_db()
        assert maryam.check_password(NEW)
        assert client.get("/account/").status_code == 200
        assert other.get("/account/").status_code == 302
        assert Message.objects.get(kind="password_changed").to == maryam.mobile

    @pytest.mark.parametrize(
        ("bent", "field"),
        [
            ({"current_password": "not-mine-at-all"}, "current_password"),
            ({"password_again": "different-1"}, "password_again"),
            ({"password": "short", "password_again": "short"}, "password"),
            ({"password": "09121110001", "password_again": "09121110001"}, "password"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_changes(self, client, maryam, bent, field):
        assert field in change(client, **bent).context["form"].errors
        maryam.refresh_from_db()
        assert maryam.check_password(people.PASSWORD)

    def test_guessing_the_present_password_ends_after_five_tries(self, client, maryam):
        for _ in range(5):
            change(client, current_password="guess-guess-1")
        assert "current_password" in change(client).context["form"].errors


class TestIban:
    def test_the_primary_changes_it_for_the_chosen_contract_and_is_told(self, client, maryam, cast):
        assert client.post("/account/iban/", {"iban": OTHER_IBAN.lower()}).url == "/account/"
        assert cast.enrolment_of(maryam).iban == OTHER_IBAN
        assert Message.objects.get(kind="iban_changed").recipient == maryam

    def test_other_contracts_keep_theirs(self, client, maryam, cast):
        other = people.make_contract("OLD-1")
        row = people.enrol(maryam.person, other, iban=people.IBAN)
        client.post("/contract/", {"contract": cast.contract.pk})
        client.post("/account/iban/", {"iban": OTHER_IBAN})
        row.refresh_from_db()
        assert row.iban == people.IBAN

    @pytest.mark.parametrize("typed", ["", "IR00", "IR820540102680020817909003", "x" * 10_000, "\x00"])
    def test_a_wrong_number_changes_nothing(self, client, maryam, cast, typed):
        assert "iban" in client.post("/account/iban/", {"iban": typed}).context["form"].errors
        assert cast.enrolment_of(maryam).iban == people.IBAN

    def test_a_dependant_has_no_such_page(self, client, cast):
        log_in(client, cast.husband)
        assert client.get("/account/iban/").status_code == 404
        assert client.post("/account/iban/", {"iban": OTHER_IBAN}).status_code == 404
        assert "بیمه‌شدهٔ اصلی واریز" in client.get("/account/").content.decode()


class TestRememberedSession:
    @pytest.fixture
    def remembered(self, client, cast):
        log_in(client, cast.maryam, is_remembered="on")
        return cast.maryam

    @pytest.mark.parametrize(
        ("address", "typed"),
        [("/account/iban/", {"iban": OTHER_IBAN}), ("/account/mobile/", {"mobile": "09351112222"})],
    )
    def test_it_asks_for_the_password_first(self, client, remembered, cast, address, typed):
        assert "current_password" in client.post(address, typed).context["form"].errors
        assert cast.enrolment_of(remembered).iban == people.IBAN
        assert client.post(address, typed | {"current_password": people.PASSWORD}).status_code == 302

    def test_an_ordinary_session_does_not(self, client, maryam):
        assert "current_password" not in client.get("/account/iban/").context["form"].fields
