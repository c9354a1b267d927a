"""«شمارهٔ موبایل»: a code proves that the number is read; a number proved within a day needs none."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Claim, Status
from members import codes
from members.models import OneTimeCode
from notifications.models import Message
from portal.lib import dates
from tests.claims.conftest import Filling

OTHER = "09350001122"


@pytest.fixture
def at_mobile(filling) -> Filling:
    filling.start()
    filling.post("details", filling.details())
    filling.add_documents()
    return filling


def code_of(filling, number=OTHER):
    """The code as its owner reads it on the phone."""
    row = OneTimeCode.objects.get(user=filling.cast.maryam, number=number, purpose="claim")
    return codes._code_of(row)


def test_the_field_holds_the_accounts_number(at_mobile):
    page = at_mobile.client.get(at_mobile.url("mobile")).content.decode()

    assert at_mobile.cast.maryam.mobile in page
    assert "دریافت کد تأیید" in page


def test_asking_for_a_code_writes_one_message(at_mobile):
    page = at_mobile.post("mobile", {"mobile": "۰۹۳۵ ۰۰۰ ۱۱۲۲", "send": "1"}).content.decode()

    assert Message.objects.get(kind="code").to == OTHER
    assert "کد تأیید پیامک شد" in page
    assert 'autocomplete="one-time-code"' in page


def test_who_asks_again_too_early_still_sees_where_the_code_goes(at_mobile):
    at_mobile.post("mobile", {"mobile": OTHER, "send": "1"})

    page = at_mobile.post("mobile", {"mobile": OTHER, "send": "1"}).content.decode()

    assert "برای ارسال دوباره" in page
    assert "data-countdown=" in page
    assert 'autocomplete="one-time-code"' in page
    assert Message.objects.filter(kind="code").count() == 1


def test_the_fifth_wrong_try_says_that_a_fresh_code_is_needed(at_mobile):
    at_mobile.post("mobile", {"mobile": OTHER, "send": "1"})
    wrong = {"mobile": OTHER, "code": f"{(int(code_of(at_mobile)) + 1) % 1_000_000:06}", "verify": "1"}

    told = [at_mobile.post("mobile", wrong).content.decode() for _ in range(5)]

    assert all("دوباره وارد کنید" in page for page in told[:4])
    assert "تا کد تازه‌ای به این شماره برود" in told[4]


@pytest.mark.parametrize("button", ["verify", "next"])
def test_the_right_code_confirms_and_leads_to_the_review(at_mobile, button):
    at_mobile.post("mobile", {"mobile": OTHER, "send": "1"})

    answer = at_mobile.post("mobile", {"mobile": OTHER, "code": code_of(at_mobile), button: "1"})

    assert answer.url == at_mobile.url("review")
    assert at_mobile.claim.mobile == OTHER
    assert at_mobile.claim.mobile_confirmed_at is not None


def test_a_wrong_code_is_told_at_its_field_and_counted(at_mobile):
    at_mobile.post("mobile", {"mobile": OTHER, "send": "1"})
    wrong = f"{(int(code_of(at_mobile)) + 1) % 1_000_000:06}"

    page = at_mobile.post("mobile", {"mobile": OTHER, "code": wrong, "verify": "1"}).content.decode()

    assert "کد درست نیست یا زمانش گذشته است" in page
    assert at_mobile.claim.mobile_confirmed_at is None


def test_next_without_a_code_sends_one(at_mobile):
    at_mobile.post("mobile", {"mobile": OTHER, "next": "1"})

    assert Message.objects.filter(kind="code", to=OTHER).count() == 1


def test_a_number_confirmed_within_a_day_asks_nothing(at_mobile):
    assert at_mobile.confirm_mobile().url == at_mobile.url("review")
    assert not Message.objects.filter(kind="code").exists()


def test_a_day_later_it_asks_again(at_mobile):
    OneTimeCode.objects.create(
        user=at_mobile.cast.maryam,
        number=OTHER,
        purpose="mobile",
        confirmed_at=timezone.now() - timedelta(hours=25),
    )

    at_mobile.post("mobile", {"mobile": OTHER, "next": "1"})

    assert at_mobile.claim.mobile_confirmed_at is None


def test_the_code_of_another_number_is_worth_nothing(at_mobile):
    at_mobile.post("mobile", {"mobile": OTHER, "send": "1"})
    code = code_of(at_mobile)

    answer = at_mobile.post("mobile", {"mobile": "09350009999", "code": code, "verify": "1"})

    assert at_mobile.claim.mobile_confirmed_at is None
    page = answer.content.decode()
    assert "تا کد تازه‌ای به این شماره برود" in page
    # To this number none was sent.
    assert "کد تأیید پیامک شد" not in page


def test_a_later_change_of_the_number_asks_for_a_new_code(at_mobile):
    at_mobile.confirm_mobile()

    answer = at_mobile.post("mobile", {"mobile": OTHER, "next": "1"})

    assert answer.status_code == 200
    assert at_mobile.claim.mobile == at_mobile.cast.maryam.mobile


def test_a_claim_that_came_back_shows_its_number_with_the_way_to_change_it(at_mobile):
    at_mobile.confirm_mobile()
    at_mobile.post("review", {"submit": "1"})
    Claim.objects.filter(pk=at_mobile.claim.pk).update(status=Status.DEFICIENT, answer_until=dates.today())

    page = at_mobile.client.get(at_mobile.url("mobile")).content.decode()
    assert "تغییر شمارهٔ موبایل" in page
    assert "دریافت کد تأیید" not in page

    changing = f"{at_mobile.url('mobile')}?change=1"
    assert "دریافت کد تأیید" in at_mobile.client.get(changing).content.decode()
    at_mobile.client.post(changing, {"mobile": OTHER, "send": "1"})
    at_mobile.client.post(changing, {"mobile": OTHER, "code": code_of(at_mobile), "verify": "1"})
    at_mobile.claim.refresh_from_db()
    assert at_mobile.claim.mobile == OTHER


@pytest.mark.parametrize("junk", ["", "123", "02188888888", "x" * 10_000, "\0", "😀", "0912345678‮"])
def test_a_number_that_is_none_gets_a_sentence(at_mobile, junk):
    answer = at_mobile.post("mobile", {"mobile": junk, "send": "1"})

    assert answer.status_code == 200
    assert not Message.objects.filter(kind="code").exists()
