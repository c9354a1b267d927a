"""Whoever does not match the roster gets one page, and learns nothing about the roster from it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.tables import catalogue
from members.models import User
from portal.lib.dates import today
from tests import cast as people


@pytest.fixture
def strangers_attempts(cast):
    """Each kind of failure: unknown number, wrong first name, wrong last name, ended cover, contract over."""
    gone = people.make_person("نرگس", "صالحی")
    people.enrol(gone, cast.contract, cover_end=today() - timedelta(days=1))
    over = people.make_contract("OVER-1", start_date=today() - timedelta(days=500))
    before = people.make_person("حمید", "نوری")
    people.enrol(before, over)
    known = cast.newcomer
    return [
        (people.synthetic_national_id(900_001), "زهرا", "کریمی"),
        (known.national_id, "فاطمه", known.last_name),
        (known.national_id, known.first_name, "احمدی"),
        (gone.national_id, gone.first_name, gone.last_name),
        (before.national_id, before.first_name, before.last_name),
        # Somebody who is active already looks like everybody else.
        (cast.maryam.person.national_id, "زهرا", "کریمی"),
    ]


def test_every_failure_gives_the_same_bytes_for_the_same_effort(walk, strangers_attempts, client):
    seen = set()
    # What a process reads once, for all of them.
    catalogue()
    for national_id, first_name, last_name in strangers_attempts:
        client.cookies.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = walk.begin(national_id=national_id, first_name=first_name, last_name=last_name)
        seen.add((answer.status_code, answer.content, len(queries)))
    assert len(seen) == 1
    assert "گزارش مغایرت" in answer.content.decode()


def test_no_account_is_made_and_no_page_opens(walk, client, cast):
    walk.begin(first_name="زهرا")
    assert not User.objects.filter(person=cast.newcomer).exists()
    assert client.get("/activate/code/").url == "/activate/"
    assert client.get("/activate/account/").url == "/activate/"


def test_a_failure_ends_what_an_earlier_match_began(walk, client):
    walk.begin()
    walk.begin(first_name="زهرا")
    assert client.get("/activate/code/").url == "/activate/"


def test_a_wrong_check_digit_gives_a_friendlier_page_that_depends_on_nothing_but_what_was_typed(walk):
    answer = walk.begin(national_id="0990000019")
    assert "رقم‌های کد ملی را دوباره ببینید" in answer.content.decode()


def test_a_wrong_check_digit_that_stands_in_the_roster_too_is_no_hindrance(walk_of, cast):
    person = people.make_person("پروین", "ملکی", national_id="0990000019")
    people.enrol(person, cast.contract, mobile="09121110009")
    assert walk_of(person).begin().url == "/activate/code/"


def test_the_security_code_is_judged_before_anything_else(walk, cast):
    answer = walk.begin(captcha="12345", first_name="")
    assert set(answer.context["form"].errors) == {"captcha"}
    assert not User.objects.filter(person=cast.newcomer).exists()


def test_all_fields_are_mandatory_and_keep_what_was_typed(walk):
    answer = walk.begin(first_name="", last_name="Moosavi")
    errors = answer.context["form"].errors
    assert errors["first_name"] == ["«نام» را وارد کنید."]
    assert errors["last_name"] == ["فقط حروف فارسی وارد کنید."]
    assert walk.person.national_id in answer.content.decode()


def test_a_national_id_may_be_tried_five_times_a_day(walk):
    for _ in range(5):
        assert walk.begin(first_name="زهرا").status_code == 200
    refused = walk.begin().content.decode()
    assert "برای این کد ملی امروز چند بار تلاش شده است" in refused
    assert '<a class="link" href="/activate/report/">گزارش مغایرت</a>' in refused
    assert walk.client.get("/activate/code/").url == "/activate/"


def test_tries_for_an_unknown_number_are_counted_alike(walk):
    unknown = people.synthetic_national_id(900_002)
    for _ in range(5):
        walk.begin(national_id=unknown)
    assert "امروز چند بار تلاش شده است" in walk.begin(national_id=unknown).content.decode()


@pytest.mark.parametrize(
    ("first_name", "last_name"),
    [("فاطمه سادات", "موسوي"), ("فاطمهسادات", "موسوی"), (" فاطمه‌ سادات ", "مــوسوی")],
)
def test_spellings_of_one_name_match(walk, first_name, last_name):
    assert walk.begin(first_name=first_name, last_name=last_name).url == "/activate/code/"


def test_the_number_may_be_typed_with_persian_digits_and_without_leading_zeros(walk):
    from portal.lib.text import persian_digits

    typed = persian_digits(walk.person.national_id.lstrip("0"))
    assert walk.begin(national_id=typed).url == "/activate/code/"


class TestSayyed:
    def test_left_out_it_is_a_mismatch(self, walk_of, cast):
        walk = walk_of(cast.husband.person)
        assert walk.begin(first_name="محمدرضا").status_code == 200

    def test_where_the_operator_allows_it_staff_are_warned(self, walk_of, cast, settings):
        from members.models import Discrepancy

        settings.SAYYED_MAY_BE_LEFT_OUT = True
        person = people.make_person("سید علی", "رضوی")
        people.enrol(person, cast.contract, mobile="09121110004")
        walk = walk_of(person)
        walk.begin(first_name="علی")
        walk.prove_by_code()
        walk.fill_in()
        assert walk.account().is_active
        assert Discrepancy.objects.get(person=person).typed_first_name == "علی"
        assert not walk.account().discrepancies.exists()


@pytest.mark.parametrize("field", ["national_id", "first_name", "last_name"])
@pytest.mark.parametrize(
    "nonsense", ["x" * 10_000, "a\x00b", "\u202eabc", "🎉", "<b>", "' OR 1=1 --", "%%_\\"], ids=repr
)
def test_nonsense_gets_a_sentence(walk, field, nonsense):
    answer = walk.begin(**{field: nonsense})
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
