"""«تأیید حساب»: what the member fills in, and what makes the account theirs."""

import pytest

from notifications.models import Message


@pytest.fixture
def proven(walk):
    walk.begin()
    walk.prove_by_code()
    return walk


def log_in(client, walk):
    return client.post(
        "/login/",
        {
            "national_id": walk.person.national_id,
            "membership_type": walk.typed["membership_type"],
            "password": walk.password,
            "captcha": "PASSED",
        },
    )


def test_the_whole_way_ends_on_the_login_page_and_the_password_works(proven, client):
    answer = client.post("/activate/account/", proven.account_form, follow=True)
    assert answer.redirect_chain[-1][0] == "/login/"
    assert "عضویت شما با موفقیت فعال شد. اکنون می‌توانید وارد شوید." in answer.content.decode()
    account = proven.account()
    assert account.is_active and account.activated_at
    assert account.username == f"group:{proven.person.national_id}"
    assert log_in(client, proven).status_code == 302


def test_the_member_is_told_by_sms_once(proven):
    proven.fill_in()
    message = Message.objects.get(kind="activated")
    assert message.to == "09121110004" and message.recipient == proven.account()


def test_before_that_nobody_can_log_in(proven, client):
    account = proven.account()
    assert not account.is_active and not account.has_usable_password()
    proven.fill_in(mobile="09355550000")
    assert not proven.account().is_active
    assert log_in(client, proven).status_code == 200


def test_another_mobile_is_confirmed_by_a_code_of_its_own(proven, client):
    assert proven.fill_in(mobile="۰۹۳۵ ۵۵۵ ۰۰۰۰").url == "/activate/mobile/"
    assert client.post("/activate/mobile/", {"code": "000000"}).status_code == 200
    assert not proven.account().is_active
    answer = client.post("/activate/mobile/", {"code": proven.code_for("09355550000")})
    assert answer.url == "/login/"
    assert proven.account().is_active and proven.account().mobile == "09355550000"


def test_a_code_for_the_rosters_number_does_not_confirm_another(proven, client):
    earlier = proven.code_for("09121110004")
    proven.fill_in(mobile="09355550000")
    client.post("/activate/mobile/", {"code": earlier})
    assert not proven.account().is_active


def test_what_another_window_filled_in_is_not_confirmed_here(proven, client):
    proven.fill_in(mobile="09355550000")
    code = proven.code_for("09355550000")
    account = proven.account()
    account.set_password("Another-window-8")
    account.save(update_fields=["password"])
    assert client.post("/activate/mobile/", {"code": code}).url == "/activate/account/"
    assert not proven.account().is_active


def test_the_number_can_be_changed_again_before_it_is_confirmed(proven, client):
    proven.fill_in(mobile="09355550000")
    assert 'href="/activate/account/"' in client.get("/activate/mobile/").content.decode()
    assert proven.fill_in().url == "/login/"


def test_everything_typed_is_kept_with_the_account(proven):
    proven.fill_in(email="f@example.ir", phone="021-12345678", fax="", address="تهران", notes="يک\nدو")
    account = proven.account()
    assert (account.email, account.phone, account.address) == ("f@example.ir", "02112345678", "تهران")
    assert account.notes == "یک\nدو"


@pytest.mark.parametrize(
    ("bent", "field"),
    [
        ({"password": "short-1", "password_again": "short-1"}, "password"),
        ({"password": "رمز‌عبور‌فارسی۱۲", "password_again": "رمز‌عبور‌فارسی۱۲"}, "password"),
        ({"password": "password123", "password_again": "password123"}, "password"),
        ({"password": "09355550000", "password_again": "09355550000", "mobile": "09355550000"}, "password"),
        ({"password_again": "something-else-1"}, "password_again"),
        ({"mobile": ""}, "mobile"),
        ({"mobile": "0912"}, "mobile"),
        ({"email": "nobody"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"address": "x" * 10_000}, "address"),
        ({"notes": "\x00" + "x" * 10_000}, "notes"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(proven, bent, field):
    answer = proven.fill_in(**bent)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not proven.account().is_active


def test_the_national_id_is_no_password(proven):
    number = proven.person.national_id
    answer = proven.fill_in(password=number, password_again=number)
    assert "password" in answer.context["form"].errors


def test_the_landline_is_mandatory_where_the_setting_says_so(proven, settings):
    settings.PHONE_IS_MANDATORY = True
    assert "phone" in proven.fill_in().context["form"].errors


def test_or_where_the_membership_type_says_so(proven, cast):
    cast.contract.membership_type.phone_is_mandatory = True
    cast.contract.membership_type.save()
    assert "phone" in proven.fill_in().context["form"].errors


def test_passwords_are_never_in_the_page_that_comes_back(proven):
    assert proven.password not in proven.fill_in(mobile="").content.decode()


def test_read_only_values_are_not_taken_from_what_is_posted(proven):
    proven.fill_in(**{"roster-first_name": "دیگری", "first_name": "دیگری", "is_staff": "1"})
    proven.person.refresh_from_db()
    assert proven.person.first_name == "فاطمه‌سادات"
    assert not proven.account().is_staff
