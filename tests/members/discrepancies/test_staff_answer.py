"""The staff's queue: reports are answered by named acts, and whoever reported is told."""

import pytest
from auditlog.models import LogEntry

from members import discrepancies
from members.models import Discrepancy, Enrolment, RosterImport, RosterRow
from notifications.models import Message
from tests import cast as people
from tests.tokens import without_tokens

CLERKS = "متصدی اسامی"


@pytest.fixture
def clerk(client, cast):
    clerk = people.make_staff("clerk", "سینا پارسا", CLERKS)
    client.force_login(clerk)
    return clerk


@pytest.fixture
def stuck(cast):
    """The newcomer, who cannot reach the number on the roster."""
    typed = {"national_id": cast.newcomer.national_id, "first_name": "فاطمه", "last_name": "موسوی"}
    return discrepancies.report_without_account(
        subject="activation", contact_number="09351234567", text="", typed=typed
    )


def address(report):
    return f"/admin/members/discrepancy/{report.pk}/change/"


def act(client, report, name, **more):
    return client.post(address(report), {"act": name, "answer": "بررسی و درست شد.", "mobile": "", **more})


def test_the_page_sets_what_was_typed_beside_the_roster(client, clerk, stuck, cast):
    page = client.get(address(stuck)).content.decode()
    assert "فاطمه‌سادات موسوی" in page and "09351234567" in page
    assert f"/admin/members/enrolment/{cast.enrolment_of(cast.newcomer).pk}/change/" in page
    assert "09121110004" not in page


def test_correcting_the_rosters_number_lets_activation_go_on(client, clerk, stuck, cast):
    act(client, stuck, "roster_mobile", mobile="0935 123 4567")
    assert cast.enrolment_of(cast.newcomer).mobile == "09351234567"
    stuck.refresh_from_db()
    assert (stuck.state, stuck.answered_by) == ("fixed", clerk)
    assert Message.objects.get().kind == "roster_fixed" and Message.objects.get().to == "09351234567"


def test_who_changed_whose_number_is_in_the_log_with_both_numbers_masked(client, clerk, stuck, cast):
    act(client, stuck, "roster_mobile", mobile="0935 123 4567")
    report = discrepancies.report(cast.maryam, subject="mobile", text="شماره‌ام عوض شده است.")
    act(client, report, "account_mobile", mobile="09359998877")
    of_the_roster, of_the_account = LogEntry.objects.filter(changes__has_key="mobile").order_by("pk")
    assert of_the_roster.actor == of_the_account.actor == clerk
    assert of_the_roster.changes == {"mobile": ["0912*****04", "0935*****67"]}
    assert of_the_roster.object_pk == str(cast.enrolment_of(cast.newcomer).pk)
    assert of_the_account.object_pk == str(cast.maryam.pk)
    client.force_login(cast.supervisor)
    page = client.get("/admin/auditlog/logentry/").content.decode()
    assert "شمارهٔ موبایل را عوض کرد" in page and "0935*****77" in page and "09359998877" not in page


def test_a_number_where_there_was_none_is_logged_as_that(client, clerk, stuck, cast):
    Enrolment.objects.filter(person=cast.newcomer).update(mobile="")
    act(client, stuck, "roster_mobile", mobile="09351234567")
    assert LogEntry.objects.get(changes__has_key="mobile").changes == {"mobile": ["", "0935*****67"]}
    client.force_login(cast.supervisor)
    assert "از هیچ به" in client.get("/admin/auditlog/logentry/").content.decode()


def test_a_number_that_stands_there_already_is_no_change(client, clerk, stuck, cast):
    act(client, stuck, "roster_mobile", mobile="09121110004")
    assert not LogEntry.objects.filter(changes__has_key="mobile").exists()
    stuck.refresh_from_db()
    assert stuck.state == "fixed"


def test_a_changed_number_of_an_account_is_told_to_both_numbers(client, clerk, cast):
    report = discrepancies.report(cast.maryam, subject="mobile", text="شماره‌ام عوض شده است.")
    act(client, report, "account_mobile", mobile="09359998877")
    cast.maryam.refresh_from_db()
    assert cast.maryam.mobile == "09359998877"
    told = Message.objects.filter(kind="mobile_changed")
    assert {message.to for message in told} == {"09121110001", "09359998877"}


def test_who_has_no_account_gets_the_answer_itself(client, clerk, stuck):
    act(client, stuck, "answer", answer="لطفاً با محل کار خود تماس بگیرید.")
    assert "لطفاً با محل کار خود تماس بگیرید." in Message.objects.get(kind="activation_answered").text


