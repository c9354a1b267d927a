"""What is posted after the session has ended stands again in the form after the login."""

import pytest
from django.test import Client

from members import kept_forms
from members.models import KeptForm

FORM = "/form/"
IDLE = 31 * 60

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.members.sessions.pages")]


@pytest.fixture
def returning(client, member, clock, come_in):
    """Somebody who had been in with this browser; the session is over."""
    come_in(client, member)
    clock.shift(IDLE)
    return client


def kept(client, page=FORM):
    return client.get(page).json()["kept"]


def test_the_form_stands_again_after_the_login(returning, member, come_in):
    response = returning.post(FORM, {"paid_amount": "۱۵۰۰۰۰", "documents": ["1", "2"]})
    assert response.url == "/login/?next=/form/"
    page = returning.get(response.url)
    assert "نگه داشته شد" in page.content.decode()
    assert come_in(returning, member, next=page.context["next"]).url == FORM
    assert kept(returning) == {"paid_amount": ["۱۵۰۰۰۰"], "documents": ["1", "2"]}


def test_a_button_elsewhere_leads_back_to_the_page_it_stood_on(returning):
    response = returning.post(
        "/form/act/", {"reason": "x"}, headers={"Referer": "http://testserver/form/?from=review"}
    )
    assert response.url == "/login/?next=/form/%3Ffrom%3Dreview"
    assert KeptForm.objects.get().path == FORM


def test_a_foreign_referer_is_not_believed(returning):
    response = returning.post(FORM, {"reason": "x"}, headers={"Referer": "https://evil.example/form/"})
    assert response.url == "/login/?next=/form/"


def test_somebody_else_in_the_same_browser_sees_nothing_of_it(returning, stranger, come_in):
    returning.post(FORM, {"notes": "متن"})
    come_in(returning, stranger)
    assert kept(returning) is None


def test_the_same_person_in_another_browser_sees_nothing_of_it(returning, member, come_in):
    returning.post(FORM, {"notes": "متن"})
    other = Client()
    come_in(other, member)
    assert kept(other) is None


def test_another_page_does_not_get_it(returning, member, come_in):
    returning.post(FORM, {"notes": "متن"})
    come_in(returning, member)
    assert kept(returning, "/form/act/") is None


def test_after_a_quarter_of_an_hour_it_is_gone(returning, member, come_in, clock):
    returning.post(FORM, {"notes": "متن"})
    clock.shift(15 * 60)
    come_in(returning, member)
    assert kept(returning) is None
    assert kept_forms.sweep() == 1


def test_once_posted_again_it_does_not_come_back_over_newer_values(returning, member, come_in):
    returning.post(FORM, {"notes": "متن"})
    come_in(returning, member)
    assert kept(returning)
    assert kept(returning)
    returning.post(FORM, {"notes": "متن تازه"})
    assert kept(returning) is None
    assert not KeptForm.objects.exists()


def test_passwords_codes_and_files_are_never_kept(returning, member, come_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    returning.post(
        FORM,
        {
            "password": "Quiet-river-27",
            "password_again": "Quiet-river-27",
            "captcha": "12345",
            "code": "123456",
            "old_code": "123456",
            "csrfmiddlewaretoken": "x",
            "eprescription_code": "81271",
            "image": SimpleUploadedFile("photo.jpg", b"x"),
        },
    )
    come_in(returning, member)
    assert kept(returning) == {"eprescription_code": ["81271"]}


def test_what_is_kept_is_not_readable_in_the_database(returning):
    returning.post(FORM, {"notes": "secret-words"})
    assert b"secret-words" not in bytes(KeptForm.objects.get().fields)


def test_a_browser_in_which_nobody_logged_in_leaves_nothing_with_us(client, db):
    assert client.post(FORM, {"notes": "x"}).url == "/login/?next=/form/"
    assert not KeptForm.objects.exists()


def test_a_browser_keeps_one_form(returning):
    for turn in range(3):
        returning.post(FORM, {"notes": str(turn)})
    assert KeptForm.objects.count() == 1


def test_too_much_is_not_kept(returning):
    returning.post(FORM, {"notes": "x" * 70_000})
    assert not KeptForm.objects.exists()


def test_a_script_is_told_that_the_session_has_ended(returning):
    response = returning.post(FORM, {"notes": "x"}, headers={"Sec-Fetch-Mode": "cors"})
    assert response.status_code == 401
    assert not KeptForm.objects.exists()
