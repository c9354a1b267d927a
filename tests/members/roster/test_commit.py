"""A roster taken into force: new people, changed ones, those who left; the same file again writes nothing."""

import pytest
from django.db import connection

from members import roster
from members.models import Enrolment, Person, RosterImport, RosterRow
from portal.lib.dates import parse_jalali
from tests.cast import enrol, make_contract, make_person, synthetic_national_id
from tests.members.roster.sheets import DIRTY, SAMPLE, A, B, C, D, person, table, workbook

WIFE = {"relation": "همسر", "gender": "زن", "birth_date": "1368/01/01", "first_name": "مریم"}


def family():
    return [person(A), person(B, primary_national_id=A, **WIFE)]


def many(number):
    """So many primary insured that one leaver is less than one in twenty."""
    return [person(synthetic_national_id(serial)) for serial in range(700_000, 700_000 + number)]


def row_versions():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT xmin::text, id FROM members_person UNION ALL SELECT xmin::text, id FROM members_enrolment"
        )
        return sorted(cursor.fetchall())


def enrolment(national_id):
    return Enrolment.objects.select_related("person", "primary", "plan").get(person__national_id=national_id)


def test_the_template_enrols_forty_people_in_eleven_families(bring_in, contract):
    done = bring_in(SAMPLE.read_bytes())
    assert done.state == RosterImport.State.COMMITTED
    assert (done.changes["new"], Person.objects.count()) == (40, 40)
    assert Enrolment.objects.filter(contract=contract).values("primary").distinct().count() == 11
    baby = enrolment("9980063912")
    assert (baby.relation, baby.primary.national_id) == ("child", "9980060689")
    assert (baby.cover_start, baby.cover_end) == (parse_jalali("1403/09/15"), parse_jalali("1404/07/30"))
    father = enrolment("9980060689")
    assert father.iban == "IR090130000000000000000111"
    assert (father.province.name, father.base_insurer.code, father.plan.title) == ("تهران", "tamin", "طرح ۱")


def test_names_are_kept_with_the_keys_that_activation_compares(bring_in):
    bring_in([person(A, first_name="سيد علي", last_name="مؤمنی")])
    stored = Person.objects.get(national_id=A)
    assert (stored.first_name, stored.first_key, stored.last_key) == ("سید علی", "سیدعلی", "مومنی")


def test_a_dry_run_writes_nothing(contract, on_1403_10_01):
    report = roster.examine(SAMPLE.read_bytes(), name="list.xlsx", contract=contract)
    changes = roster.compare(report, contract)
    assert (changes.new_count, changes.changed_count, changes.leaving_count) == (40, 0, 0)
    assert not Person.objects.exists() and not RosterImport.objects.exists()


def test_the_same_file_again_writes_no_row_and_answers_with_the_import_it_has(bring_in):
    first = bring_in(SAMPLE.read_bytes())
    before = row_versions()
    assert bring_in(SAMPLE.read_bytes()) == first
    assert row_versions() == before
    assert RosterImport.objects.count() == 1


def test_a_corrected_file_updates_and_shows_what_changes(bring_in, contract):
    bring_in(family())
    corrected = [person(A, last_name="کاظمیان"), *family()[1:]]
    report = roster.examine(workbook(table(corrected)), name="list.xlsx", contract=contract)
    changes = roster.compare(report, contract)
    assert (changes.new_count, changes.changed_count, changes.unchanged_count) == (0, 1, 1)
    assert changes.changed == [
        {
            "excel_row": 2,
            "national_id": A,
            "first_name": "حمید",
            "last_name": "کاظمی",
            "fields": {"last_name": ["کاظمی", "کاظمیان"]},
        }
    ]
    untouched = enrolment(B)
    bring_in(corrected)
    assert Person.objects.get(national_id=A).last_key == "کاظمیان"
    assert (Person.objects.count(), enrolment(B).pk) == (2, untouched.pk)


def test_a_blank_in_a_later_file_erases_nothing(bring_in):
    bring_in([person(A, mobile="09000000200")])
    bring_in([person(A, mobile="")])
    assert enrolment(A).mobile == "09000000200"
    bring_in([person(A, mobile="09000000201")])
    assert enrolment(A).mobile == "09000000201"


def test_who_left_is_covered_until_yesterday_and_stays(bring_in):
    everybody = many(30)
    bring_in(everybody)
    bring_in(everybody[1:])
    gone = enrolment(everybody[0]["national_id"])
    assert gone.cover_end == parse_jalali("1403/09/30")
    assert Enrolment.objects.count() == 30


