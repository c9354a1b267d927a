"""Staff change a cover or a person in the admin: judged as a roster's row is, told and written down."""

from datetime import timedelta

import pytest
from auditlog.models import LogEntry

from members.models import Enrolment
from members.models.people import Relation
from notifications.models import Message
from portal.lib import dates
from portal.lib.text import latin_digits
from tests import cast as people

NEW_IBAN = "IR820540102680020817909002"


@pytest.fixture
def clerk(client, cast):
    clerk = people.make_staff("clerk", "سینا پارسا", "متصدی اسامی")
    client.force_login(clerk)
    return clerk


def day(value) -> str:
    return latin_digits(dates.short(value)) if value else ""


@pytest.fixture
def change(client, clerk):
    """Posts the page of a cover as it stands, but for what is given."""

    def change(row, **given):
        row = Enrolment.objects.select_related("primary").get(pk=row.pk)
        stands = {
            "relation": row.relation,
            "primary_number": row.primary.national_id,
            "plan": row.plan_id or "",
            "cover_start": day(row.cover_start),
            "cover_end": day(row.cover_end),
            "province": row.province_id or "",
            "base_insurer": row.base_insurer_id or "",
        }
        stands |= {
            name: getattr(row, name)
            for name in ("personnel_code", "mobile", "phone", "email", "iban", "note")
        }
        return client.post(f"/admin/members/enrolment/{row.pk}/change/", stands | given)

    return change


def errors_of(answer) -> dict:
    assert answer.status_code == 200
    return answer.context["adminform"].form.errors


def test_what_stands_there_can_be_saved_as_it_is(change, cast):
    for someone in (cast.maryam, cast.husband, cast.child):
        assert change(cast.enrolment_of(someone), note="بررسی شد").status_code == 302
    assert cast.enrolment_of(cast.child).note == "بررسی شد"
    assert not Message.objects.exists()


def test_a_cover_outside_of_the_contract_is_refused(change, cast):
    row = cast.enrolment_of(cast.child)
    assert "بیرون از مدت قرارداد" in errors_of(change(row, cover_end="1420/01/01"))["cover_end"][0]
    assert "بیرون از مدت قرارداد" in errors_of(change(row, cover_start="1390/01/01"))["cover_start"][0]
    late = errors_of(change(row, cover_start=day(row.cover_end), cover_end=day(row.cover_start)))
    assert "بیرون از مدت قرارداد" in late["cover_end"][0]
    assert cast.enrolment_of(cast.child).cover_end == row.cover_end


def test_a_plan_of_another_contract_is_refused_and_not_offered(client, change, cast):
    other = people.make_contract("TEST-002").plans.get()
    row = cast.enrolment_of(cast.child)
    page = client.get(f"/admin/members/enrolment/{row.pk}/change/").context["adminform"].form
    assert list(page.fields["plan"].queryset) == list(cast.contract.plans.all())
    assert "plan" in errors_of(change(row, plan=other.pk))


@pytest.mark.parametrize("who", ["husband", "of another contract", "nobody", "newcomer"])
def test_the_primary_is_a_primary_of_the_same_contract(change, cast, who):
    elsewhere = people.make_person("حسن", "کریمی")
    people.enrol(elsewhere, people.make_contract("TEST-002"))
    number = {
        "husband": cast.husband.person.national_id,
        "of another contract": elsewhere.national_id,
        "nobody": people.synthetic_national_id(888_888),
        "newcomer": cast.newcomer.national_id,
    }[who]
    answer = change(cast.enrolment_of(cast.child), primary_number=number)
    if who == "newcomer":
        assert answer.status_code == 302
        assert cast.enrolment_of(cast.child).primary == cast.newcomer
    else:
        assert "کد ملی بیمه‌شدهٔ اصلی" in errors_of(answer)["primary_number"][0]
        assert cast.enrolment_of(cast.child).primary == cast.maryam.person


def test_who_insures_others_does_not_become_a_dependant(change, cast):
    answer = change(
        cast.enrolment_of(cast.maryam),
        relation=Relation.SPOUSE,
        primary_number=cast.newcomer.national_id,
        iban="",
    )
    assert "دیگران زیر نام این فرد" in errors_of(answer)["relation"][0]


def test_an_iban_is_kept_for_the_primary_alone(change, cast):
    assert "بیمه‌شدهٔ اصلی" in errors_of(change(cast.enrolment_of(cast.child), iban=NEW_IBAN))["iban"][0]
    assert "iban" in errors_of(change(cast.enrolment_of(cast.maryam), iban="IR00"))
    assert not Message.objects.exists()


