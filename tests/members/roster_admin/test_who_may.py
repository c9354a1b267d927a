"""Who may see and do what with rosters: operators, those who only read, and everybody else."""

import pytest
from django.test import Client

from members.models import Enrolment, RosterImport
from tests.cast import REVIEWERS, make_member, make_person, make_staff
from tests.members.roster.sheets import A, B, C, person
from tests.members.roster_admin.conftest import LIST, ROWS, Operator

PAGES = ["", "{upload}/change/", "{upload}/progress/"]
ACTS = ["{upload}/commit/", "{upload}/second/", "{upload}/discard/"]


@pytest.fixture
def upload(operator):
    return operator.send([person(A), person(B, plan="طرح ویژه")])


@pytest.fixture
def row(operator):
    wife = {"relation": "همسر", "gender": "زن", "birth_date": "1368/01/01"}
    return operator.bring_in([person(A), person(B, primary_national_id=C, **wife)]).rows.get()


def test_readers_look_and_do_nothing(reader, upload):
    for page in PAGES:
        assert reader.client.get(LIST + page.format(upload=upload.pk)).status_code == 200
    assert "ثبت نهایی</button>" not in reader.page(upload) and "فهرست تازه" not in reader.page(upload)
    assert reader.client.get(f"{LIST}add/").status_code == 403
    assert reader.client.get(f"{LIST}{upload.pk}/download/").status_code == 403
    for act in ACTS:
        assert reader.client.post(LIST + act.format(upload=upload.pk)).status_code == 403
    upload.refresh_from_db()
    assert upload.state == RosterImport.State.EXAMINED


def test_readers_see_a_row_and_do_not_settle_it(reader, row):
    page = reader.row_page(row)
    assert "چه نادرست است" in page and "ذخیره و ثبت" not in page
    for act in ("change", "stand-alone", "refuse"):
        assert reader.client.post(f"{ROWS}{row.pk}/{act}/").status_code == 403
    assert Enrolment.objects.count() == 1


def test_reviewers_of_claims_do_not_see_rosters(contract, upload):
    reviewer = Operator(contract, make_staff("reviewer-of-claims", "نگار سهرابی", REVIEWERS))
    for page in [*PAGES, "add/", "{upload}/download/"]:
        assert reviewer.client.get(LIST + page.format(upload=upload.pk)).status_code == 403
    assert reviewer.client.get(ROWS).status_code == 403


def test_members_and_strangers_are_led_to_the_staffs_door(upload):
    member = Client()
    member.force_login(make_member(make_person()))
    for client in (Client(), member):
        for page in [*PAGES, "add/", "{upload}/download/"]:
            answer = client.get(LIST + page.format(upload=upload.pk))
            assert answer.status_code == 302 and "/admin/login/" in answer["Location"]


def test_acts_are_posts_and_pages_are_read(operator, upload):
    for act in ACTS:
        assert operator.client.get(LIST + act.format(upload=upload.pk)).status_code == 405
    for page in PAGES:
        assert operator.client.post(LIST + page.format(upload=upload.pk)).status_code == 405
    assert operator.client.get(f"{ROWS}find/").status_code == 405


@pytest.mark.parametrize(
    "page", [f"{LIST}999999/change/", f"{LIST}999999/download/", f"{ROWS}999999/change/"]
)
def test_what_is_not_there_is_a_404(operator, page):
    assert operator.client.get(page).status_code == 404
