"""A new mobile needs a code from the old number and one from the new; both are told afterwards."""

import pytest

from notifications.models import Message

OLD, NEW = "09121110001", "09351112222"


@pytest.fixture
def maryam(client, cast):
    client.force_login(cast.maryam)
    return cast.maryam


def begin(client, number=NEW, **more):
    return client.post("/account/mobile/", {"mobile": number, **more})


def confirm(client, **codes):
    return client.post("/account/mobile/code/", codes)


def test_both_codes_change_the_number_and_both_numbers_are_told(client, maryam, texts):
    assert begin(client, "+98 935 111 2222").url == "/account/mobile/code/"
    assert confirm(client, old_code=texts(OLD), new_code=texts(NEW)).url == "/account/"
    maryam.refresh_from_db()
    assert maryam.mobile == NEW
    told = Message.objects.filter(kind="mobile_changed")
    assert {message.to for message in told} == {OLD, NEW}
    assert all(NEW not in message.text and "22" in message.text for message in told)


@pytest.mark.parametrize("wrong", ["old_code", "new_code"])
def test_one_wrong_code_changes_nothing(client, maryam, texts, wrong):
    begin(client)
    right = {"old_code": texts(OLD), "new_code": texts(NEW)}
    answer = confirm(client, **right | {wrong: f"{(int(right[wrong]) + 1) % 1_000_000:06}"})
    assert list(answer.context["form"].errors) == [wrong]
    maryam.refresh_from_db()
    assert maryam.mobile == OLD


def test_what_holds_for_both_numbers_is_said_once(client, maryam):
    begin(client)
    page = client.post("/account/mobile/code/", {"send": "1"}, follow=True).content.decode()
    assert page.count("کد را تازه فرستاده‌ایم") == 1


def test_a_number_that_is_confirmed_is_not_asked_again(client, maryam, texts):
    begin(client)
    old, new = texts(OLD), texts(NEW)
    confirm(client, old_code=old, new_code="000000" if new != "000000" else "111111")
    assert list(client.get("/account/mobile/code/").context["form"].fields) == ["new_code"]
    assert confirm(client, new_code=new).url == "/account/"


def test_one_code_does_not_stand_for_the_other(client, maryam, texts):
    begin(client)
    confirm(client, old_code=texts(NEW), new_code=texts(OLD))
    maryam.refresh_from_db()
    assert maryam.mobile == OLD


def test_the_page_for_the_codes_cannot_be_skipped_to(client, maryam):
    assert client.get("/account/mobile/code/").url == "/account/mobile/"
    assert confirm(client, old_code="123456", new_code="123456").url == "/account/mobile/"


def test_after_a_quarter_of_an_hour_one_begins_again(on_1403_10_01, client, cast):
    client.force_login(cast.maryam)
    begin(client)
    on_1403_10_01.shift(15 * 60 + 1)
    assert client.get("/account/mobile/code/").url == "/account/mobile/"


def test_the_present_number_is_no_change(client, maryam):
    assert "mobile" in begin(client, OLD).context["form"].errors
    assert not Message.objects.exists()


def test_somebody_without_a_number_confirms_the_new_one_alone(client, maryam, texts):
    maryam.mobile = ""
    maryam.save(update_fields=["mobile"])
    begin(client)
    assert confirm(client, new_code=texts(NEW)).url == "/account/"
    assert Message.objects.get(kind="mobile_changed").to == NEW


def test_who_has_lost_the_old_number_is_led_to_a_report(client, maryam):
    for address in ("/account/mobile/", "/account/mobile/code/"):
        begin(client)
        assert 'href="/discrepancies/new/?subject=mobile"' in client.get(address).content.decode()


def test_an_expired_session_cannot_be_used_to_take_the_number(client, cast):
    assert begin(client).url.startswith("/login/")