def test_a_new_iban_is_told_to_its_owner_and_written_down_masked(client, change, clerk, cast):
    row = cast.enrolment_of(cast.maryam)
    assert change(row, iban=NEW_IBAN).status_code == 302
    assert [(m.kind, m.to) for m in Message.objects.all()] == [("iban_changed", "09121110001")]
    entry = LogEntry.objects.get(changes__has_key="iban")
    assert (entry.actor, entry.changes) == (clerk, {"iban": ["IR58*****07", "IR82*****02"]})
    history = client.get(f"/admin/members/enrolment/{row.pk}/history/").content.decode()
    assert "IR58*****07" in history and NEW_IBAN not in history
    client.force_login(cast.supervisor)
    log = client.get("/admin/auditlog/logentry/").content.decode()
    assert "شمارهٔ شبا را عوض کرد: از" in log and "IR82*****02" in log


def test_a_new_number_on_the_roster_is_told_to_both_numbers(change, cast):
    change(cast.enrolment_of(cast.newcomer), mobile="0935 999 8877")
    told = Message.objects.filter(kind="roster_mobile_changed")
    assert {message.to for message in told} == {"09121110004", "09359998877"}
    assert LogEntry.objects.get(changes__has_key="mobile").changes == {
        "mobile": ["0912*****04", "0935*****77"]
    }


def test_a_moved_cover_and_primary_are_written_down(change, cast):
    row = cast.enrolment_of(cast.child)
    ended = row.cover_end - timedelta(days=10)
    change(row, cover_end=day(ended), primary_number=cast.newcomer.national_id)
    (entry,) = LogEntry.objects.filter(action=LogEntry.Action.UPDATE)
    assert entry.changes["primary"] == [
        f"{person.national_id[:4]}*****{person.national_id[-2:]}"
        for person in (cast.maryam.person, cast.newcomer)
    ]
    assert entry.changes["cover"][1].endswith(dates.short(ended))
    assert not Message.objects.exists()


def test_what_a_roster_has_written_meanwhile_is_not_written_over(change, client, cast, monkeypatch):
    row = cast.enrolment_of(cast.child)

    def meanwhile(form):
        Enrolment.objects.filter(pk=row.pk).update(personnel_code="7788")
        return {}

    monkeypatch.setattr("members.admin.people.masked_changes", lambda before, row: meanwhile(row))
    change(row, note="بررسی شد")
    row.refresh_from_db()
    assert (row.note, row.personnel_code) == ("بررسی شد", "7788")


class TestPerson:
    @pytest.fixture
    def mend(self, client, clerk, cast):
        def mend(**given):
            person = cast.newcomer
            stands = {
                "first_name": person.first_name,
                "last_name": person.last_name,
                "father_name": "",
                "gender": "female",
                "birth_certificate_number": "912",
                "birth_date": day(person.birth_date),
                "enrolments-TOTAL_FORMS": "0",
                "enrolments-INITIAL_FORMS": "0",
            }
            return client.post(f"/admin/members/person/{person.pk}/change/", stands | given)

        return mend

    @pytest.mark.parametrize(
        ("name", "typed", "words"),
        [
            ("first_name", "علی ۲", "رقم"),
            ("last_name", "Ali 2", "رقم"),
            ("last_name", "ن" * 81, "۸۰"),
            ("birth_date", "1450/01/01", "آینده"),
            ("birth_date", "1365/13/01", "تقویم"),
            ("birth_certificate_number", "abc", "شمارهٔ شناسنامه"),
        ],
    )
    def test_what_no_roster_could_bring_is_refused(self, mend, cast, name, typed, words):
        assert words in errors_of(mend(**{name: typed}))[name][0]
        cast.newcomer.refresh_from_db()
        assert cast.newcomer.birth_certificate_number == "912"

    def test_what_is_mended_is_stored_in_its_one_form(self, mend, cast):
        assert (
            mend(first_name="فاطمة", birth_certificate_number="۹ ۱ ۳", father_name="علي").status_code == 302
        )
        cast.newcomer.refresh_from_db()
        person = cast.newcomer
        assert (person.first_key, person.birth_certificate_number, person.father_name) == (
            "فاطمه",
            "913",
            "علی",
        )

    def test_what_an_older_list_left_does_not_hinder_the_rest(self, mend, cast):
        cast.newcomer.birth_certificate_number = "الف/۱۲"
        cast.newcomer.save()
        assert mend(birth_certificate_number="الف/۱۲", father_name="حسن").status_code == 302
