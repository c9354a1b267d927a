"""What the bank sent back goes out again once there is another account, whoever wrote it down; the history says why."""

import pytest
from django.urls import reverse

from claims import lifecycle, payments
from claims.models import Claim, ClaimEvent, Status
from members.models import Enrolment
from notifications.models import Message
from portal.lib import dates
from portal.lib.text import latin_digits
from tests.cast import IBAN, make_staff
from tests.members.roster_admin.conftest import CLERKS, Operator

NEW, OTHER = "IR062960000000100324200001", "IR820540102680020817909002"
FAILED = {"row": "2", "outcome": "ناموفق", "reference": "", "amount": "", "cause": "حساب بسته است."}


@pytest.fixture
def operator(cast) -> Operator:
    return Operator(cast.contract, make_staff("operator", "سینا پارسا", CLERKS))


def day(value) -> str:
    return latin_digits(dates.short(value))


def listed(enrolment, **given) -> dict:
    """Somebody of the cast, as the employer's list has them."""
    person, genders = enrolment.person, {"male": "مرد", "female": "زن", "": ""}
    relations = {"self": "بیمه شده اصلی", "spouse": "همسر", "child": "فرزند"}
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "national_id": person.national_id,
        "birth_date": day(person.birth_date),
        "gender": genders[person.gender],
        "relation": relations[enrolment.relation],
        "primary_national_id": enrolment.primary.national_id,
        "plan": "طرح ۱",
        "personnel_code": "",
        "iban": "",
    } | given


def roster(cast, **of_maryam) -> list[dict]:
    rows = Enrolment.objects.filter(contract=cast.contract).select_related("person", "primary").order_by("pk")
    return [listed(one, **(of_maryam if one.person == cast.maryam.person else {})) for one in rows]


@pytest.fixture
def handed_over(filling) -> Claim:
    """The husband's claim, in a file for the bank."""
    filling.submitted(insured=filling.cast.husband.person_id)
    lifecycle.take(filling.claim, by=filling.cast.reviewer)
    lifecycle.approve(filling.claim, by=filling.cast.reviewer)
    payments.make_batch(by=filling.cast.finance)
    filling.claim.refresh_from_db()
    return filling.claim


@pytest.fixture
def bounced(filling, handed_over) -> Claim:
    bank_answers(filling, handed_over)
    assert handed_over.status == Status.PAYMENT_FAILED
    return handed_over


def bank_answers(filling, claim) -> str:
    (outcome,) = payments.commit([FAILED | {"tracking_code": claim.tracking_code}], by=filling.cast.finance)
    claim.refresh_from_db()
    return outcome.sentence


def is_out_again(claim, *, why: str, client) -> bool:
    """It waits for the next batch with the new account, and both histories tell why."""
    claim.refresh_from_db()
    event = ClaimEvent.objects.filter(claim=claim).latest("pk")
    assert why in client.get(claim.get_absolute_url()).content.decode()
    due = {one.claim.pk: one.iban for one in payments.due(payments.waiting())}
    return (
        (claim.status, claim.payment_batch, due.get(claim.pk)) == (Status.APPROVED, None, NEW)
        and (event.verb, event.status_before) == ("iban_mended", Status.PAYMENT_FAILED)
        and why in event.note
    )


def test_the_account_page_sends_it_out_again(filling, bounced):
    filling.client.post(reverse("members:account_iban"), {"iban": NEW})

    assert is_out_again(bounced, why="بیمه‌شدهٔ اصلی", client=filling.client)


def test_the_same_account_given_by_its_owner_is_tried_again(filling, bounced):
    """Closed then, opened now: the owner knows."""
    filling.post("iban", {"iban": IBAN})

    assert filling.claim.status == Status.APPROVED


def test_a_roster_with_another_account_sends_it_out_again(filling, bounced, operator):
    operator.bring_in(roster(filling.cast, iban=NEW))

    assert is_out_again(bounced, why="فهرست اسامی", client=filling.client)
    assert ClaimEvent.objects.latest("pk").by == operator.user


@pytest.mark.parametrize("iban", ["", IBAN])
def test_a_roster_without_news_of_the_account_sends_nothing(filling, bounced, operator, iban):
    operator.bring_in(roster(filling.cast, iban=iban, personnel_code="7788"))

    bounced.refresh_from_db()
    assert bounced.status == Status.PAYMENT_FAILED


