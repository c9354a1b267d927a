"""Two imports at once, a lock that is not given back, a server process that dies in the middle."""

import threading

import psycopg2
import pytest
from django.db import DatabaseError, connection, connections

from members import roster
from members.models import Enrolment, Person, RosterImport
from members.roster import saving
from tests import deadlines
from tests.cast import make_contract
from tests.members.roster.sheets import SAMPLE, A, B, person, table, workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]


@pytest.fixture
def other_session(contract):
    """A connection of its own, as another process would have."""
    settings = connection.get_connection_params()
    settings.pop("cursor_factory", None)
    settings.pop("context", None)
    session = psycopg2.connect(**settings | deadlines.BOUNDED)
    yield session
    session.close()


def examined(contract, content=None):
    return roster.examine(content or SAMPLE.read_bytes(), name="list.xlsx", contract=contract, today=None)


def committed_in_a_thread(report, contract, results):
    def work():
        try:
            results.append(roster.commit(report, contract=contract, by=None))
        except (roster.RosterRefused, DatabaseError) as error:
            results.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def waiting_for_lock():
    with connection.cursor() as cursor:
        for _ in range(2_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
            if cursor.fetchone()[0]:
                return True
            cursor.execute("SELECT pg_sleep(0.005)")
    return False


def hold_lock(session, contract):
    session.cursor().execute("SELECT pg_advisory_xact_lock(%s, %s)", [saving.LOCK_FAMILY, contract.pk])


def test_the_second_import_of_a_contract_waits_for_the_first(contract, other_session):
    hold_lock(other_session, contract)
    results = []
    thread = committed_in_a_thread(examined(contract), contract, results)
    assert waiting_for_lock()
    assert not Person.objects.exists()
    other_session.rollback()
    thread.join(deadlines.PATIENCE)
    assert results[0].changes["new"] == 40


def test_who_waited_too_long_is_told(contract, other_session, monkeypatch):
    monkeypatch.setattr(saving, "LONGEST_WAIT", "50ms")
    hold_lock(other_session, contract)
    with pytest.raises(roster.RosterRefused, match="فهرست دیگری برای همین قرارداد"):
        roster.commit(examined(contract), contract=contract, by=None)


def test_two_imports_of_the_same_file_at_once_write_it_once(contract):
    report, results = examined(contract), []
    threads = [committed_in_a_thread(report, contract, results) for _ in range(2)]
    for thread in threads:
        thread.join(deadlines.PATIENCE)
    assert [type(result) for result in results] == [RosterImport, RosterImport]
    assert results[0] == results[1]
    assert (Enrolment.objects.count(), RosterImport.objects.count()) == (40, 1)


def test_two_contracts_that_bring_the_same_people_at_once_share_them(contract):
    dates = {"start_date": contract.start_date, "end_date": contract.end_date}
    contracts, results = [contract, make_contract("1403-002", **dates)], []
    reports = [examined(each, workbook(table([person(A), person(B)]))) for each in contracts]
    threads = [committed_in_a_thread(*each, results) for each in zip(reports, contracts, strict=True)]
    for thread in threads:
        thread.join(deadlines.PATIENCE)
    assert [type(result) for result in results] == [RosterImport, RosterImport]
    assert (Person.objects.count(), Enrolment.objects.count()) == (2, 4)


def test_a_server_process_that_dies_in_the_middle_leaves_the_old_roster(contract, monkeypatch):
    roster.commit(examined(contract, workbook(table([person(A)]))), contract=contract, by=None)
    changed = examined(contract, workbook(table([person(A, last_name="کاظمیان"), person(B)])))
    ended = saving._keep_waiting_rows

    def killed(*args):
        ended(*args)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(saving, "_keep_waiting_rows", killed)
    with pytest.raises(DatabaseError):
        roster.commit(changed, contract=contract, by=None)
    connection.close()
    assert list(Person.objects.values_list("national_id", "last_name")) == [(A, "کاظمی")]
    assert (Enrolment.objects.count(), RosterImport.objects.count()) == (1, 1)
    monkeypatch.undo()
    roster.commit(changed, contract=contract, by=None)
    assert Person.objects.get(national_id=A).last_name == "کاظمیان"
    assert Enrolment.objects.count() == 2
