"""What arrives broken, as from a line that went away in the middle, is answered in Persian with what to do."""

import pytest


@pytest.mark.django_db
def test_a_form_that_did_not_arrive_whole_is_told_in_persian(client):
    page = client.generic("POST", "/login/", b"half of it", content_type="multipart/form-data; boundary=")

    assert page.status_code == 400
    assert "درخواست شما کامل به ما نرسید" in page.content.decode()


@pytest.mark.django_db
def test_more_fields_than_any_form_has_are_told_in_persian(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3

    page = client.post("/login/", {f"field{number}": "1" for number in range(9)})

    assert page.status_code == 400
    assert "به صفحهٔ پیش برگردید" in page.content.decode()
