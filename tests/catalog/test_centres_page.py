"""/centres/: the directory as a page of its own, and the same search for the picker."""

import pytest
from django.urls import reverse

URL = "/centres/"
CLAIM = "Ab3_-6789012345678901x"


@pytest.fixture
def member_client(client, cast):
    client.force_login(cast.maryam)
    return client


@pytest.fixture
def razi(make_centre):
    make_centre("داروخانه رازی", city="کرج", province="البرز", kind="داروخانه")
    return make_centre("بیمارستان رازی", city="رشت", province="گیلان", address="خیابان نمونه")


def test_a_stranger_is_led_to_the_login(client, db):
    answer = client.get(URL)
    assert answer.status_code == 302
    assert answer.url.startswith("/login/")


def test_it_changes_nothing_and_takes_no_post(member_client):
    assert member_client.post(URL).status_code == 405
    assert member_client.head(URL).status_code == 200


def test_without_words_it_says_how_to_begin(member_client):
    page = member_client.get(URL).content.decode()
    assert "دست‌کم دو حرف از نام مرکز را بنویسید." in page
    for label in ("نام مرکز", "استان", "نوع مرکز"):
        assert label in page


def test_what_is_found_is_shown_with_its_place(member_client, razi):
    page = member_client.get(URL, {"q": "رازي بيمارستان"}).content.decode()
    assert "۱ مرکز پیدا شد." in page
    assert "بیمارستان رازی" in page
    assert "رشت، خیابان نمونه" in page
    assert "داروخانه رازی" not in page


def test_filters_work_without_words(member_client, razi):
    page = member_client.get(URL, {"province": razi.province.code}).content.decode()
    assert "بیمارستان رازی" in page
    assert "داروخانه رازی" not in page


def test_nothing_found_says_what_to_try(member_client, razi):
    page = member_client.get(URL, {"q": "ناکجاآباد"}).content.decode()
    assert "مرکزی با این نام پیدا نشد." in page


def test_from_a_draft_each_centre_leads_back_to_it(member_client, razi):
    page = member_client.get(URL, {"q": "رازی", "for": CLAIM}).content.decode()
    back = reverse("claims:details", args=[CLAIM])
    assert f'href="{back}?centre={razi.pk}"' in page
    assert f'href="{back}?centre=missing"' in page
    assert f'name="for" value="{CLAIM}"' in page


@pytest.mark.parametrize("code", ["", "short", "../../admin/", '"><script>', CLAIM + "x", "x" * 500])
def test_a_mark_that_is_no_code_is_ignored(member_client, razi, code):
    page = member_client.get(URL, {"q": "رازی", "for": code}).content.decode()
    assert "centre=missing" not in page
    assert "<script>" not in page


def test_the_picker_gets_the_same_as_json(member_client, razi):
    answer = member_client.get(URL, {"q": "رازی"}, headers={"accept": "application/json"})
    found = answer.json()
    assert found["outcome"] == "۲ مرکز پیدا شد."
    assert found["more"] is False
    assert found["results"][0].keys() == {"id", "name", "type", "place", "label"}
    assert {row["label"] for row in found["results"]} == {"بیمارستان رازی، رشت", "داروخانه رازی، کرج"}
    assert "Accept" in answer["Vary"]
    assert member_client.get(URL, {"q": "رازی", "format": "json"}).json() == found


def test_the_picker_puts_the_own_province_and_recent_centres_first(member_client, razi):
    def first(**asked):
        asked = {"q": "رازی", "format": "json", **asked}
        return member_client.get(URL, asked).json()["results"][0]["id"]

    assert first(near=razi.province.code) == razi.pk
    assert first(recent=f"{razi.pk},x,-1,۹") == razi.pk
    assert member_client.get(URL, {"format": "json", "recent": razi.pk}).json()["results"][0]["id"] == razi.pk


def test_many_results_say_that_there_are_more(member_client, make_centre):
    for number in range(25):
        make_centre(f"بیمارستان شفا {number}")
    found = member_client.get(URL, {"q": "شفا", "format": "json"}).json()
    assert (len(found["results"]), found["more"]) == (20, True)
    assert "بخش بیشتری از نام" in found["outcome"]


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, "\x00", "\u202e\u202d", "😀" * 50, "<b>رازی</b>", "'; --", "%%_\\", "٠١٢", "０１２"],
)
@pytest.mark.parametrize("way", [{}, {"format": "json"}])
def test_odd_words_are_answered_with_a_sentence(member_client, razi, text, way):
    answer = member_client.get(URL, {"q": text, "province": text[:50], "recent": text, "near": text, **way})
    assert answer.status_code == 200
    assert "<b>رازی</b>" not in answer.content.decode() or way


def test_a_page_costs_the_same_however_many_centres_there_are(
    member_client, make_centre, razi, django_assert_max_num_queries
):
    member_client.get(URL, {"q": "رازی"})
    for number in range(20):
        make_centre(f"بیمارستان رازی {number}", province="گیلان", city="رشت")
    member_client.get(URL, {"q": "رازی"})
    with django_assert_max_num_queries(6):
        member_client.get(URL, {"q": "رازی"})
