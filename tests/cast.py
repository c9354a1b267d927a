"""The people of the tests: Maryam and her household, a stranger, somebody only on the roster, the staff.

Builders for one row each, and the `cast` fixture for all of them. All numbers are invented.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from catalog.models import BaseInsurer, Branch, Contract, Insurer, MembershipType, Plan, Province
from members.models import Enrolment, Person, User
from members.models.people import Relation
from portal.lib.dates import parse_jalali, today
from portal.lib.text import match_key
from portal.lib.validators import national_id_check_digit

PASSWORD = "Quiet-river-27"
IBAN = "IR580540105180021273113007"
GROUP = "group"
REVIEWERS, SUPERVISORS, FINANCE = "کارشناس خسارت", "سرپرست", "امور مالی"

# Serials that no test names: what people get here depends on which tests came before, and meets nobody by chance.
_people, _staff = count(100_000), count(950_000)


def synthetic_national_id(serial: int) -> str:
    """Ten digits with the right check digit; the same serial gives the same number."""
    nine = f"099{serial:06}"
    return f"{nine}{national_id_check_digit(nine)}"


def group_type() -> MembershipType:
    return MembershipType.objects.update_or_create(
        code=GROUP,
        defaults={"title": "اعضای شرکت‌های بیمه‌ای، صندوق، و گروهی", "is_enabled": True, "sort": 1},
    )[0]


def tehran() -> Province:
    """The province of the household; its branch receives paper originals."""
    province, _ = Province.objects.get_or_create(
        code="IR-23", defaults={"title": "استان تهران", "name": "تهران", "area_code": "021"}
    )
    if province.branch is None:
        province.branch = Branch.objects.create(name="شعبهٔ مرکزی تهران", address="تهران، خیابان نمونه")
        province.save(update_fields=["branch"])
    return province


def tamin() -> BaseInsurer:
    return BaseInsurer.objects.get_or_create(code="tamin", defaults={"title": "تأمین اجتماعی", "sort": 1})[0]


def make_contract(number="TEST-001", **given) -> Contract:
    """A contract in force since three months that takes electronic claims, unless told otherwise."""
    start = given.pop("start_date", today() - timedelta(days=90))
    contract = Contract.objects.create(
        number=number,
        title=given.pop("title", ""),
        insurer=given.pop("insurer", None) or Insurer.objects.get_or_create(name="بیمهٔ پاسارگاد")[0],
        membership_type=given.pop("membership_type", None) or group_type(),
        start_date=start,
        end_date=given.pop("end_date", start + timedelta(days=364)),
        **given,
    )
    Plan.objects.create(contract=contract, title="طرح ۱")
    return contract


def make_person(first_name="زهرا", last_name="احمدی", *, national_id=None, **given) -> Person:
    given.setdefault("birth_date", parse_jalali("1365/08/26"))
    given.setdefault("birth_certificate_number", "4821")
    return Person.objects.create(
        national_id=national_id or synthetic_national_id(next(_people)),
        first_name=first_name,
        last_name=last_name,
        first_key=match_key(first_name),
        last_key=match_key(last_name),
        **given,
    )


def enrol(person, contract, *, primary=None, relation=None, **given) -> Enrolment:
    """Put a person on the roster of a contract, for the whole of it unless told otherwise."""
    if relation is None:
        relation = Relation.SELF if primary in (None, person) else Relation.CHILD
    given.setdefault("cover_start", contract.start_date)
    given.setdefault("cover_end", contract.end_date)
    given.setdefault("plan", contract.plans.first())
    return Enrolment.objects.create(
        person=person, contract=contract, primary=primary or person, relation=relation, **given
    )


def make_member(person, *, membership_type=None, password=PASSWORD, **given) -> User:
    """An account that is active and has a confirmed mobile."""
    kind = membership_type or group_type()
    given.setdefault("mobile", f"0912{person.pk % 10_000_000:07}")
    given.setdefault("activated_at", timezone.now() - timedelta(days=60))
    return User.objects.create_user(
        f"{kind.code}:{person.national_id}", password, person=person, membership_type=kind, **given
    )


def make_staff(username, name, *groups, **given) -> User:
    given.setdefault("staff_national_id", synthetic_national_id(next(_staff)))
    user = User.objects.create_user(username, PASSWORD, is_staff=True, staff_name=name, **given)
    user.groups.set(Group.objects.get_or_create(name=group)[0] for group in groups)
    return user


@dataclass
class Cast:
    contract: Contract
    # Accounts of members.
    maryam: User
    husband: User
    stranger: User
    # People without an account: in Maryam's household, and on the roster alone.
    child: Person
    newcomer: Person
    # Staff.
    reviewer: User
    supervisor: User
    finance: User

    def household(self) -> list[Person]:
        return [self.maryam.person, self.husband.person, self.child]

    def enrolment_of(self, someone) -> Enrolment:
        person = someone.person if isinstance(someone, User) else someone
        return Enrolment.objects.get(person=person, contract=self.contract)


def make_cast() -> Cast:
    contract = make_contract()
    return Cast(contract=contract, **make_household(contract), **make_others(contract), **make_staff_of_all())


def make_household(contract) -> dict:
    """Maryam is the primary insured; her husband has an account of his own, the child has none."""
    shared = {"province": tehran(), "base_insurer": tamin()}
    maryam = make_person("مریم", "کاظمی‌نیا", gender="female", father_name="حسن")
    husband = make_person("سید محمدرضا", "حسینی طباطبایی", gender="male")
    born = parse_jalali("1394/02/03")
    child = make_person("آوا", "حسینی طباطبایی", birth_date=born, birth_certificate_number="0")
    work = {"personnel_code": "1108", "iban": IBAN}
    enrol(maryam, contract, mobile="09121110001", **work, **shared)
    enrol(husband, contract, primary=maryam, relation=Relation.SPOUSE, mobile="09121110002", **shared)
    enrol(child, contract, primary=maryam, relation=Relation.CHILD, **shared)
    return {
        "maryam": make_member(maryam, mobile="09121110001", email="maryam@example.ir"),
        "husband": make_member(husband, mobile="09121110002"),
        "child": child,
    }


def make_others(contract) -> dict:
    stranger = make_person("رضا", "مرادی", gender="male")
    enrol(stranger, contract, mobile="09121110003")
    newcomer = make_person("فاطمه‌سادات", "موسوی", gender="female", birth_certificate_number="912")
    enrol(newcomer, contract, mobile="09121110004")
    return {"stranger": make_member(stranger, mobile="09121110003"), "newcomer": newcomer}


def make_staff_of_all() -> dict:
    return {
        "reviewer": make_staff("reviewer", "نگار سهرابی", REVIEWERS),
        "supervisor": make_staff("supervisor", "پیمان رستگار", SUPERVISORS),
        "finance": make_staff("finance", "لیلا بهرامی", FINANCE),
    }


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()
