"""Rows that wait: put right, taken in alone, or refused; who did it and when stays with the row."""

import pytest

from catalog.models import Province
from members import discrepancies
from members.models import Enrolment, RosterRow
from tests.members.roster.sheets import A, B, C, D, person, table, workbook
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


def test_provinces_stand_in_the_order_people_know(operator, lost):
    for place, name in enumerate(("فارس", "کرمان", "مرکزی"), 50):
        Province.objects.create(code=f"X{place}", title=f"استان {name}", name=name, sort=place)
    page = operator.row_page(lost)
    assert page.index('value="فارس"') < page.index('value="کرمان"') < page.index('value="مرکزی"')


def test_what_is_wrong_is_read_before_the_form_and_a_row_without_a_name_says_so(operator):
    (row,) = operator.bring_in([person(A), person(B, first_name="", last_name="")]).rows.all()
    page = operator.row_page(row)
    assert page.index("چه نادرست است") < page.index("مقدارهای اصلی") < page.index("آنچه در فایل آمده است")
    assert "<bdi>بی‌نام</bdi></a>" in operator.client.get(ROWS).content.decode()


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


def test_a_number_that_was_refused_is_found_and_led_to_its_report_under_any_heading(operator):
    rows = table([person(A), person("0090005911", last_name="رضایی")])
    rows[0][2], rows[2][2] = "كدملي فرد", 90005911
    (row,) = operator.bring_in(workbook(rows)).rows.all()
    assert row.codes == ["ID_CHECKSUM"]
    typed = {"national_id": "0090005911", "first_name": "حمید", "last_name": "رضایی"}
    discrepancies.report_without_account(
        subject="activation", contact_number="09121110009", text="", typed=typed
    )
    assert "نتوانسته عضویتش را فعال کند" in operator.row_page(row)
    answer = operator.client.post(f"{ROWS}find/", {"wanted": "۰۰۹۰۰۰۵۹۱۱"})
    assert answer.url == f"{ROWS}{row.pk}/change/"


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


class TestTheSameFileAgain:
    """The employer sends the list uncorrected, though an operator has mended a row of it; somebody new is in it."""

    NEW = person(D)

    def test_does_not_ask_again_about_a_mended_row(self, operator, lost):
        operator.fix(lost, primary_national_id=A)
        again = operator.bring_in([person(A), person(B, primary_national_id=C, **LOST), self.NEW])
        row = again.rows.get()
        assert (row.resolution, row.resolved_by) == (Resolution.FIXED, operator.user)
        assert operator.client.get(ROWS).context["waiting"].page.paginator.count == 0
        assert Enrolment.objects.get(person__national_id=B).primary.national_id == A

    def test_tells_in_its_dry_run_what_was_decided(self, operator, lost):
        operator.fix(lost, primary_national_id=A)
        again = operator.send([person(A), person(B, primary_national_id=C, **LOST), self.NEW])
        assert "اصلاح شد، سینا پارسا" in operator.page(again, show="hold")

    def test_ends_nobodys_cover_whose_number_was_mended(self, operator):
        wrong = person("0090006829", primary_national_id=A, **LOST)
        refused = operator.bring_in([person(A), wrong]).rows.get()
        operator.fix(refused, national_id=B)
        again = operator.bring_in([person(A), wrong, self.NEW])
        assert again.changes["leaving"] == 0
        assert again.rows.get().resolution == Resolution.FIXED
        enrolment = Enrolment.objects.get(person__national_id=B)
        assert enrolment.cover_end == operator.contract.end_date
        # And once more: the decision goes from file to file.
        again = [person(A, mobile="09000000200"), wrong | {"mobile": ""}, self.NEW | {"mobile": ""}]
        third = operator.bring_in(again)
        assert (third.changes["leaving"], third.rows.get().resolution) == (0, Resolution.FIXED)

    def test_may_have_its_rows_in_another_order_under_other_numbers(self, operator):
        rows = [person(A, row="1"), person(B, primary_national_id=C, **LOST, row="2")]
        operator.fix(operator.bring_in(rows).rows.get(), primary_national_id=A)
        again = operator.bring_in([rows[1] | {"row": "1"}, rows[0] | {"row": "2"}, self.NEW | {"row": "3"}])
        assert again.rows.get().resolution == Resolution.FIXED

    @pytest.mark.parametrize("change", [{"birth_date": "1368/01/02"}, {"primary_national_id": "0990011372"}])
    def test_asks_again_when_the_employer_changed_the_row(self, operator, lost, change):
        operator.fix(lost, primary_national_id=A)
        again = operator.bring_in(
            [person(A), person(B, **{"primary_national_id": C} | LOST | change), self.NEW]
        )
        assert again.rows.get().resolution == Resolution.OPEN

    def test_asks_again_about_somebody_who_has_left_in_between(self, operator, colleague, lost):
        operator.fix(lost, primary_national_id=A)
        without = operator.send([person(A)])
        operator.act(without, "commit")
        colleague.act(without, "second")
        again = operator.bring_in([person(A), person(B, primary_national_id=C, **LOST), self.NEW])
        assert again.rows.get().resolution == Resolution.OPEN

    def test_forgets_no_row_that_was_accepted_alone(self, operator, lost):
        operator.settle(lost, "stand-alone")
        again = operator.bring_in([person(A), person(B, primary_national_id=C, **LOST), self.NEW])
        assert again.rows.get().resolution == Resolution.STAND_ALONE
        assert Enrolment.objects.filter(person__national_id=B).exists()


@pytest.mark.parametrize("address", ["/admin/members/rosterimport/", ROWS, "row"])
def test_the_section_of_rosters_is_marked_as_the_current_one(operator, lost, address):
    page = operator.client.get(f"{ROWS}{lost.pk}/change/" if address == "row" else address)
    marked = [row["label"] for row in page.context["navigation"] if row["is_current"]]
    assert marked == ["فهرست اسامی"]
    assert '<a href="/admin/members/rosterimport/" aria-current="true">' in page.content.decode()
