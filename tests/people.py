"""People of their own for tests on the real processes: made inside them, so that nothing speaks to a wrong database."""

import json
import secrets
from types import SimpleNamespace

from django.utils import timezone

CONTRACT = "DEMO-001"
STATUSES = (
    "draft", "submitted", "under_review", "deficient", "approved", "rejected", "paid", "payment_failed",
)  # fmt: skip


def people(servers) -> dict:
    """A fresh household on the sample contract: `member` and `husband` with accounts, `child`, and `newcomer`."""
    return _inside(servers, "household()")


def claims(servers, member: dict, *statuses) -> dict[str, dict]:
    """Claims of this member, one in each of these statuses: {status: {code, tracking_code, picture}}."""
    return _inside(servers, f"claims_in({member['person']}, {statuses!r})")


def office(servers, tracking_code: str, *acts: str) -> str:
    """Officers do these acts in turn, as sentences of lifecycle; the answer is the status, or the refusal."""
    return _inside(servers, f"at_the_office({tracking_code!r}, {acts!r})")


def superuser(servers) -> dict:
    """Somebody of the office who may see every page: {username, password}."""
    return _inside(servers, "superuser_of_all_groups()")


def first_rows(servers) -> dict[str, str]:
    """Of each model of the admin one row: {"catalog_province": "1", …}."""
    return _inside(servers, "a_row_of_each_model()")


def _inside(servers, call: str):
    code = f"import json; from tests import people; print(json.dumps(people.{call}))"
    return json.loads(servers.manage("shell", "--no-imports", "--command", code).splitlines()[-1])


# --- What follows runs inside the real processes' environment ---------------------------------------------


def household() -> dict:
    from catalog.models import Contract, MembershipType
    from members.models.people import Relation
    from tests import cast

    contract = Contract.objects.get(number=CONTRACT)
    contract.refresh_from_db()
    kind = MembershipType.objects.get(code=cast.GROUP)
    shared = {"province": cast.tehran(), "base_insurer": cast.tamin()}
    member, husband, child, newcomer = (
        cast.make_person(first, "کاظمی‌نیا", national_id=unused_number())
        for first in ("مریم", "محمدرضا", "آوا", "فاطمه‌سادات")
    )
    cast.enrol(member, contract, mobile=number_of(member), iban=cast.IBAN, **shared)
    cast.enrol(husband, contract, primary=member, relation=Relation.SPOUSE, mobile=number_of(husband))
    cast.enrol(child, contract, primary=member, **shared)
    cast.enrol(newcomer, contract, mobile=number_of(newcomer), iban=cast.IBAN, **shared)
    cast.enrol(
        cast.make_person("حسن", "کاظمی‌نیا", national_id=unused_number()),
        contract,
        primary=newcomer,
        relation=Relation.FATHER,
    )
    for person in (member, husband):
        account = cast.make_member(person, membership_type=kind, mobile=number_of(person))
        account.one_time_codes.create(number=account.mobile, purpose="mobile", confirmed_at=timezone.now())
    everybody = {"member": member, "husband": husband, "child": child, "newcomer": newcomer}
    return {name: told(person, contract) for name, person in everybody.items()}


def told(person, contract) -> dict:
    return {
        "person": person.pk,
        "national_id": person.national_id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "mobile": number_of(person),
        "contract": contract.pk,
    }


def unused_number() -> str:
    from members.models import Person
    from tests.cast import synthetic_national_id

    # Numbers from half a million on belong to the rosters of other tests, which would wait for somebody to look.
    number = synthetic_national_id(secrets.randbelow(500_000))
    return unused_number() if Person.objects.filter(national_id=number).exists() else number


def number_of(person) -> str:
    return f"0912{person.pk:07}"


def claims_in(person: int, statuses) -> dict:
    from members.models import User

    account = User.objects.get(person=person)
    return {status: claim_in(account, status) for status in statuses}