def test_a_cover_that_ended_earlier_is_not_prolonged(bring_in):
    everybody = [person(A, coverage_end="1403/08/20"), *(one | {"coverage_end": ""} for one in many(30))]
    bring_in(everybody)
    bring_in(everybody[1:])
    assert enrolment(A).cover_end == parse_jalali("1403/08/20")


def test_who_returns_is_covered_again(bring_in):
    everybody = many(30)
    bring_in(everybody)
    bring_in(everybody[1:])
    bring_in(everybody)
    assert enrolment(everybody[0]["national_id"]).cover_end == parse_jalali("1404/07/30")


def test_more_leavers_than_one_in_twenty_need_a_second_person(bring_in, officer, second):
    bring_in(family(), by=officer)
    for other in (None, officer):
        with pytest.raises(roster.SecondPersonNeeded, match="نفر دوم"):
            bring_in(family()[:1], by=officer, seconded_by=other)
    assert enrolment(B).cover_end == parse_jalali("1404/07/30")
    done = bring_in(family()[:1], by=officer, seconded_by=second)
    assert (done.by, done.seconded_by) == (officer, second)
    assert enrolment(B).cover_end == parse_jalali("1403/09/30")


def test_a_held_person_who_is_already_enrolled_does_not_leave(bring_in):
    bring_in(family())
    bring_in([person(A), person(B, primary_national_id=A, **WIFE | {"last_name": "رضایی2"})])
    assert enrolment(B).cover_end == parse_jalali("1404/07/30")


@pytest.mark.parametrize("national_id", ["9.00682E+06", "0090006829", 9e7, "", "گم شده"])
def test_whose_number_got_lost_in_the_next_file_waits_and_does_not_leave(bring_in, national_id):
    everybody = many(30)
    lost = person(B, first_name="مريم", last_name="رضائی", gender="زن")
    bring_in([lost, *everybody])
    done = bring_in([lost | {"national_id": national_id, "primary_national_id": ""}, *everybody])
    assert enrolment(B).cover_end == parse_jalali("1404/07/30")
    assert done.rows.get().outcome == "reject"


@pytest.mark.parametrize("other", [{"last_name": "کریمی"}, {"birth_date": "1360/01/01"}])
def test_somebody_else_under_a_lost_number_keeps_nobody(bring_in, other):
    everybody = many(30)
    gone = person(B, first_name="مریم", last_name="رضایی", gender="زن")
    bring_in([gone, *everybody])
    bring_in([gone | other | {"national_id": "9E+07", "primary_national_id": ""}, *everybody])
    assert enrolment(B).cover_end == parse_jalali("1403/09/30")


def test_a_dependant_whose_primary_id_was_mended_joins_the_household(bring_in, contract):
    wrong = person(C, primary_national_id=B, relation="فرزند", birth_date="1395/01/01")
    bring_in([person(A), person(B), wrong])
    bring_in([person(A), person(B), wrong | {"primary_national_id": A}])
    assert enrolment(C).primary.national_id == A
    assert Enrolment.objects.of_household(Person.objects.get(national_id=A), contract).count() == 2


def test_a_primary_whom_only_the_contract_knows_takes_a_dependant(bring_in, second):
    bring_in([person(A)])
    bring_in([person(B, primary_national_id=A, **WIFE)], seconded_by=second)
    assert enrolment(B).primary.national_id == A


def test_a_primary_who_has_left_takes_nobody(bring_in, second):
    bring_in([person(A), person(C)])
    bring_in([person(C)], seconded_by=second)
    done = bring_in([person(C), person(B, primary_national_id=A, **WIFE)])
    assert done.rows.get().codes == ["PRIMARY_NOT_FOUND"]


def test_held_and_refused_rows_wait_and_make_room_for_those_of_the_next_file(bring_in):
    first = bring_in(DIRTY.read_bytes())
    assert first.rows.filter(outcome="hold").count() == 12
    assert first.rows.filter(outcome="reject").count() == 9
    row = first.rows.get(excel_row=36)
    assert row.codes == ["PRIMARY_ID_INVALID"]
    assert row.values["suggest"] == "0090009551"
    assert row.values["cells"]["كد ملي"] == "0090030486"
    # The same rows in a file with another fingerprint.
    bring_in(DIRTY.read_bytes() + b"\x00")
    assert set(first.rows.values_list("resolution", flat=True)) == {RosterRow.Resolution.SUPERSEDED}


def test_nobody_of_another_contract_is_touched(bring_in, contract):
    other = make_contract("OTHER-1")
    stranger = enrol(make_person(national_id=D), other)
    bring_in(family())
    stranger.refresh_from_db()
    assert stranger.cover_end == other.end_date
