"""A row of a roster becomes a login: who is meant, how they prove it, and what makes the account theirs. No HTTP.

Nothing of the roster may be shown before the proof; every page asks the roster of that moment again.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import jdatetime
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from catalog.models import MembershipType
from members import discrepancies, limits
from members.models import Discrepancy, Enrolment, Person, User
from notifications import outbox
from portal.lib.dates import today
from portal.lib.text import compact, match_key

SAYYED = ("سیده", "سید")
SAYYED_WAS_LEFT_OUT = (
    "عضو هنگام فعال‌سازی «سید» یا «سیده» را در نام خود ننوشته است؛ نام را با کارت ملی بسنجید."
)
PROOFS_ARE_SPENT = (
    "امروز چند بار پاسخ‌ها با فهرست یکی نبود؛ {wait} دیگر دوباره تلاش کنید یا «گزارش مغایرت» بفرستید."
)


class AlreadyActive(Exception):
    """Somebody has activated this account meanwhile, or staff have closed it."""


class FilledInAnew(Exception):
    """Another window has filled in another number or password meanwhile."""


class Question(StrEnum):
    """What is asked beside the birth date where the roster holds no mobile."""

    CERTIFICATE = "certificate"
    PERSONNEL_CODE = "personnel_code"
    PRIMARY = "primary"


@dataclass(frozen=True)
class Candidate:
    """Somebody whose cover has not ended, with their rows in contracts in force, newest contract first."""

    membership_type: MembershipType
    enrolments: tuple[Enrolment, ...]

    @property
    def person(self) -> Person:
        return self.enrolments[0].person

    @cached_property
    def mobile(self) -> str:
        return next((enrolment.mobile for enrolment in self.enrolments if enrolment.mobile), "")

    @cached_property
    def personnel_codes(self) -> set[str]:
        return {bare(row.personnel_code) for row in self.enrolments if row.personnel_code}

    @property
    def question(self) -> Question:
        certificate = bare(self.person.birth_certificate_number)
        if certificate and certificate != bare(self.person.national_id):
            return Question.CERTIFICATE
        return Question.PERSONNEL_CODE if self.personnel_codes else Question.PRIMARY

    @property
    def can_prove(self) -> bool:
        return bool(self.mobile) or self.person.birth_date is not None

    def is_answered_by(self, birth_date: jdatetime.date, second: str) -> bool:
        right = {
            Question.CERTIFICATE: {bare(self.person.birth_certificate_number)},
            Question.PERSONNEL_CODE: self.personnel_codes,
            Question.PRIMARY: {bare(row.primary.national_id) for row in self.enrolments},
        }[self.question]
        is_second = any(constant_time_compare(bare(second), answer) for answer in right)
        return birth_date == self.person.birth_date and is_second


def bare(number: str) -> str:
    """As compared: rosters and people write leading zeros or leave them out."""
    return compact(number).lstrip("0").lower()


def candidate(membership_type: MembershipType, **person) -> Candidate | None:
    """Look for one person (`person__national_id=` or `person=`) on the rosters of today."""
    now = today()
    rows = (
        Enrolment.objects.filter(
            Q(contract__membership_type=membership_type) | Q(contract__membership_type=None),
            contract__start_date__lte=now,
            contract__end_date__gte=now,
            cover_end__gte=now,
            **person,
        )
        .select_related("person", "primary", "contract")
        .order_by("-contract__start_date", "-contract_id")
    )
    enrolments = tuple(rows)
    return Candidate(membership_type, enrolments) if enrolments else None


def match(*, membership_type, national_id: str, first_name: str, last_name: str) -> Candidate | None:
    """None for every failure alike: unknown number, another name, ended cover."""
    found = candidate(membership_type, person__national_id=national_id)
    typed = match_key(first_name), match_key(last_name)
    return found if found and is_same_name(found.person, *typed) else None


def is_same_name(person: Person, first_key: str, last_key: str) -> bool:
    if (first_key, last_key) == (person.first_key, person.last_key):
        return True
    return last_key == person.last_key and is_sayyed_left_out(person, first_key)


def is_sayyed_left_out(person: Person, first_key: str) -> bool:
    """Whether the first names differ by a leading «سید» alone and the operator lets that pass."""
    if not settings.SAYYED_MAY_BE_LEFT_OUT or first_key == person.first_key:
        return False
    return bool(_with_and_without_sayyed(first_key) & _with_and_without_sayyed(person.first_key))


def _with_and_without_sayyed(key: str) -> set[str]:
    shorter = {key.removeprefix(title) for title in SAYYED if key.startswith(title)}
    return {key, *shorter} - {""}


def account_of(found: Candidate) -> User:
    """The account of this person and membership type: the one there is, or a new inactive one."""
    account, _ = User.objects.get_or_create(
        person=found.person,
        membership_type=found.membership_type,
        defaults={
            "username": f"{found.membership_type.code}:{found.person.national_id}",
            "password": make_password(None),
            "is_active": False,
        },
    )
    return account


def prove_by_answers(found: Candidate, *, birth_date: jdatetime.date, second: str) -> bool:
    """Five tries a day for one person, wherever they come from; call it outside of a transaction."""
    limits.spend("activation", "answers", found.person.pk, sentence=PROOFS_ARE_SPENT)
    if not found.is_answered_by(birth_date, second):
        return False
    limits.forget("activation", "answers", found.person.pk)
    return True


@transaction.atomic
def prepare(account: User, *, password: str, contact: dict[str, str]) -> User:
    """Keep what was filled in while the account is still closed; an inactive account cannot log in."""
    account = _closed(account)
    account.set_password(password)
    for name, value in contact.items():
        setattr(account, name, value)
    account.save(update_fields=["password", *contact])
    return account


@transaction.atomic
def activate(account: User, *, first_name_as_typed: str = "") -> User:
    """Open the account as it was prepared; the caller knows that its mobile is confirmed."""
    prepared, account = account, _closed(account)
    if (prepared.mobile, prepared.password) != (account.mobile, account.password):
        raise FilledInAnew
    account.is_active, account.activated_at = True, timezone.now()
    account.save(update_fields=["is_active", "activated_at"])
    outbox.enqueue(
        to=account.mobile, recipient=account, kind="activated", values={}, key=f"activated-{account.pk}"
    )
    discrepancies.join(account)
    if first_name_as_typed and is_sayyed_left_out(account.person, match_key(first_name_as_typed)):
        # Nobody reported it, so it stands in the queue of staff and in no member's list.
        Discrepancy.objects.create(
            person=account.person,
            subject=Discrepancy.Subject.PERSON,
            typed_first_name=first_name_as_typed,
            text=SAYYED_WAS_LEFT_OUT,
        )
    return account


def _closed(account: User) -> User:
    locked = User.objects.select_for_update(of=("self",)).select_related("person").get(pk=account.pk)
    if locked.is_active or locked.activated_at:
        raise AlreadyActive
    return locked
