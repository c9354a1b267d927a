"""What somebody reported before the activation is found in the account afterwards; what a stranger typed is not."""

import pytest

from members import discrepancies
from members.models import Discrepancy, Enrolment
from tests import cast as people

NUMBER = "09121110004"


@pytest.fixture
def report(cast):
    def report(**bent):
        typed = {"national_id": cast.newcomer.national_id, "first_name": "فاطمه سادات", "last_name": "موسوي"}
        number = bent.pop("contact_number", NUMBER)
        return discrepancies.report_without_account(
            subject="activation", contact_number=number, text="پیدا نشدم.", typed=typed | bent
        )

    return report


def activated(walk):
    walk.begin()
    walk.prove_by_code()
    walk.fill_in()
    return walk.account()


def test_open_and_answered_reports_stand_in_the_members_list(client, walk, cast, report):
    still_open, answered = report(), report()
    discrepancies.answer(answered, by=cast.supervisor, text="نام شما درست شد.", is_fixed=True)
    account = activated(walk)
    assert account.is_active
    assert set(account.discrepancies.values_list("pk", "person")) == {
        (row.pk, cast.newcomer.pk) for row in (still_open, answered)
    }
    client.force_login(account)
    page = client.get("/discrepancies/").content.decode()
    assert "پیدا نشدم." in page and "نام شما درست شد." in page


@pytest.mark.parametrize(
    "bent",
    [
        {"contact_number": "09350000000"},
        {"first_name": "مریم"},
        {"last_name": "کاظمی"},
        {"national_id": people.synthetic_national_id(900_040)},
    ],
    ids=["another number", "another name", "another family name", "another national id"],
)
def test_what_does_not_match_in_full_stays_with_staff(walk, report, bent):
    row = report(**bent)
    activated(walk)
    row.refresh_from_db()
    assert (row.user, row.person) == (None, None)


def test_a_number_that_was_never_confirmed_brings_nothing(client, walk, cast, report):
    """The account waits for the code of the number that was filled in."""
    Enrolment.objects.filter(person=cast.newcomer).update(mobile="09121119999")
    row = report()
    walk.begin()
    walk.prove_by_code("09121119999")
    walk.fill_in()
    assert not Discrepancy.objects.exclude(user=None).exists()
    client.post("/activate/mobile/", {"code": walk.code_for(NUMBER)})
    row.refresh_from_db()
    assert row.user == walk.account()