def reported_from_the_login(person, subject):
    """«شماره‌ام عوض شده» or «نمی‌توانم فعال کنم», of somebody who cannot sign in."""
    typed = {"first_name": person.first_name, "last_name": person.last_name}
    return discrepancies.report_without_account(
        subject=subject,
        contact_number="09359998877",
        text="",
        typed=typed | {"national_id": person.national_id},
    )


@pytest.mark.parametrize("subject", ["mobile", "activation"])
@pytest.mark.parametrize("name", ["account_mobile", "fixed"])
def test_who_is_active_already_reads_the_answer_and_not_that_they_may_activate(
    client, clerk, cast, subject, name
):
    report = reported_from_the_login(cast.maryam.person, subject)
    act(client, report, name, mobile="09359998877", answer="شمارهٔ شما را عوض کردیم.")
    told = set(Message.objects.exclude(kind="mobile_changed").values_list("kind", "to"))
    assert told == {("activation_answered", "09359998877")}
    assert "شمارهٔ شما را عوض کردیم." in Message.objects.get(kind="activation_answered").text
    changed = Message.objects.filter(kind="mobile_changed")
    numbers = {"09121110001", "09359998877"} if name == "account_mobile" else set()
    assert {message.to for message in changed} == numbers


def test_a_new_number_on_the_roster_is_answered_in_the_words_of_staff(client, clerk, cast):
    report = reported_from_the_login(cast.newcomer, "mobile")
    act(client, report, "roster_mobile", mobile="09359998877", answer="در فهرست عوض شد.")
    assert [message.kind for message in Message.objects.all()] == ["activation_answered"]


@pytest.mark.parametrize(
    ("name", "more", "field"),
    [
        ("roster_mobile", {}, "mobile"),
        ("roster_mobile", {"mobile": "12"}, "mobile"),
        ("account_mobile", {"mobile": "09359998877"}, "act"),
        ("answer", {"answer": ""}, "answer"),
        ("delete", {}, "act"),
    ],
)
def test_what_is_missing_is_told_and_nothing_happens(client, clerk, stuck, name, more, field):
    answer = act(client, stuck, name, **more)
    assert field in answer.context["adminform"].form.errors
    stuck.refresh_from_db()
    assert stuck.state == "open" and not Message.objects.exists()


def test_a_settled_report_is_read_only(client, clerk, stuck, cast):
    discrepancies.answer(stuck, by=clerk, text="درست شد.", is_fixed=True)
    assert client.get(address(stuck)).status_code == 200
    assert act(client, stuck, "answer").status_code == 403


def test_reviewers_look_and_do_not_answer(client, cast, stuck):
    client.force_login(cast.reviewer)
    assert client.get(address(stuck)).status_code == 200
    assert act(client, stuck, "answer").status_code == 403
    assert Discrepancy.objects.get().state == "open"


def test_finance_does_not_see_the_queue(client, cast, stuck):
    client.force_login(cast.finance)
    assert client.get("/admin/members/discrepancy/").status_code == 403


def test_the_queue_puts_what_is_open_first(client, clerk, cast, stuck):
    settled = discrepancies.report(cast.maryam, subject="person", text="نام پدر")
    discrepancies.answer(settled, by=clerk, text="درست شد.", is_fixed=True)
    rows = client.get("/admin/members/discrepancy/").context["cl"].result_list
    assert [row.state for row in rows] == ["open", "fixed"]


