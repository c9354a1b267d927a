"""A page whose token another login has put out of date: nothing is done, and what was typed stands again."""

import pytest
from django.test import Client

PAGE = "/account/contact/"
TYPED = {"email": "new@example.ir", "address": "تهران"}


@pytest.fixture
def strict(cast, come_in):
    """Maryam's browser, which checks the token as production does."""
    client = Client()
    come_in(client, cast.maryam)
    client.handler.enforce_csrf_checks = True
    client.get(PAGE)
    return client


def post(client, values=TYPED, **headers):
    return client.post(PAGE, values | {"csrfmiddlewaretoken": "x" * 64}, headers=headers)


def test_what_was_typed_stands_again_and_nothing_was_done(strict, cast):
    assert post(strict).url == PAGE
    shown = strict.get(PAGE)

    assert {name: shown.context["form"][name].value() for name in TYPED} == TYPED
    assert "این صفحه قدیمی شده بود و فرم فرستاده نشد" in shown.content.decode()
    cast.maryam.refresh_from_db()
    assert cast.maryam.email != TYPED["email"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Mode": "cors"},
        # A browser that does not tell who asks.
        {"Accept": "application/json"},
    ],
)
def test_nothing_is_kept_of_what_another_site_or_a_script_posts(strict, headers):
    assert post(strict, **headers).status_code == 403

    assert strict.get(PAGE).context["form"]["email"].value() != TYPED["email"]


def test_who_is_not_signed_in_gets_the_page_that_says_what_to_do(db):
    answer = Client(enforce_csrf_checks=True).post("/login/", {"national_id": "1"})

    assert answer.status_code == 403
    assert "این صفحه قدیمی شده بود" in answer.content.decode()


def test_where_nothing_was_typed_there_is_nothing_to_keep(strict):
    assert strict.post("/logout/", {"csrfmiddlewaretoken": "x" * 64}).status_code == 403