def claim_in(account, status: str) -> dict:
    """Filled in through the pages, without a network; the amounts differ, so that none looks like another."""
    from django.test import Client

    from catalog.models import Contract
    from claims.models import Claim
    from tests.claims.conftest import Filling

    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    contract = Contract.objects.get(number=CONTRACT)
    filling = Filling(client, SimpleNamespace(contract=contract, maryam=account))
    filling.start()
    amount = 1_000_000 + 10_000 * Claim.objects.filter(filed_by=account).count()
    filling.post("details", filling.details(paid_amount=str(amount)))
    filling.add_documents()
    filling.confirm_mobile()
    if status != "draft":
        filling.post("review", {"submit": "1"})
        for act in PATHS[status]:
            ACTS[act](filling.claim)
    claim = filling.claim
    claim.refresh_from_db()
    assert claim.status == status
    picture = claim.documents.first().code
    return {"code": claim.code, "tracking_code": claim.tracking_code, "picture": picture}


def superuser_of_all_groups() -> dict:
    from django.contrib.auth.models import Group

    from members.models import User
    from tests.cast import PASSWORD

    username = f"root-{secrets.token_hex(4)}"
    user = User.objects.create_superuser(username, PASSWORD, staff_name="پریسا اکبرزاده")
    user.groups.set(Group.objects.all())
    return {"username": username, "password": PASSWORD}


def a_row_of_each_model() -> dict:
    from django.contrib import admin

    rows = {}
    for model in admin.site._registry:
        row = model._default_manager.order_by("-pk").first()
        if row:
            rows[f"{model._meta.app_label}_{model._meta.model_name}"] = str(row.pk)
    return rows


def at_the_office(tracking_code: str, acts) -> str:
    from claims.lifecycle import Refused
    from claims.models import Claim

    try:
        for act in acts:
            ACTS[act](Claim.objects.get(tracking_code=tracking_code))
    except Refused as refusal:
        return str(refusal)
    return Claim.objects.get(tracking_code=tracking_code).status


def named(username: str):
    from members.models import User

    return User.objects.get(username=username)


def take(claim):
    from claims import lifecycle

    lifecycle.take(claim, by=named("officer"))


def mark_deficient(claim):
    """The invoice cannot be read, and the amount is not what stands on it."""
    from catalog.models import Reason
    from claims import lifecycle
    from claims.lifecycle.officer import FoundDeficiency

    invoice = claim.documents.present().filter(title__is_invoice=True).first()
    reasons = Reason.objects.filter(kind="deficiency", is_active=True)
    picture = reasons.filter(section="documents").first()
    amount = reasons.filter(field="paid_amount").first()
    found = [
        FoundDeficiency(
            reason=picture, text="قبض خوانا نیست.", advice="دوباره عکس بگیرید.", document=invoice
        ),
        FoundDeficiency(reason=amount, text="مبلغ با قبض یکی نیست.", advice="مبلغ روی قبض را بنویسید."),
    ]
    lifecycle.mark_deficient(claim, by=named("officer"), found=found)


def approve(claim):
    from claims import lifecycle

    lifecycle.approve(claim, by=named("officer"))


def reject(claim):
    from catalog.models import Reason
    from claims import lifecycle

    reason = Reason.objects.filter(kind="rejection", is_active=True, is_appealable=True).first()
    lifecycle.reject(claim, by=named("officer"), reason=reason)


def pay(claim):
    from claims import lifecycle

    lifecycle.pay(claim, by=named("finance"), reference="14030000001")


def bounce(claim):
    from claims import lifecycle

    lifecycle.fail_payment(claim, by=named("finance"), cause="شمارهٔ شبا مسدود است.")


ACTS = {
    "take": take,
    "mark_deficient": mark_deficient,
    "approve": approve,
    "reject": reject,
    "pay": pay,
    "bounce": bounce,
}
PATHS = {
    "submitted": (),
    "under_review": ("take",),
    "deficient": ("take", "mark_deficient"),
    "approved": ("take", "approve"),
    "rejected": ("take", "reject"),
    "paid": ("take", "approve", "pay"),
    "payment_failed": ("take", "approve", "bounce"),
}
