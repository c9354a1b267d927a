"""Between the match and the account stands a proof; until then nothing of the roster shows."""

import pytest

from notifications.models import Message
from tests import cast as people
from tests.tokens import without_tokens


class TestByCode:
    def test_the_code_goes_to_the_rosters_number_of_which_two_digits_show(self, walk, client):
        assert walk.begin().url == "/activate/code/"
        assert Message.objects.get(kind="code").to == "09121110004"
        page = client.get("/activate/code/").content.decode()
        assert "۰۹•••••••۰۴" in page
        assert "09121110004" not in page and "۰۹۱۲۱۱۱۰۰۰۴" not in page

    def test_nothing_else_of_the_roster_is_on_the_page(self, walk, client, cast):
        walk.begin()
        page = without_tokens(client.get("/activate/code/").content.decode())
        for told in (cast.newcomer.national_id, cast.newcomer.last_name, "۱۳۶۵/۰۸/۲۶", "912"):
            assert told not in page

    def test_the_right_code_opens_the_account_page_under_a_new_session_key(self, walk, client):
        walk.begin()
        before = client.session.session_key
        assert walk.prove_by_code().url == "/activate/account/"
        assert client.session.session_key != before
        assert client.get("/activate/account/").status_code == 200

    def test_a_wrong_code_opens_nothing(self, walk, client):
        walk.begin()
        right = walk.code_for("09121110004")
        answer = client.post("/activate/code/", {"code": f"{(int(right) + 1) % 1_000_000:06}"})
        assert answer.context["form"].errors["code"]
        assert client.get("/activate/account/").url == "/activate/code/"

    def test_a_new_code_may_be_asked_for_after_a_minute(self, on_1403_10_01, walk, client):
        walk.begin()
        assert "صبر کنید" in client.post("/activate/code/", {"send": "1"}, follow=True).content.decode()
        on_1403_10_01.shift(61)
        client.post("/activate/code/", {"send": "1"})
        assert Message.objects.filter(kind="code").count() == 2

    def test_who_cannot_reach_the_number_is_led_to_the_report(self, walk, client):
        walk.begin()
        assert 'href="/activate/report/?about=mobile"' in client.get("/activate/code/").content.decode()


@pytest.fixture
def make_one(cast, walk_of):
    """Somebody on the roster without a mobile; the walk of their activation."""

    def made(*, certificate="4821", primary=None, personnel_code="", **person):
        one = people.make_person("لیلا", "شریفی", birth_certificate_number=certificate, **person)
        people.enrol(one, cast.contract, primary=primary, personnel_code=personnel_code)
        walk = walk_of(one)
        walk.begin()
        return walk

    return made


def answered(walk, second, birth_date="۱۳۶۵/۸/۲۶"):
    return walk.client.post("/activate/code/", {"birth_date": birth_date, "second": second})


class TestByAnswers:
    def test_birth_date_and_certificate_number_are_asked_and_never_shown(self, make_one, client):
        make_one()
        page = client.get("/activate/code/")
        assert page.context["form"].fields["second"].label == "شمارهٔ شناسنامه"
        assert "4821" not in page.content.decode() and "۱۳۶۵" not in page.context["form"].as_p().replace(
            "۱۳۶۵/۰۸/۲۶", "", 1
        )

    def test_both_right_open_the_account_page(self, make_one):
        assert answered(make_one(), "۴۸۲۱").url == "/activate/account/"

    @pytest.mark.parametrize(("second", "birth_date"), [("4822", "1365/08/26"), ("4821", "1365/08/27")])
    def test_one_wrong_is_refused_without_saying_which(self, make_one, second, birth_date):
        answer = answered(make_one(), second, birth_date)
        assert list(answer.context["form"].errors) == ["__all__"]

    def test_there_are_five_tries_a_day_for_one_person(self, make_one, client):
        walk = make_one()
        for _ in range(5):
            answered(walk, "1")
        assert "دوباره تلاش کنید" in answered(walk, "4821").content.decode()
        assert client.get("/activate/account/").url == "/activate/code/"

    @pytest.mark.parametrize("certificate", ["", "0", "0990777777"])
    def test_a_certificate_number_that_says_nothing_is_replaced_by_the_primarys_id(
        self, make_one, cast, certificate, client
    ):
        given = {"national_id": certificate} if len(certificate) == 10 else {}
        walk = make_one(certificate=certificate, primary=cast.maryam.person, **given)
        page = client.get("/activate/code/")
        assert page.context["form"].fields["second"].label == "کد ملی بیمه‌شدهٔ اصلی"
        assert answered(walk, cast.stranger.person.national_id).status_code == 200
        assert answered(walk, cast.maryam.person.national_id).url == "/activate/account/"

    def test_or_by_the_personnel_code_where_the_roster_has_one(self, make_one, client):
        walk = make_one(certificate="", personnel_code="0771")
        assert client.get("/activate/code/").context["form"].fields["second"].label == "کد پرسنلی"
        assert answered(walk, "۷۷۱").url == "/activate/account/"

    def test_without_a_birth_date_there_is_no_proof_but_a_report(self, make_one, client):
        make_one(birth_date=None)
        page = client.get("/activate/code/").content.decode()
        assert "/activate/report/" in page and "<input" not in page

    @pytest.mark.parametrize("nonsense", ["x" * 10_000, "\x00", "\u202e", "🎉", "<b>", "1403/13/45"])
    def test_nonsense_gets_a_sentence(self, make_one, nonsense):
        answer = answered(make_one(), nonsense, nonsense)
        assert answer.status_code == 200 and answer.context["form"].errors


class TestAfterTheProof:
    def test_somebody_already_active_is_led_to_the_login(self, walk_of, cast, client):
        walk = walk_of(cast.maryam.person)
        assert walk.begin().url == "/activate/code/"
        assert "پیش‌تر" not in client.get("/activate/code/").content.decode()
        walk.prove_by_code("09121110001")
        answer = client.get("/activate/account/", follow=True)
        assert answer.redirect_chain[-1][0] == "/login/"
        assert "این عضویت پیش‌تر فعال شده است." in answer.content.decode()
        assert "مریم" not in answer.content.decode()

    def test_an_account_that_staff_have_closed_stays_closed(self, walk_of, cast, client):
        cast.maryam.is_active = False
        cast.maryam.save(update_fields=["is_active"])
        walk = walk_of(cast.maryam.person)
        walk.begin()
        walk.prove_by_code("09121110001")
        answer = walk.fill_in()
        assert answer.url == "/login/"
        assert not walk.account().is_active

    def test_the_read_only_values_are_those_of_the_roster(self, walk, client):
        walk.begin()
        walk.prove_by_code()
        shown = client.get("/activate/account/").context["roster"]
        assert shown.initial["birth_date"] == "۱۳۶۵/۰۸/۲۶"
        assert shown.initial["birth_certificate_number"] == "912"
        assert shown["national_id"].as_widget().count("readonly") == 1
