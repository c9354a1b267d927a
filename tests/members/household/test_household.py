"""Who sees whom: by the primary insured of each contract, as the roster says today."""

from datetime import timedelta

import pytest

from members import access
from members.models import User
from portal.lib.dates import parse_jalali, today
from tests import cast as people


def seen_by(user, contract):
    """As the next request would read it."""
    return {row.person for row in access.household_of(User.objects.get(pk=user.pk), contract)}


def test_the_primary_sees_everybody_and_themselves_first(cast):
    rows = access.household_of(cast.maryam, cast.contract)
    assert rows[0].person == cast.maryam.person
    assert {row.person for row in rows} == set(cast.household())


def test_a_dependant_sees_only_themselves(cast):
    assert seen_by(cast.husband, cast.contract) == {cast.husband.person}


def test_a_household_is_that_of_one_contract(cast):
    alone = people.make_contract("TEST-002")
    people.enrol(cast.maryam.person, alone)
    assert seen_by(cast.maryam, alone) == {cast.maryam.person}


def test_a_wrong_primary_leaves_the_dependant_alone_until_the_roster_is_mended(cast):
    row = cast.enrolment_of(cast.husband)
    row.primary = cast.husband.person
    row.save(update_fields=["primary"])
    assert cast.husband.person not in seen_by(cast.maryam, cast.contract)
    assert seen_by(cast.husband, cast.contract) == {cast.husband.person}
    row.primary = cast.maryam.person
    row.save(update_fields=["primary"])
    assert seen_by(cast.maryam, cast.contract) == set(cast.household())


def test_who_has_left_stays_readable_for_whom_they_belonged_to(cast):
    row = cast.enrolment_of(cast.husband)
    row.cover_end = today() - timedelta(days=1)
    row.save(update_fields=["cover_end"])
    assert cast.husband.person in seen_by(cast.maryam, cast.contract)


class TestPrivacy:
    @pytest.fixture(autouse=True)
    def allowed(self, settings):
        settings.ADULTS_MAY_KEEP_CLAIMS_PRIVATE = True

    def test_an_adult_dependant_keeps_their_claims_from_the_primary(self, client, cast):
        client.force_login(cast.husband)
        assert "درخواست‌هایم فقط برای خودم" in client.get("/account/").content.decode()
        client.post("/account/privacy/", {"is_private": "on"})
        assert cast.husband.person not in seen_by(cast.maryam, cast.contract)
        client.post("/account/privacy/", {})
        assert cast.husband.person in seen_by(cast.maryam, cast.contract)

    def test_a_minor_cannot(self, client, cast):
        child = people.make_member(cast.child)
        client.force_login(child)
        assert client.post("/account/privacy/", {"is_private": "on"}).status_code == 404

    def test_a_minor_who_had_set_it_is_seen_anyway(self, cast):
        people.make_member(cast.child, keeps_claims_private=True)
        assert cast.child in seen_by(cast.maryam, cast.contract)

    def test_a_primary_has_nobody_to_keep_them_from(self, client, cast):
        client.force_login(cast.maryam)
        assert client.post("/account/privacy/", {"is_private": "on"}).status_code == 404

    def test_without_the_setting_nobody_can(self, client, cast, settings):
        settings.ADULTS_MAY_KEEP_CLAIMS_PRIVATE = False
        client.force_login(cast.husband)
        assert client.post("/account/privacy/", {"is_private": "on"}).status_code == 404
        assert "درخواست‌هایم فقط برای خودم" not in client.get("/account/").content.decode()

    def test_adulthood_begins_with_the_eighteenth_birthday(self, on_1403_10_01, cast):
        cast.child.birth_date = parse_jalali("1385/10/02")
        assert not access.is_adult(cast.child)
        cast.child.birth_date = parse_jalali("1385/10/01")
        assert access.is_adult(cast.child)
