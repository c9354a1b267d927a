"""The real worker takes an upload in, also when PostgreSQL is killed under it."""

import os
import signal

import pytest
from psycopg2 import OperationalError

from members.roster import saving
from tests.cast import synthetic_national_id
from tests.members.roster.sheets import person, table

pytestmark = pytest.mark.fault

PEOPLE = 20_000
# In the portal's own process, because the models of the test speak to another database.
RECEIVE = """

from members import roster_uploads
from catalog.models import Contract, Insurer, MembershipType, Plan
from portal.lib.dates import parse_jalali
contract = Contract.objects.create(
    number={number!r}, insurer=Insurer.objects.first(), membership_type=MembershipType.objects.first(),
    start_date=parse_jalali("1403/08/01"), end_date=parse_jalali("1450/07/30"))
Plan.objects.create(contract=contract, title="طرح ۱")
content = open({path!r}, "rb").read()
print(roster_uploads.receive(content, name="list.csv", contract=contract, by=None).pk)
"""
ASK = """
from members import roster_uploads
from members.models import RosterImport, User
roster_uploads.ask_commit(RosterImport.objects.get(pk={pk}), by=User.objects.filter(is_staff=True).first())
"""


@pytest.fixture
def sent(real_servers, tmp_path):
    """An upload of many people as the web process leaves it, and a look at its row."""
    file = tmp_path / "list.csv"
    people = [person(synthetic_national_id(serial)) for serial in range(500_000, 500_000 + PEOPLE)]
    file.write_text("\n".join(",".join(line) for line in table(people)), encoding="utf-8")
    number = f"REAL-{tmp_path.parent.name[-20:]}"
    pk = int(real_servers.manage("shell", "-v", "0", "-c", RECEIVE.format(number=number, path=str(file))))

    def look():
        (row,) = real_servers.rows("SELECT * FROM members_rosterimport WHERE id = %s", pk)
        return row

    look.pk = pk
    return look


def enrolled(real_servers, pk) -> int:
    asked = "SELECT count(*) FROM members_enrolment e JOIN members_rosterimport i USING (contract_id) WHERE i.id = %s"
    return real_servers.rows(asked, pk)[0]["count"]


def committing(real_servers) -> list[int]:
    """The server processes that are in the middle of a commit."""
    asked = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted"
    return [row["pid"] for row in real_servers.rows(asked, saving.LOCK_FAMILY)]


def test_postgresql_killed_during_the_commit_leaves_nothing_and_the_worker_tries_again(
    real_servers, sent, eventually
):
    eventually(lambda: sent()["state"] == "examined")
    assert sent()["changes"]["new"] == PEOPLE
    real_servers.manage("shell", "-v", "0", "-c", ASK.format(pk=sent.pk))
    for pid in eventually(lambda: committing(real_servers)):
        # One killed server process takes all of them down, and recovery begins.
        os.kill(pid, signal.SIGKILL)
    # It may answer once more before it notices, so every question is asked until it is answered.
    (left,) = eventually(lambda: answer(lambda: enrolled(real_servers, sent.pk)))
    assert left in (0, PEOPLE)
    eventually(lambda: answer(lambda: sent()["state"]) == ("committed",))
    assert enrolled(real_servers, sent.pk) == PEOPLE


def answer(question) -> tuple | None:
    """The answer in a tuple, or None while PostgreSQL is away."""
    try:
        return (question(),)
    except OperationalError:
        return None