class TestPeopleAndAccounts:
    def test_lists_mask_numbers_and_show_no_password(self, client, cast):
        boss = people.make_staff("boss", "مدیر", is_superuser=True)
        client.force_login(boss)
        for page in ("user", "enrolment", "person"):
            shown = client.get(f"/admin/members/{page}/")
            assert shown.status_code == 200
            assert "09121110001" not in shown.content.decode()
        page = without_tokens(client.get(f"/admin/members/user/{cast.maryam.pk}/change/").content.decode())
        assert "09121110001" not in page and cast.maryam.password not in page and "md5" not in page

    def test_closing_an_account_ends_its_sessions(self, client, cast):
        from django.test import Client

        boss = people.make_staff("boss", "مدیر", is_superuser=True)
        client.force_login(boss)
        client.post(f"/admin/members/user/{cast.maryam.pk}/change/", {})
        cast.maryam.refresh_from_db()
        assert not cast.maryam.is_active
        other = Client()
        other.force_login(cast.husband)
        assert other.get("/account/").status_code == 200

    def test_a_members_password_is_not_staffs_to_set(self, client, cast):
        boss = people.make_staff("boss", "مدیر", is_superuser=True)
        client.force_login(boss)
        assert client.get(f"/admin/members/user/{cast.maryam.pk}/password/").status_code == 403
        assert client.get(f"/admin/members/user/{cast.reviewer.pk}/password/").status_code == 200

    def test_a_staff_account_is_made_with_its_national_id(self, client, cast):
        boss = people.make_staff("boss", "مدیر", is_superuser=True)
        client.force_login(boss)
        given = {
            "username": "new-officer",
            "staff_name": "مینا",
            "staff_national_id": people.synthetic_national_id(900_010),
            "usable_password": "true",
            "password1": "Steady-kettle-19",
            "password2": "Steady-kettle-19",
        }
        assert client.post("/admin/members/user/add/", given).status_code == 302
        made = type(cast.maryam).objects.get(username="new-officer")
        assert made.is_staff and made.person is None

    def test_a_name_mended_in_the_admin_matches_at_activation(self, client, cast):
        clerk = people.make_staff("clerk", "سینا پارسا", CLERKS)
        client.force_login(clerk)
        given = {
            "first_name": "فاطمة",
            "last_name": "موسوی",
            "father_name": "",
            "gender": "female",
            "birth_certificate_number": "912",
            "birth_date": "1365/08/26",
            "enrolments-TOTAL_FORMS": "0",
            "enrolments-INITIAL_FORMS": "0",
        }
        answer = client.post(f"/admin/members/person/{cast.newcomer.pk}/change/", given)
        assert answer.status_code == 302
        cast.newcomer.refresh_from_db()
        assert cast.newcomer.first_key == "فاطمه"


class TestWhoeverIsNotInTheRosterUnderTheNumberTyped:
    @pytest.fixture
    def report_of(self, db):
        def made(national_id, first_name="مریم", last_name="کاظمی"):
            typed = {"national_id": national_id, "first_name": first_name, "last_name": last_name}
            return discrepancies.report_without_account(
                subject="activation", contact_number="09351234567", text="", typed=typed
            )

        return made

    @pytest.fixture
    def held(self, cast):
        """A wife whose husband's number was mistyped, as the import left her."""
        upload = RosterImport.objects.create(
            contract=cast.contract, state=RosterImport.State.COMMITTED, file_name="list.xlsx"
        )
        names = {"first_name": "مریم", "last_name": "کاظمی", "match_key": "مریم", "national_id": "0090006828"}
        return RosterRow.objects.create(
            roster_import=upload, excel_row=7, outcome="hold", codes=["PRIMARY_NOT_FOUND"], values=names
        )

    @pytest.mark.parametrize("typed", ["0090006828", "0990009990"], ids=["same-number", "same-name"])
    def test_is_led_to_from_the_row_that_waits(self, client, clerk, held, report_of, typed):
        page = client.get(address(report_of(typed))).content.decode()
        assert f"/admin/members/rosterrow/{held.pk}/change/" in page
        assert "ردیف ۷: مریم کاظمی" in page and "بیمه‌شدهٔ اصلی در این فایل" in page

    def test_other_names_lead_nowhere(self, client, clerk, held, report_of):
        page = client.get(address(report_of("0990009990", first_name="مرجان"))).content.decode()
        assert "ردیف‌های نگه‌داشته‌شده" not in page and "/rosterrow/" not in page

    def test_who_may_not_see_rows_is_not_led_to_them(self, client, held, report_of):
        client.force_login(people.make_staff("reviewer-2", "شیدا رحمانی", people.REVIEWERS))
        page = client.get(address(report_of("0090006828"))).content.decode()
        assert "مریم کاظمی (بدون حساب)" in page and "/rosterrow/" not in page

    def test_a_number_with_two_digits_exchanged_leads_to_its_namesake(self, client, clerk, report_of, cast):
        known = cast.newcomer
        digits = known.national_id
        at = next(place for place in range(6, 0, -1) if digits[place] != digits[place + 1])
        mistyped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        page = client.get(address(report_of(mistyped, known.first_name, known.last_name))).content.decode()
        assert "با همین نام و کد ملی‌ای نزدیک به آن" in page and known.national_id in page
        assert LogEntry.objects.get(changes={"act": ["", "found"]}).object_pk == str(known.pk)
        page = client.get(
            address(report_of("0012345679", known.first_name, known.last_name))
        ).content.decode()
        assert known.national_id not in page
