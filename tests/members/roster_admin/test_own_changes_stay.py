"""What a member or staff changed is not taken back by the list that the employer sends again."""

import pytest

from members import account
from members.models import Enrolment, Person, User
from notifications.models import Message
from tests.cast import make_member
from tests.members.roster.sheets import A, B, person

FIRST, OWN, NEW = "IR062960000000100324200001", "IR820540102680020817909002", "IR050170000000123456789012"
OLD_MOBILE, OWN_MOBILE, NEW_MOBILE = "09120000001", "09120000002", "09120000003"


def roster(iban=FIRST, mobile=OLD_MOBILE, *, others=()):
    return [person(A, iban=iban, mobile=mobile), *others]


@pytest.fixture
def member(operator) -> User:
    """Somebody whom the list brought in, with another account at the bank and another number since then."""
    operator.bring_in(roster())
    user = make_member(Person.objects.get(national_id=A), mobile=OLD_MOBILE)
    account.change_iban(user, contract=operator.contract, iban=OWN)
    Enrolment.objects.update(mobile=OWN_MOBILE)
    return user


def row() -> tuple[str, str]:
    return Enrolment.objects.values_list("iban", "mobile").get(person__national_id=A)


def told(member) -> int:
    return Message.objects.filter(kind="iban_changed", recipient=member).count()


def test_the_same_list_again_brings_no_news(operator, member):
    upload = operator.send(roster())
    assert (upload.changes["changed"], upload.changes["unchanged"]) == (0, 1)
    operator.bring_in(roster(others=[person(B)]))
    assert row() == (OWN, OWN_MOBILE)
    assert told(member) == 1


def test_a_list_without_them_erases_nothing(operator, member):
    operator.bring_in(roster(iban="", mobile="", others=[person(B)]))
    operator.bring_in(roster(others=[person(B)]))
    assert row() == (OWN, OWN_MOBILE)


def test_news_of_the_employer_is_shown_taken_and_told(operator, member):
    upload = operator.send(roster(iban=NEW, mobile=NEW_MOBILE))
    assert upload.changes["rows"]["changed"][0]["fields"] == {
        "mobile": [OWN_MOBILE, NEW_MOBILE],
        "iban": [OWN, NEW],
    }
    assert told(member) == 1
    operator.act(upload, "commit")
    assert row() == (NEW, NEW_MOBILE)
    assert told(member) == 2
    assert Message.objects.filter(kind="iban_changed").latest("pk").to == member.mobile


def test_what_the_employer_said_counts_though_it_changes_nothing(operator, member):
    """The list catches up with the member, the member moves on, and the list comes again."""
    operator.bring_in(roster(iban=OWN, mobile=OWN_MOBILE))
    account.change_iban(member, contract=operator.contract, iban=NEW)
    operator.bring_in(roster(iban=OWN, mobile=OWN_MOBILE, others=[person(B)]))
    assert row() == (NEW, OWN_MOBILE)


def test_an_operator_who_mends_a_row_takes_nothing_back_either(operator, member):
    waiting = operator.bring_in([person(A, iban=FIRST, mobile=OLD_MOBILE, plan="طرح ویژه")]).rows.get()
    operator.fix(waiting, plan="طرح ۲")
    assert row() == (OWN, OWN_MOBILE)
    assert Enrolment.objects.get().plan.title == "طرح ۲"


def test_nobody_is_told_who_has_no_account_or_no_other_iban(operator, member):
    operator.bring_in(roster(others=[person(B, iban=FIRST)]))
    operator.bring_in(roster(others=[person(B, iban=NEW)]))
    assert Enrolment.objects.get(person__national_id=B).iban == NEW
    assert Message.objects.filter(kind="iban_changed").count() == told(member) == 1


def test_a_first_iban_from_the_employer_is_told_too(operator):
    operator.bring_in([person(A)])
    user = make_member(Person.objects.get(national_id=A))
    operator.bring_in(roster())
    assert (row()[0], told(user)) == (FIRST, 1)
