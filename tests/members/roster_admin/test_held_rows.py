"""Rows that wait: put right, taken in alone, or refused; who did it and when stays with the row."""

import pytest

from members import discrepancies
from members.models import Enrolment, RosterRow
from tests.members.roster.sheets import A, B, C, person
from tests.members.roster_admin.conftest import ROWS

Resolution = RosterRow.Resolution
LOST = {"relation": "همسر", "gender": "زن", "birth_date": "1368/01/01", "first_name": "مریم"}


@pytest.fixture
def lost(operator) -> RosterRow:
    """A wife whose husband's number is of somebody who is not in the file."""
    return operator.bring_in([person(A), person(B, primary_national_id=C, **LOST)]).rows.get()


def test_the_list_says_who_waits_and_why(operator, lost):
    page = operator.client.get(ROWS).content.decode()
    assert "مریم کاظمی" in page and "بیمه‌شدهٔ اصلی در این فایل و این قرارداد نیست" in page


def test_the_page_sets_what_is_wrong_beside_what_was_sent(operator, lost):
    page = operator.row_page(lost)
    assert "کد ملی بیمه شده اصلی" in page and C in page
    assert f'value="{C}"' in page or "PRIMARY" not in page
    assert '<option value="همسر" selected>' in page and '<option value="طرح ۱" selected>' in page


def test_a_row_put_right_is_enrolled_in_its_household(operator, lost):
    answer = operator.fix(lost, primary_national_id=A)
    assert "اصلاح شد و مریم کاظمی در قرارداد ثبت شد" in answer.content.decode()
    enrolment = Enrolment.objects.get(person__national_id=B)
    assert (enrolment.primary.national_id, enrolment.relation) == (A, "spouse")
    lost.refresh_from_db()
    assert (lost.resolution, lost.resolved_by) == (Resolution.FIXED, operator.user)
    assert "اصلاح شد، سینا پارسا، ۱ دی ۱۴۰۳، ساعت ۱۰:۰۰" in operator.row_page(lost)


def test_a_row_that_is_still_wrong_is_told_with_what_was_typed(operator, lost):
    answer = operator.fix(lost, primary_national_id="12345", first_name="مریم‌بانو")
    page = answer.content.decode()
    assert "کد ملی بیمه‌شدهٔ اصلی درست نیست." in page
    assert 'value="12345"' in page and "مریم‌بانو" in page
    lost.refresh_from_db()
    assert lost.resolution == Resolution.OPEN
    assert not Enrolment.objects.filter(person__national_id=B).exists()


def test_a_value_that_was_not_understood_stands_in_the_form_as_it_was_sent(operator):
    upload = operator.bring_in([person(A, coverage_start=""), person(B, coverage_start="سی‌ام مهر")])
    form = operator.client.get(f"{ROWS}{upload.rows.get().pk}/change/").context["form"]
    assert form.initial["coverage_start"] == "سی‌ام مهر"


def test_a_person_accepted_alone_has_a_portal_of_their_own(operator, lost):
    answer = operator.settle(lost, "stand-alone")
    assert "مریم کاظمی به‌تنهایی پذیرفته شد" in answer.content.decode()
    enrolment = Enrolment.objects.get(person__national_id=B)
    assert enrolment.primary == enrolment.person
    lost.refresh_from_db()
    assert (lost.resolution, lost.resolved_by) == (Resolution.STAND_ALONE, operator.user)


def test_standing_alone_is_not_offered_for_other_faults(operator):
    row = operator.bring_in([person(A), person(B, plan="طرح ویژه")]).rows.get()
    assert "پذیرش مستقل" not in operator.row_page(row)
    assert "ایراد دیگری" in operator.settle(row, "stand-alone").content.decode()
    assert not Enrolment.objects.filter(person__national_id=B).exists()


def test_a_refused_row_leaves_the_list(operator, lost):
    assert "رد شد" in operator.settle(lost, "refuse").content.decode()
    assert operator.client.get(ROWS).context["waiting"].page.paginator.count == 0
    settled = operator.client.get(ROWS, {"resolution": "refused"})
    assert "سینا پارسا" in settled.content.decode()


def test_a_row_is_settled_once(operator, colleague, lost):
    operator.settle(lost, "refuse")
    assert "پیش‌تر رسیدگی شده" in colleague.settle(lost, "stand-alone").content.decode()
    assert not Enrolment.objects.filter(person__national_id=B).exists()


def test_the_next_roster_takes_the_place_of_rows_that_still_wait(operator, lost):
    operator.bring_in([person(A), person(B, primary_national_id=A, **LOST)])
    lost.refresh_from_db()
    assert lost.resolution == Resolution.SUPERSEDED
    assert "با ورود تازه کنار رفت" in operator.row_page(lost)
    assert "پیش‌تر رسیدگی شده" in operator.fix(lost).content.decode()


def test_rows_of_a_dry_run_are_no_ones_yet(operator):
    upload = operator.send([person(A), person(B, plan="طرح ویژه")])
    assert operator.client.get(ROWS).context["waiting"].page.paginator.count == 0
    assert operator.client.get(f"{ROWS}{upload.rows.get().pk}/change/").status_code == 404


def test_a_report_of_failed_activation_leads_from_the_row_to_its_answer(operator, lost):
    typed = {"national_id": B, "first_name": "مریم", "last_name": "کاظمی"}
    report = discrepancies.report_without_account(
        subject="activation", contact_number="09121110009", text="", typed=typed
    )
    link = f"/admin/members/discrepancy/{report.pk}/change/"
    assert link in operator.row_page(lost)
    assert link in operator.fix(lost, primary_national_id=A).content.decode()


def test_a_row_is_found_by_a_national_id_that_no_address_shows(operator, lost):
    answer = operator.client.post(f"{ROWS}find/", {"wanted": "۰۰۹۰-۰۰۶۸۲۸"})
    assert answer["Location"] == f"{ROWS}{lost.pk}/change/"
    none = operator.client.post(f"{ROWS}find/", {"wanted": A}, follow=True)
    assert "ردیف بازی با این کد ملی" in none.content.decode()


def test_filters_narrow_the_list_and_survive_nonsense(operator, lost):
    def count(**query):
        return operator.client.get(ROWS, query).context["waiting"].page.paginator.count

    assert count(code="PRIMARY_NOT_FOUND") == 1 and count(code="PLAN_UNKNOWN") == 0
    assert count(contract=operator.contract.pk) == 1 and count(contract=operator.contract.pk + 1) == 0
    assert count(outcome="reject") == 0
    assert count(code="'; --", contract="۹" * 40, resolution="x", page="-3") == 1


@pytest.mark.parametrize("dirt", ["\x00", "آ" * 10_000, "‮<script>", "%%_\\'\"", "😀"])
def test_every_field_of_the_form_takes_dirt(operator, lost, dirt):
    form = operator.client.get(f"{ROWS}{lost.pk}/change/").context["form"]
    answer = operator.client.post(f"{ROWS}{lost.pk}/change/", dict.fromkeys(form.fields, dirt))
    assert answer.status_code == 200 and answer.context["form"].errors
    assert "<script>" not in answer.content.decode().replace('<script type="module"', "")
