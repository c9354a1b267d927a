"""The contract that the pages are about: preselected, chosen, readable after its end."""

from datetime import timedelta

import pytest

from portal.lib.dates import today
from tests import cast as people


@pytest.fixture
def maryam(client, cast):
    client.force_login(cast.maryam)
    return cast.maryam


@pytest.fixture
def second(cast, maryam):
    contract = people.make_contract("TEST-002", start_date=today() - timedelta(days=10), e_claims=False)
    people.enrol(maryam.person, contract)
    return contract


@pytest.fixture
def expired(maryam):
    contract = people.make_contract("OLD-001", start_date=today() - timedelta(days=800))
    people.enrol(maryam.person, contract)
    return contract


def shown(client):
    return client.get("/account/").context["request"].contract


def test_the_newest_in_force_that_takes_electronic_claims_is_preselected(client, cast, second, expired):
    assert shown(client) == cast.contract


def test_without_one_the_newest_in_force(client, cast, second, expired):
    cast.contract.e_claims = False
    cast.contract.save()
    assert shown(client) == second


def test_a_choice_holds_for_the_session_and_leads_back(client, cast, expired):
    answer = client.post("/contract/", {"contract": expired.pk, "next": "/messages/?page=2"})
    assert answer.url == "/messages/?page=2"
    assert shown(client) == expired


def test_every_page_says_which_one_it_is(client, cast, maryam):
    page = client.get("/account/").content.decode()
    assert "TEST-001" in page and "بیمهٔ پاسارگاد" in page


def test_the_picker_is_there_only_when_there_are_several(client, maryam, cast):
    assert "contract-choice" not in client.get("/account/").content.decode()
    other = people.make_contract("TEST-002")
    people.enrol(maryam.person, other)
    assert "contract-choice" in client.get("/account/").content.decode()


def test_the_list_works_without_scripts_and_says_what_is_closed(client, cast, second, expired):
    page = client.get("/contract/").content.decode()
    assert all(contract.number in page for contract in (cast.contract, second, expired))
    assert "ارسال الکترونیک اسناد برای این قرارداد فعال نیست." in page
    assert "پایان‌یافته" in page


@pytest.mark.parametrize("which", ["of_a_stranger", "missing", "nonsense", "nothing"])
def test_what_is_not_ones_own_is_a_404(client, cast, maryam, which):
    foreign = people.make_contract("FOREIGN-1")
    people.enrol(cast.stranger.person, foreign)
    typed = {"of_a_stranger": foreign.pk, "missing": 999_999_999, "nonsense": "'; --\x00", "nothing": ""}[
        which
    ]
    assert client.post("/contract/", {"contract": typed}).status_code == 404
    assert shown(client) == cast.contract


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_a_page_elsewhere_is_never_led_to(client, cast, maryam, page):
    assert client.post("/contract/", {"contract": cast.contract.pk, "next": page}).url == "/"


def test_a_contract_of_the_household_alone_is_not_chosen(client, cast, maryam):
    """A dependant's own other contract is theirs, even though the primary of another one sees them here."""
    other = people.make_contract("TEST-009")
    people.enrol(cast.husband.person, other)
    assert client.post("/contract/", {"contract": other.pk}).status_code == 404


def test_somebody_without_any_contract_reads_what_to_do(client, db):
    member = people.make_member(people.make_person())
    client.force_login(member)
    page = client.get("/contract/").content.decode()
    assert "قراردادی برای شما ثبت نشده است" in page and "/discrepancies/new/" in page
    assert client.get("/account/").status_code == 200
