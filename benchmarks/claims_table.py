"""Claims by the million, made inside the database: a few seconds for each hundred thousand."""

from contextlib import contextmanager

from django.db import connection

from catalog.models import Contract

PEOPLE = 100_000
# One in twenty waits in the queue; the rest are decided, as in a portal that has run for years.
STATUSES = """CASE WHEN n %% 20 = 0 THEN 'submitted' WHEN n %% 500 = 1 THEN 'withdrawn'
                   WHEN n %% 10 = 2 THEN 'rejected' ELSE 'paid' END"""
PERSONS = """
INSERT INTO members_person (national_id, first_name, last_name, first_key, last_key, father_name,
                            birth_certificate_number, birth_date, gender)
SELECT '5' || lpad(n::text, 9, '0'), 'نام' || n %% 500, 'خانوادگی' || n %% 9000, 'نام' || n %% 500,
       'خانوادگی' || n %% 9000, '', '1', date '1980-01-01' + n %% 9000, 'male'
  FROM generate_series(1, %(count)s) AS n
"""
ENROLMENTS = """
INSERT INTO members_enrolment (relation, cover_start, cover_end, personnel_code, mobile, phone, email, iban, note,
                               contract_id, person_id, primary_id)
SELECT 'self', contract.start_date, contract.end_date, '', '', '', '', '', '', contract.id, person.id, person.id
  FROM members_person AS person, catalog_contract AS contract
 WHERE person.national_id LIKE '5%%' AND contract.id = %(contract)s
"""
CLAIMS = f"""
INSERT INTO claims_claim (code, status, source, tracking_code, service_date, centre_name, centre_city, paid_amount,
    medical_council_number, has_eprescription, eprescription_code, notes, duplicate_reason, mobile,
    mobile_confirmed_at, created_at, changed_at, submitted_at, queued_at, round, is_late, decided_at, payable_amount,
    decision_note, objection, in_medical_review, payment_reference, payment_failure, base_insurer_id, centre_id,
    contract_id, home_province_id, insured_id, filed_by_id, service_type_id)
SELECT substr(md5(%(salt)s || n), 1, 22), status, 'portal',
       %(first)s || lpad((n * 7919::bigint %% 1000000000)::text, 9, '0'),
       at::date, '', '', 500000 + n %% 9000 * 10000, '', false, '', '', '', '09120000000', at, at, at, at,
       CASE WHEN status <> 'withdrawn' THEN at END, 1, false,
       CASE WHEN status IN ('paid', 'rejected') THEN at + interval '3 days' END,
       CASE WHEN status = 'paid' THEN 400000 END, '', '', false, '', '', insurer, centre, %(contract)s,
       provinces[1 + n %% cardinality(provinces)], people[1 + n %% cardinality(people)], %(filed_by)s,
       types[1 + n %% cardinality(types)]
  FROM (SELECT n, {STATUSES} AS status,
               now() - (%(offset)s + %(count)s - n) * interval '30 seconds' - interval '1 hour' AS at
          FROM generate_series(%(offset)s + 1, %(offset)s + %(count)s) AS n) AS made,
       (SELECT (SELECT array_agg(id) FROM catalog_province) AS provinces,
               (SELECT array_agg(id) FROM catalog_servicetype) AS types,
               (SELECT min(id) FROM catalog_baseinsurer) AS insurer,
               (SELECT min(id) FROM catalog_medicalcentre) AS centre,
               %(people)s::bigint[] AS people) AS given
"""


def fill(count: int, *, people: int = PEOPLE) -> None:
    """So many claims of other people, then ten of the household that the benchmarks look at."""
    contract = Contract.objects.get(number="TEST-001").pk
    with connection.cursor() as cursor, without_indexes(cursor):
        cursor.execute(PERSONS, {"count": people})
        cursor.execute(ENROLMENTS, {"contract": contract})
        cursor.execute("SELECT array_agg(id) FROM members_person WHERE national_id LIKE '5%'")
        others = cursor.fetchone()[0]
        insert(cursor, count, people=others, salt="other", first="1")
    household(10)


def household(count: int) -> None:
    """Claims of Maryam's household."""
    from benchmarks.people import maryam

    account = maryam()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(person_id) FROM members_enrolment WHERE primary_id = %s", [account.person_id]
        )
        theirs = cursor.fetchone()[0]
        insert(cursor, count, people=theirs, salt="own", first="2", filed_by=account.pk)
        cursor.execute("VACUUM ANALYZE")


def insert(
    cursor, count: int, *, people: list[int], salt: str, first: str, filed_by=None, offset: int = 0
) -> None:
    contract = Contract.objects.get(number="TEST-001").pk
    cursor.execute(
        CLAIMS,
        {
            "count": count,
            "salt": salt,
            "first": first,
            "contract": contract,
            "people": people,
            "filed_by": filed_by,
            "offset": offset,
        },
    )


@contextmanager
def without_indexes(cursor):
    """Indexes are made once at the end, and foreign keys, right by construction, are not asked row by row."""
    cursor.execute(
        """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
            WHERE indrelid = 'claims_claim'::regclass AND NOT indisunique"""
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    cursor.execute("SET session_replication_role = replica")
    cursor.execute("SET maintenance_work_mem = '512MB'")
    yield
    cursor.execute("SET session_replication_role = DEFAULT")
    for _, definition in indexes:
        cursor.execute(definition)
