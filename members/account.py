"""What members change of their own account; of each change that could be theft, the owner is told by SMS.

The password is changed by passwords.py.
"""

import secrets

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal

from catalog.models import Contract
from members.access import is_adult
from members.models import Enrolment, User
from notifications import outbox


@transaction.atomic
def change_contact(user: User, *, contact: dict[str, str]) -> None:
    """E-mail, landline, fax and address: nothing that opens a door."""
    for name, value in contact.items():
        setattr(user, name, value)
    user.save(update_fields=list(contact))


@transaction.atomic
def change_mobile(user: User, *, mobile: str) -> None:
    """Both numbers have been confirmed by code, or staff have checked who asks; both are told."""
    account = User.objects.select_for_update().get(pk=user.pk)
    before, account.mobile = account.mobile, mobile
    account.save(update_fields=["mobile"])
    user.mobile = mobile
    change = secrets.token_hex(8)
    for number in {before, mobile} - {""}:
        outbox.enqueue(
            to=number,
            recipient=account,
            kind="mobile_changed",
            values={"mobile": masked(mobile)},
            key=f"mobile-changed-{account.pk}-{change}-{number == mobile}",
        )


# In the transaction of the change, once for all rows: `contract`, `by`, `why` (a sentence for the history) and, where
# the account of one person was set, the `payee`.
iban_changed = Signal()
BY_MEMBER = "بیمه‌شدهٔ اصلی شمارهٔ شبا را ثبت کرد؛ مبلغ دوباره پرداخت می‌شود."
BY_ROSTER = "شمارهٔ شبای تازه با فهرست اسامی رسید؛ مبلغ دوباره پرداخت می‌شود."
BY_OPERATOR = "شمارهٔ شبای تازه با اصلاح ردیف فهرست اسامی رسید؛ مبلغ دوباره پرداخت می‌شود."
BY_STAFF = "همکاران ما شمارهٔ شبای تازه را ثبت کردند؛ مبلغ دوباره پرداخت می‌شود."


@transaction.atomic
def change_iban(user: User, *, contract: Contract, iban: str) -> None:
    own_rows(user, contract).update(iban=iban)
    iban_changed.send(User, contract=contract, by=user, why=BY_MEMBER, payee=user.person)
    tell_of_new_iban(user)


def tell_of_new_iban(user: User) -> None:
    outbox.enqueue(
        to=user.mobile,
        recipient=user,
        kind="iban_changed",
        values={},
        key=f"iban-changed-{user.pk}-{secrets.token_hex(8)}",
    )


def tell_of_roster_mobile(row: Enrolment, *, before: str) -> None:
    """Codes of an activation go to the roster's number: whoever had it, and whoever has it now, is told."""
    owner = row.person.accounts.filter(is_active=True).first()
    change = secrets.token_hex(8)
    for number in {before, row.mobile} - {""}:
        outbox.enqueue(
            to=number,
            recipient=owner,
            kind="roster_mobile_changed",
            values={"mobile": masked(row.mobile) if row.mobile else "هیچ"},
            key=f"roster-mobile-{row.pk}-{change}-{number == row.mobile}",
        )


def own_enrolment(user: User, contract: Contract | None) -> Enrolment | None:
    """The member's own row as a primary insured; a dependant has no iban here: the primary is paid."""
    # A lazy object around None is not None itself.
    if not contract:
        return None
    return own_rows(user, contract).first()


def own_rows(user: User, contract: Contract):
    """Who stands alone because the employer's list named a wrong primary is paid themselves, too."""
    return Enrolment.objects.filter(person=user.person, contract=contract, primary=user.person)


def may_keep_claims_private(user: User) -> bool:
    """For adults whose primary insured is somebody else, where the operator allows it."""
    if not settings.ADULTS_MAY_KEEP_CLAIMS_PRIVATE or not is_adult(user.person):
        return False
    return Enrolment.objects.filter(person=user.person).exclude(primary=user.person).exists()


def keep_claims_private(user: User, *, is_private: bool) -> None:
    user.keeps_claims_private = is_private
    user.save(update_fields=["keeps_claims_private"])


def masked(mobile: str) -> str:
    """Latin digits and stars: for the text of an SMS."""
    return f"{mobile[:4]}*****{mobile[-2:]}"
