"""«گزارش مغایرت»: somebody says that the insurer's data is wrong, staff answer, and who reported is told."""

from django.db import transaction
from django.utils import timezone

from catalog.models import Contract
from members import access_log, account
from members.models import Discrepancy, Enrolment, Person, User
from notifications import outbox
from portal.lib.dates import today
from portal.lib.text import match_key

State, Subject = Discrepancy.State, Discrepancy.Subject

ALREADY_ANSWERED = "این گزارش پیش‌تر پاسخ داده شده است."
NO_ACCOUNT = "برای این کد ملی هنوز حساب فعالی نیست؛ شماره را در فهرست اسامی درست کنید."


class Refused(Exception):
    """The text is the sentence that the person reads."""


def report(
    user: User, *, subject: str, text: str, about: str = "", person: Person = None, contract: Contract = None
) -> Discrepancy:
    return Discrepancy.objects.create(
        user=user,
        person=person or user.person,
        contract=contract,
        subject=subject,
        about=about,
        text=text,
        contact_number=user.mobile,
    )


def report_without_account(*, subject: str, contact_number: str, text: str, typed: dict) -> Discrepancy:
    """`typed` is kept as it came: whether the roster knows that number is for staff to see, not for the page."""
    return Discrepancy.objects.create(
        subject=subject,
        text=text,
        contact_number=contact_number,
        typed_national_id=typed["national_id"],
        typed_first_name=typed["first_name"],
        typed_last_name=typed["last_name"],
    )


def join(user: User) -> None:
    """What somebody reported before they had an account is theirs: same person as typed, from the confirmed number."""
    person = user.person
    rows = Discrepancy.objects.filter(
        user=None, typed_national_id=person.national_id, contact_number=user.mobile
    )
    names = person.first_key, person.last_key
    own = [
        row.pk for row in rows if (match_key(row.typed_first_name), match_key(row.typed_last_name)) == names
    ]
    Discrepancy.objects.filter(pk__in=own).update(user=user, person=person)


@transaction.atomic
def answer(discrepancy: Discrepancy, *, by: User, text: str, is_fixed: bool) -> Discrepancy:
    """Close the report with words for the member, and tell them by SMS that there are some."""
    row = _open(discrepancy)
    row.state = State.FIXED if is_fixed else State.ANSWERED
    row.answer, row.answered_by, row.answered_at = text, by, timezone.now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    number = row.user.mobile if row.user else row.contact_number
    if number:
        kind = _kind(row)
        # Who has no account cannot read the answer anywhere else.
        values = {"answer": text} if kind == "activation_answered" else {}
        key = f"discrepancy-{row.pk}-answered"
        outbox.enqueue(to=number, recipient=row.user, kind=kind, values=values, key=key)
    return row


@transaction.atomic
def fix_roster_mobile(discrepancy: Discrepancy, *, by: User, mobile: str, text: str) -> Discrepancy:
    """After a check of who asks: the roster's number is corrected, and activation can go on."""
    person = subject_of(discrepancy)
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(person=person, cover_end__gte=today())
    for row in rows.exclude(mobile=mobile):
        access_log.record_new_mobile(row, by=by, before=row.mobile, after=mobile)
        row.mobile = mobile
        row.save(update_fields=["mobile"])
    return answer(discrepancy, by=by, text=text, is_fixed=True)


@transaction.atomic
def fix_account_mobile(discrepancy: Discrepancy, *, by: User, mobile: str, text: str) -> Discrepancy:
    """After a check of who asks: the account's number is changed, and both numbers are told."""
    user = account_of(discrepancy)
    if user is None:
        raise Refused(NO_ACCOUNT)
    access_log.record_new_mobile(user, by=by, before=user.mobile, after=mobile)
    account.change_mobile(user, mobile=mobile)
    return answer(discrepancy, by=by, text=text, is_fixed=True)


def subject_of(discrepancy: Discrepancy) -> Person | None:
    """Whom it is about: the person named, or whoever has the national ID that was typed."""
    if discrepancy.person:
        return discrepancy.person
    return Person.objects.filter(national_id=discrepancy.typed_national_id).first()


def account_of(discrepancy: Discrepancy) -> User | None:
    if discrepancy.user:
        return discrepancy.user
    person = subject_of(discrepancy)
    return person and person.accounts.filter(is_active=True).first()


def _kind(row: Discrepancy) -> str:
    if row.user:
        return "report_answered"
    # Its text says that activation works now: not to somebody who is active, nor who asked for something else.
    can_activate = row.state == State.FIXED and row.subject == Subject.ACTIVATION and account_of(row) is None
    return "roster_fixed" if can_activate else "activation_answered"


def _open(discrepancy: Discrepancy) -> Discrepancy:
    row = Discrepancy.objects.select_for_update(of=("self",)).select_related("user").get(pk=discrepancy.pk)
    if row.state != State.OPEN:
        raise Refused(ALREADY_ANSWERED)
    return row
