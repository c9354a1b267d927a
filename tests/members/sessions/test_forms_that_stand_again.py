"""Each form of a member, posted after the session has ended, stands again where it was; secrets never do."""

import pytest

from tests.cast import PASSWORD, enrol, make_contract
from tests.security.matrix import LINES, MEMBER

IDLE = 31 * 60
NEW_IBAN = "IR820540102680020817909002"
# Where a form stands, where it is posted to, and what is typed into it.
FORMS = {
    "account_contact": ("/account/contact/", {"email": "new@example.ir", "address": "تهران"}),
    "account_mobile": ("/account/mobile/", {"mobile": "09351112233"}),
    "account_iban": ("/account/iban/", {"iban": NEW_IBAN}),
    "discrepancy_new": (
        "/discrepancies/new/",
        {"subject": "cover", "text": "پایان پوشش", "about": "/cases/"},
    ),
}
SECRETS = {"current_password": PASSWORD, "password": PASSWORD, "code": "123456", "new_code": "123456"}
# Nothing is typed there but passwords and codes, or nothing at all.
NOTHING_TO_KEEP = {"account_password", "account_mobile_code", "account_sessions_end"}
# Their own tests are below.
CHOICES = {"contract", "account_privacy"}


@pytest.fixture
def returning(client, cast, clock, come_in):
    come_in(client, cast.maryam)
    clock.shift(IDLE)
    return client


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_stands_again_after_the_login(returning, cast, come_in, name):
    page, typed = FORMS[name]
    wanted = returning.post(page, typed | SECRETS).url
    assert wanted == f"/login/?next={page}"
    assert come_in(returning, cast.maryam, next=page).url == page
    shown = returning.get(page)
    form = shown.context["form"]
    assert {field: form[field].value() for field in typed} == typed
    assert PASSWORD not in shown.content.decode() and "123456" not in shown.content.decode()


@pytest.mark.parametrize("name", ["account_contact", "discrepancy_new"])
def test_what_the_page_posts_by_itself_is_not_sent_while_the_session_lives(client, cast, come_in, name):
    """Another window kept the session alive, and this one thought it over."""
    page, typed = FORMS[name]
    come_in(client, cast.maryam)
    shown = client.post(page, typed | {"unsent": "1"})
    form = shown.context["form"]
    assert {field: form[field].value() for field in typed} == typed
    cast.maryam.refresh_from_db()
    assert cast.maryam.email == "maryam@example.ir"
    assert not cast.maryam.discrepancies.exists()


def test_what_the_page_posts_by_itself_stands_again_as_what_was_sent_does(returning, cast, come_in):
    returning.post("/account/contact/", {"email": "new@example.ir", "unsent": "1"})
    come_in(returning, cast.maryam, next="/account/contact/")
    assert returning.get("/account/contact/").context["form"]["email"].value() == "new@example.ir"
    returning.post("/account/contact/", {"email": "new@example.ir"})
    cast.maryam.refresh_from_db()
    assert cast.maryam.email == "new@example.ir"


def test_the_contract_that_was_chosen_is_the_button_that_stands_out(returning, cast, come_in):
    other = make_contract("TEST-002", e_claims=False)
    enrol(cast.maryam.person, other)
    returning.post("/contract/", {"contract": str(other.pk)})
    come_in(returning, cast.maryam, next="/contract/")
    page = returning.get("/contract/").content.decode()
    assert f'button--main" autofocus name="contract" value="{other.pk}"' in page
    assert returning.get("/contract/").wsgi_request.contract == cast.contract


def test_the_tick_of_privacy_stands_again(client, cast, clock, come_in, settings):
    settings.ADULTS_MAY_KEEP_CLAIMS_PRIVATE = True
    come_in(client, cast.husband)
    clock.shift(IDLE)
    referer = {"Referer": "http://testserver/account/"}
    client.post("/account/privacy/", {"is_private": "on"}, headers=referer)
    come_in(client, cast.husband, next="/account/")
    assert client.get("/account/").context["privacy_form"]["is_private"].value()
    cast.husband.refresh_from_db()
    assert not cast.husband.keeps_claims_private


def test_a_choice_at_the_top_of_another_page_is_no_part_of_that_pages_form(returning, cast, come_in):
    given = {"contract": str(cast.contract.pk), "next": "/account/contact/"}
    answer = returning.post("/contract/", given, headers={"Referer": "http://testserver/account/contact/"})
    assert answer.url == "/login/?next=/contract/"
    come_in(returning, cast.maryam)
    assert returning.get("/account/contact/").context["form"]["email"].value() == "maryam@example.ir"


def test_no_form_of_members_is_forgotten():
    """Whatever takes a post of somebody signed in is named above."""
    taking = {
        name.partition(":")[2]
        for name, line in LINES.items()
        if name.startswith("members:") and line.kind == MEMBER and "POST" in line.methods
    }
    assert taking == set(FORMS) | NOTHING_TO_KEEP | CHOICES
