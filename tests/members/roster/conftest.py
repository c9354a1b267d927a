"""The contract that the rosters of the tests belong to, and an officer who brings them in."""

import pytest

from catalog.models import BaseInsurer, Plan, Province
from members import roster
from portal.lib.dates import parse_jalali
from tests.cast import make_contract, make_staff
from tests.members.roster.sheets import TERMS, table, workbook


@pytest.fixture
def contract(db):
    for code, title in (
        ("tamin", "تأمین اجتماعی"),
        ("salamat", "بیمهٔ سلامت"),
        ("armed_forces", "نیروهای مسلح"),
    ):
        BaseInsurer.objects.get_or_create(code=code, defaults={"title": title})
    for name, code in TERMS.provinces.items():
        Province.objects.get_or_create(code=code, defaults={"name": name, "title": f"استان {name}"})
    made = make_contract(
        "1403-001", start_date=parse_jalali("1403/08/01"), end_date=parse_jalali("1404/07/30")
    )
    for title in TERMS.plans:
        Plan.objects.get_or_create(contract=made, title=title)
    return made


@pytest.fixture
def officer(db):
    return make_staff("officer-of-rosters", "متصدی نمونه")


@pytest.fixture
def second(db):
    return make_staff("second-of-rosters", "نفر دوم نمونه")


@pytest.fixture
def bring_in(contract, on_1403_10_01):
    """Commit people, or the bytes of a whole file, as the roster of the contract."""

    def bring(people, *, by=None, seconded_by=None):
        content = people if isinstance(people, bytes) else workbook(table(people))
        report = roster.examine(content, name="roster.xlsx", contract=contract)
        return roster.commit(report, contract=contract, by=by, seconded_by=seconded_by)

    return bring
