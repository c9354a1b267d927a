"""Who may activate when: dependants, two contracts, covers that end, rosters that change on the way."""

from datetime import timedelta

from catalog.models import MembershipType
from members.access import contracts_of, household_of
from members.models import User
from portal.lib.dates import today
from tests import cast as people


def activated(walk, number="09121110004"):
    walk.begin()
    walk.prove_by_code(number)
    walk.fill_in()
    return walk.account()


def test_a_dependant_gets_an_account_that_sees_nobody_else(walk_of, cast):
    row = cast.enrolment_of(cast.child)
    row.mobile = "09121110004"
    row.save(update_fields=["mobile"])
    child = activated(walk_of(cast.child))
    assert child.is_active
    assert [row.person for row in household_of(child, cast.contract)] == [cast.child]


def test_somebody_in_two_contracts_has_one_account_for_both(walk, cast):
    second = people.make_contract("TEST-002")
    people.enrol(cast.newcomer, second)
    account = activated(walk)
    assert User.objects.filter(person=cast.newcomer).count() == 1
    assert {contract.number for contract in contracts_of(account)} == {"TEST-001", "TEST-002"}


def test_a_number_in_one_of_two_contracts_is_enough_for_a_code(walk, cast):
    newer = people.make_contract("TEST-002", start_date=today() - timedelta(days=5))
    people.enrol(cast.newcomer, newer, mobile="")
    assert activated(walk).is_active


def test_a_cover_that_ended_in_one_contract_does_not_hinder_the_other(walk, cast):
    other = people.make_contract("TEST-002")
    people.enrol(cast.newcomer, other, mobile="09121119999", cover_end=today() - timedelta(days=1))
    assert activated(walk).is_active


def test_the_last_day_of_cover_still_counts(walk, cast):
    row = cast.enrolment_of(cast.newcomer)
    row.cover_end = today()
    row.save(update_fields=["cover_end"])
    assert walk.begin().url == "/activate/code/"


def test_a_cover_that_begins_tomorrow_within_a_contract_in_force_counts_already(walk, cast):
    row = cast.enrolment_of(cast.newcomer)
    row.cover_start = today() + timedelta(days=1)
    row.save(update_fields=["cover_start"])
    account = activated(walk)
    assert account.is_active
    assert contracts_of(account) == [cast.contract]


def test_a_contract_that_begins_tomorrow_does_not_count_yet(walk, cast):
    cast.contract.start_date = today() + timedelta(days=1)
    cast.contract.save(update_fields=["start_date"])
    assert walk.begin().status_code == 200
    assert not User.objects.filter(person=cast.newcomer).exists()


def test_a_contract_without_a_type_of_membership_is_open_to_each(walk, cast):
    cast.contract.membership_type = None
    cast.contract.save(update_fields=["membership_type"])
    other = MembershipType.objects.create(code="retirees-test", title="بازنشستگان", is_enabled=True)
    walk.typed["membership_type"] = str(other.pk)
    account = activated(walk)
    assert account.is_active and account.membership_type == other
    assert contracts_of(account) == [cast.contract]


def test_the_type_of_membership_must_be_the_contracts(walk, cast):
    other = MembershipType.objects.create(code="retirees-test", title="بازنشستگان", is_enabled=True)
    assert walk.begin(membership_type=str(other.pk)).status_code == 200
    assert not User.objects.filter(person=cast.newcomer).exists()


def test_an_account_outlives_its_contract(walk, cast):
    account = activated(walk)
    next_year = people.make_contract("TEST-003", start_date=cast.contract.end_date + timedelta(days=1))
    people.enrol(cast.newcomer, next_year)
    account.refresh_from_db()
    assert account.is_active and User.objects.filter(person=cast.newcomer).count() == 1


class TestRosterImportedOnTheWay:
    def test_who_has_left_meanwhile_begins_again_with_a_sentence(self, walk, client, cast):
        walk.begin()
        walk.prove_by_code()
        row = cast.enrolment_of(cast.newcomer)
        row.cover_end = today() - timedelta(days=1)
        row.save(update_fields=["cover_end"])
        answer = client.post("/activate/account/", walk.account_form, follow=True)
        assert answer.redirect_chain == [("/activate/", 302)]
        assert "به‌روز شده است" in answer.content.decode()
        assert not walk.account().is_active

    def test_a_number_corrected_meanwhile_must_be_proved_itself(self, walk, client, cast):
        walk.begin()
        walk.prove_by_code()
        row = cast.enrolment_of(cast.newcomer)
        row.mobile = "09121115555"
        row.save(update_fields=["mobile"])
        assert walk.fill_in().url == "/activate/code/"
        client.post("/activate/code/", {"send": "1"})
        assert walk.prove_by_code("09121115555").url == "/activate/account/"

    def test_a_code_for_the_old_number_does_not_prove_the_new_one(self, walk, client, cast):
        walk.begin()
        row = cast.enrolment_of(cast.newcomer)
        row.mobile = "09121115555"
        row.save(update_fields=["mobile"])
        assert walk.prove_by_code("09121110004").status_code == 200
        assert client.get("/activate/account/").url == "/activate/code/"

    def test_a_name_corrected_meanwhile_is_what_the_account_page_shows(self, walk, client, cast):
        walk.begin()
        walk.prove_by_code()
        cast.newcomer.father_name, cast.newcomer.birth_certificate_number = "علی", "913"
        cast.newcomer.save()
        assert client.get("/activate/account/").context["roster"].initial["birth_certificate_number"] == "913"

    def test_an_answer_is_judged_by_the_roster_of_that_moment(self, walk_of, client, cast):
        person = people.make_person("لیلا", "شریفی", birth_certificate_number="11")
        people.enrol(person, cast.contract)
        walk_of(person).begin()
        person.birth_certificate_number = "22"
        person.save(update_fields=["birth_certificate_number"])
        assert client.post("/activate/code/", {"birth_date": "1365/8/26", "second": "11"}).status_code == 200
        assert client.post("/activate/code/", {"birth_date": "1365/8/26", "second": "22"}).status_code == 302
