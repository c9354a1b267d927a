"""Of a step that was begun its heading says what is still missing, wherever in the wizard its member is."""

import pytest

from tests.claims.conftest import photo


@pytest.fixture
def begun(filling):
    filling.start()
    filling.post("details", filling.details())
    filling.post("documents", {"images": [photo("یک"), photo("دو")], "file_report": photo("سه")})
    return filling


def heading(filling, title):
    """The closed step of this title, on the page of the first step."""
    page = filling.client.get(filling.url("basics"))
    return next(step for step in page.context["steps"] if step["title"] == title)


def test_a_begun_step_says_what_it_lacks_and_leads_there(begun):
    papers = heading(begun, "تصاویر مدارک")

    assert papers["state"] == "todo"
    assert papers["edit_url"] == begun.url("documents")
    assert papers["summary"] == [
        "عنوان همهٔ تصاویر را انتخاب کنید",
        "تصویر قبض یا صورت‌حساب لازم است",
        "تصویر «دستور پزشک» بارگذاری نشده است",
    ]
    page = begun.client.get(begun.url("basics")).content.decode()
    assert '<p class="step-line">تصویر قبض یا صورت‌حساب لازم است</p>' in page


def test_a_long_list_is_cut_short(begun):
    begun.claim.home_province = begun.claim.base_insurer = begun.claim.centre = None
    begun.claim.paid_amount = begun.claim.has_eprescription = None
    begun.claim.save()

    lines = heading(begun, "جزئیات پرونده")["summary"]

    assert len(lines) == 4
    assert lines[-1] == "و ۲ مورد دیگر"


def test_a_step_that_was_not_begun_is_a_title_alone(begun):
    alone = {"title": "شمارهٔ موبایل", "state": "todo", "summary": [], "edit_url": ""}
    assert heading(begun, "شمارهٔ موبایل") == alone


def test_a_step_behind_an_incomplete_one_is_not_offered(begun):
    contract = begun.cast.contract
    contract.council_number_required = True
    contract.save()

    assert heading(begun, "جزئیات پرونده")["summary"] == ["«کد نظام پزشکی» را وارد کنید"]
    assert heading(begun, "جزئیات پرونده")["edit_url"] == begun.url("details")
    assert heading(begun, "تصاویر مدارک")["edit_url"] == ""