def test_a_row_that_an_operator_mends_sends_it_out_again(filling, bounced, operator):
    upload = operator.bring_in(roster(filling.cast, iban=NEW, plan="طرح ویژه"))
    bounced.refresh_from_db()
    assert bounced.status == Status.PAYMENT_FAILED

    hers = upload.rows.get(values__national_id=filling.cast.maryam.person.national_id)
    operator.fix(hers, plan="طرح ۱")

    assert is_out_again(bounced, why="اصلاح ردیف", client=filling.client)


@pytest.fixture
def change(operator, cast):
    """The page of a cover in the admin, sent as it stands but for what is given."""

    def change(someone, **given):
        row = cast.enrolment_of(someone)
        url = f"/admin/members/enrolment/{row.pk}/change/"
        form = operator.client.get(url).context["adminform"].form
        stands = {name: form[name].value() or "" for name in form.fields}
        stands |= {"cover_start": day(row.cover_start), "cover_end": day(row.cover_end)}
        answer = operator.client.post(url, stands | given)
        assert answer.status_code == 302, answer.context["adminform"].form.errors

    return change


def test_staff_who_write_another_account_send_it_out_again(filling, bounced, change):
    change(filling.cast.maryam, iban=NEW)

    assert is_out_again(bounced, why="همکاران ما", client=filling.client)


def test_another_primary_is_another_account(filling, bounced, change):
    cast = filling.cast
    Enrolment.objects.filter(person=cast.newcomer).update(iban=NEW)
    filling.client.force_login(cast.husband)

    change(cast.husband, primary_number=cast.newcomer.national_id)

    assert is_out_again(bounced, why="همکاران ما", client=filling.client)


def test_an_account_that_was_taken_away_sends_nothing(filling, bounced, change):
    change(filling.cast.maryam, iban="")

    bounced.refresh_from_db()
    assert bounced.status == Status.PAYMENT_FAILED


def test_another_households_account_sends_nothing(filling, bounced, change):
    change(filling.cast.stranger, iban=NEW)

    bounced.refresh_from_db()
    assert bounced.status == Status.PAYMENT_FAILED


def test_what_comes_back_from_an_account_given_up_meanwhile_goes_out_at_once(filling, handed_over):
    filling.client.post(reverse("members:account_iban"), {"iban": NEW})

    told = bank_answers(filling, handed_over)

    assert "دستهٔ بعد" in told
    assert is_out_again(handed_over, why="شبای پیشین", client=filling.client)
    assert not Message.objects.filter(kind="claim_payment_failed").exists()
    # The same press a second time is no second failure.
    lifecycle.fail_payment(handed_over, by=filling.cast.finance, cause="حساب بسته است.")
    assert is_out_again(handed_over, why="شبای پیشین", client=filling.client)


def test_each_return_is_judged_by_the_account_it_came_from(filling, bounced, operator):
    operator.bring_in(roster(filling.cast, iban=NEW))
    payments.make_batch(by=filling.cast.finance)
    bank_answers(filling, bounced)
    operator.bring_in(roster(filling.cast, iban=NEW, personnel_code="7788"))
    bounced.refresh_from_db()
    assert bounced.status == Status.PAYMENT_FAILED

    operator.bring_in(roster(filling.cast, iban=OTHER))

    bounced.refresh_from_db()
    assert bounced.status == Status.APPROVED


def test_a_roster_asks_no_more_for_many_returns_than_for_one(
    filling, bounced, operator, django_assert_max_num_queries
):
    from claims.lifecycle import returned

    Enrolment.objects.filter(person=filling.cast.maryam.person).update(iban=NEW)
    for number in range(1, 4):
        bounced.pk, bounced.code, bounced.tracking_code = None, f"{number:022}", f"{number:010}"
        bounced.save(force_insert=True)
        ClaimEvent.objects.create(
            claim=bounced, verb="payment_failed", status_before="approved", status_after="payment_failed",
            details={"iban": IBAN},
        )  # fmt: skip
    with django_assert_max_num_queries(4):
        returned.iban_changed(contract=filling.cast.contract, by=operator.user, why="فهرست")
    assert Claim.objects.filter(status=Status.APPROVED).count() == 4
