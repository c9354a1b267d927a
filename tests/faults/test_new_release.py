"""A new release beside this one: it has migrated already, and this one goes on working on its schema."""

import uuid

import pytest

from tests import people
from tests.cast import synthetic_national_id
from tests.faults.client import Member
from tests.members.roster.sheets import person, table

pytestmark = pytest.mark.fault

OURS = """
select table_name from information_schema.tables
where table_schema = 'public' and table_name ~ '^(catalog|claims|members|notifications)_'
"""
CONTRACT = """
from catalog.models import Contract, Insurer, MembershipType, Plan
from portal.lib.dates import parse_jalali
contract = Contract.objects.create(
    number={number!r}, insurer=Insurer.objects.first(), membership_type=MembershipType.objects.first(),
    start_date=parse_jalali("1403/08/01"), end_date=parse_jalali("1450/07/30"))
Plan.objects.create(contract=contract, title="طرح ۱")
"""


@pytest.fixture
def migrated(real_servers):
    """Every table has got what a migration may add: a column that may be empty, one with a default, an index."""
    tables = [row["table_name"] for row in real_servers.rows(OURS)]
    for name in tables:
        real_servers.rows(
            f"alter table {name} add next_release text, add next_default integer not null default 7"
        )
        real_servers.rows(f"create index next_{name} on {name} (next_release)")
    yield real_servers
    for name in tables:
        real_servers.rows(f"alter table {name} drop next_release, drop next_default")


def test_members_and_officers_go_on_beside_it(migrated, household, member, eventually, assert_whole):
    """One who was signed in and one who comes in: wizard, pictures, message, officer."""
    for who in (member, Member(migrated, household["husband"]).log_in()):
        code = who.draft()
        tracking = who.submit(code)
        assert tracking
        eventually(
            lambda tracking=tracking: migrated.rows(
                "select 1 from notifications_demotext where text like %s", f"%{tracking}%"
            ),
        )
        assert people.office(migrated, tracking, "take", "mark_deficient") == "deficient"
        assert who.get(f"/claims/{code}/").status_code == 200
        assert {answer[2] for answer in who.history} <= {200, 302}
    assert_whole(member)


def test_a_roster_comes_in_beside_it(migrated, tmp_path):
    """Its rows are copied into the tables in bulk, which knows columns by name too."""
    number = f"NEXT-{uuid.uuid4().hex[:12]}"
    migrated.manage("shell", "--no-imports", "--command", CONTRACT.format(number=number))
    file = tmp_path / "list.csv"
    newcomers = [person(synthetic_national_id(serial)) for serial in range(800_000, 800_020)]
    file.write_text("\n".join(",".join(line) for line in table(newcomers)), encoding="utf-8")

    migrated.manage("import_roster", str(file), "--contract", number, "--commit")

    enrolled = migrated.rows(
        "select count(*) from members_enrolment e join catalog_contract c on c.id = e.contract_id"
        " where c.number = %s",
        number,
    )
    assert enrolled == [{"count": len(newcomers)}]
