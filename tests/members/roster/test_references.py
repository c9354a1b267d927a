"""Enrolments refer to what is there: the database proves it for whole statements, seen from both sides."""

import threading

import psycopg2
import pytest
from django.db import IntegrityError, connection, connections, transaction

from catalog.models import BaseInsurer, Contract, Plan, Province
from members.models import Enrolment, Person
from tests import deadlines
from tests.cast import enrol, make_person

NOBODY = 2**40
REFERENCES = ("person", "primary", "contract", "plan", "province", "base_insurer")


@pytest.fixture
def enrolment(contract):
    return enrol(
        make_person(),
        contract,
        province=Province.objects.first(),
        base_insurer=BaseInsurer.objects.first(),
    )


@pytest.mark.parametrize("name", REFERENCES)
class TestWhatIsNotThere:
    def test_is_not_referred_to_by_a_new_enrolment(self, name, contract):
        whole = {"person": make_person(), "contract": contract, "relation": "other_dependent"}
        whole |= {
            "primary": whole["person"],
            "cover_start": contract.start_date,
            "cover_end": contract.end_date,
        }
        given = whole | {f"{name}_id": NOBODY}
        given.pop(name, None)
        with pytest.raises(IntegrityError, match=f"{name}_id {NOBODY}"), transaction.atomic():
            Enrolment.objects.create(**given)
        Enrolment.objects.create(**whole)

    def test_is_not_referred_to_by_a_changed_enrolment(self, name, enrolment):
        changed = {"relation": "other_dependent", f"{name}_id": NOBODY}
        with pytest.raises(IntegrityError, match=f"{name}_id {NOBODY}"), transaction.atomic():
            Enrolment.objects.update(**changed)
        enrolment.refresh_from_db()
        assert getattr(enrolment, f"{name}_id") != NOBODY


def refused(sql: str, *values) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except IntegrityError as error:
        return "enrolments still refer" in str(error) or "keeps its key" in str(error)
    return False


@pytest.mark.parametrize("name", REFERENCES)
class TestWhatIsReferredTo:
    def test_is_not_deleted(self, name, enrolment):
        table, pk = table_of(name), getattr(enrolment, f"{name}_id")
        if name == "contract":
            enrolment.contract.plans.exclude(pk=enrolment.plan_id).delete()
        assert refused(f"DELETE FROM {table} WHERE id = %s", pk)
        assert refused(f"UPDATE {table} SET id = %s WHERE id = %s", NOBODY, pk)

    def test_is_deleted_once_no_enrolment_holds_it(self, name, enrolment):
        target = getattr(enrolment, name)
        enrolment.delete()
        if name == "contract":
            target.plans.all().delete()
        target.delete()
        assert not type(target).objects.filter(pk=target.pk).exists()


def table_of(name: str) -> str:
    return Enrolment._meta.get_field(name).related_model._meta.db_table


def test_one_wrong_reference_refuses_the_whole_statement(contract):
    people = [make_person() for _ in range(3)]
    rows = [
        Enrolment(
            person=each,
            primary=each,
            contract=contract,
            relation="self",
            cover_start=contract.start_date,
            cover_end=contract.end_date,
        )
        for each in people
    ]
    rows[1].plan_id = NOBODY
    with pytest.raises(IntegrityError, match="plan_id"), transaction.atomic():
        Enrolment.objects.bulk_create(rows)
    assert not Enrolment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_referred_to_is_not_emptied(enrolment):
    assert refused("TRUNCATE catalog_province CASCADE")
    Enrolment.objects.all().delete()
    assert not refused("TRUNCATE catalog_province CASCADE")


def test_every_reference_of_an_enrolment_is_among_these():
    assert {field.name for field in Enrolment._meta.fields if field.is_relation} == set(REFERENCES)


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    @pytest.fixture
    def other_session(self, contract):
        settings = connection.get_connection_params()
        settings.pop("cursor_factory", None)
        settings.pop("context", None)
        session = psycopg2.connect(**settings | deadlines.BOUNDED)
        yield session
        session.close()

    def test_a_deletion_waits_for_who_is_enrolling_and_is_refused(self, contract, other_session):
        plan = contract.plans.first()
        enrolling(other_session, make_person(), contract, plan)
        answers = []
        thread = in_a_thread(lambda: Plan.objects.filter(pk=plan.pk)._raw_delete("default"), answers)
        assert waits_for_enrolments()
        other_session.commit()
        thread.join(deadlines.PATIENCE)
        assert isinstance(answers[0], IntegrityError)
        assert Plan.objects.filter(pk=plan.pk).exists()

    def test_an_enrolment_waits_for_a_deletion_and_is_refused(self, contract, other_session):
        plan, somebody = contract.plans.first(), make_person()
        other_session.cursor().execute("DELETE FROM catalog_plan WHERE id = %s", [plan.pk])
        answers = []
        thread = in_a_thread(lambda: enrol(somebody, contract, plan=plan), answers)
        assert waits_for_enrolments()
        other_session.commit()
        thread.join(deadlines.PATIENCE)
        assert isinstance(answers[0], IntegrityError)
        assert not Enrolment.objects.exists()


def enrolling(session, somebody: Person, contract: Contract, plan: Plan) -> None:
    session.cursor().execute(
        "INSERT INTO members_enrolment (person_id, primary_id, contract_id, plan_id, relation, cover_start,"
        " cover_end, personnel_code, mobile, phone, email, iban, note)"
        " VALUES (%s, %s, %s, %s, 'self', current_date, current_date, '', '', '', '', '', '')",
        [somebody.pk, somebody.pk, contract.pk, plan.pk],
    )


def in_a_thread(work, answers: list) -> threading.Thread:
    def run():
        try:
            answers.append(work())
        except IntegrityError as error:
            answers.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def waits_for_enrolments() -> bool:
    with connection.cursor() as cursor:
        for _ in range(2_000):
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE relation = 'members_enrolment'::regclass AND NOT granted"
            )
            if cursor.fetchone()[0]:
                return True
            cursor.execute("SELECT pg_sleep(0.005)")
    return False
