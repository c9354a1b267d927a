"""A code proves that this account reads this number, for this purpose, once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from members import codes
from members.models import OneTimeCode
from notifications.models import Message

NUMBER = "09121234567"
START = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def send(user, number=NUMBER, purpose=codes.CLAIM, address="192.0.2.1"):
    return codes.send(user, number=number, purpose=purpose, address=address)


def verify(user, code, number=NUMBER, purpose=codes.CLAIM):
    return codes.verify(user, number=number, purpose=purpose, code=code)


def other_than(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_code_that_was_sent_is_accepted_once(member, texts):
    send(member)
    code = texts(NUMBER)
    assert verify(member, code)
    assert not verify(member, code)


def test_a_code_is_accepted_in_persian_digits_with_spaces(member, texts):
    from portal.lib.text import persian_digits

    send(member)
    code = texts(NUMBER)
    assert verify(member, persian_digits(f"{code[:3]} {code[3:]}"))


def test_the_sending_says_when_it_may_be_repeated_and_until_when_the_code_lives(member, clock):
    sent = send(member)
    assert (sent.resend_after, sent.expires_at) == (60, START + timedelta(minutes=5))
    state = codes.state(member, number=NUMBER, purpose=codes.CLAIM)
    assert (state.is_live, state.resend_in, state.expires_at) == (True, 60, sent.expires_at)


def test_the_message_expires_with_the_code_and_ends_with_the_line_that_phones_read(member, texts, settings):
    sent = send(member)
    message = Message.objects.get(kind="code")
    assert message.not_after == sent.expires_at
    assert message.content()[0].splitlines()[-1] == f"@{settings.PUBLIC_HOST} #{texts(NUMBER)}"


def test_nothing_of_a_code_is_readable_in_the_database(member, texts):
    send(member)
    code = texts(NUMBER)
    message = Message.objects.get(kind="code")
    stored = [*OneTimeCode.objects.values_list().get(), message.text, str(message.values), message.sealed]
    assert not [value for value in stored if code in str(value)]


def test_a_second_code_within_a_minute_is_refused_with_the_wait(member, clock):
    send(member)
    clock.shift(45)
    with pytest.raises(codes.Refused) as refusal:
        send(member)
    assert refusal.value.wait == 15
    assert "۱۵ ثانیه" in str(refusal.value)


def test_a_resend_carries_the_same_code_while_it_lives(member, texts, clock):
    send(member)
    first = texts(NUMBER)
    clock.shift(61)
    send(member)
    assert texts(NUMBER) == first
    assert Message.objects.filter(kind="code").count() == 2


def test_a_code_ends_after_five_minutes_and_a_new_one_follows(member, texts, clock):
    send(member)
    old = texts(NUMBER)
    clock.shift(5 * 60)
    assert not verify(member, old)
    send(member)
    assert texts(NUMBER) != old
    assert not verify(member, old)
    assert verify(member, texts(NUMBER))


def test_five_wrong_tries_end_a_code(member, texts):
    send(member)
    code = texts(NUMBER)
    for _ in range(5):
        assert not verify(member, other_than(code))
    assert not verify(member, code)
    assert not codes.state(member, number=NUMBER, purpose=codes.CLAIM).is_live


def test_four_wrong_tries_do_not(member, texts):
    send(member)
    code = texts(NUMBER)
    for _ in range(4):
        verify(member, other_than(code))
    assert verify(member, code)


def test_twenty_tries_a_day_are_enough(member, texts, clock):
    for _ in range(4):
        send(member)
        for _ in range(5):
            verify(member, other_than(texts(NUMBER)))
        clock.shift(6 * 60)
    send(member)
    with pytest.raises(codes.Refused) as refusal:
        verify(member, texts(NUMBER))
    assert "ساعت" in str(refusal.value)


def test_tries_of_one_purpose_do_not_shut_another(member, texts, settings):
    settings.LIMITS = settings.LIMITS | {"code-tries-day": (2, 86400)}
    send(member, purpose=codes.CAPTCHA)
    for _ in range(2):
        verify(member, other_than(texts(NUMBER)), purpose=codes.CAPTCHA)
    with pytest.raises(codes.Refused):
        verify(member, texts(NUMBER), purpose=codes.CAPTCHA)
    send(member, purpose=codes.CLAIM)
    assert verify(member, texts(NUMBER), purpose=codes.CLAIM)


def test_without_a_live_code_nothing_is_counted(member, texts, clock):
    send(member)
    clock.shift(6 * 60)
    for _ in range(30):
        assert not verify(member, texts(NUMBER))
        assert not verify(member, "000000", purpose=codes.MOBILE)
    send(member)
    assert verify(member, texts(NUMBER))


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"number": "09129999999"},
        {"purpose": codes.PASSWORD},
    ],
    ids=["number", "purpose"],
)
def test_a_code_counts_for_its_own_number_and_purpose_only(member, texts, elsewhere):
    send(member)
    code = texts(NUMBER)
    assert not verify(member, code, **elsewhere)
    assert verify(member, code)


def test_a_code_counts_for_its_own_account_only(member, stranger, texts):
    send(member)
    code = texts(NUMBER)
    assert not verify(stranger, code)
    assert verify(member, code)


def test_a_number_gets_five_codes_an_hour_that_nobody_confirms(member, clock):
    for _ in range(5):
        send(member)
        clock.shift(61)
    with pytest.raises(codes.Refused) as refusal:
        send(member)
    assert refusal.value.wait > 50 * 60
    clock.shift(3600)
    send(member)


def test_a_number_gets_ten_codes_a_day_whoever_asks(member, stranger, clock):
    for turn in range(10):
        send((member, stranger)[turn % 2])
        clock.shift(1200)
    with pytest.raises(codes.Refused):
        send(member)


def test_confirming_a_code_frees_its_number(member, texts, clock):
    for _ in range(5):
        clock.shift(61)
        send(member)
    assert verify(member, texts(NUMBER))
    send(member)


def test_one_address_cannot_ask_for_codes_without_end(member, settings):
    settings.LIMITS = settings.LIMITS | {"code-address": (2, 3600)}
    send(member, number="09120000001")
    send(member, number="09120000002")
    with pytest.raises(codes.Refused):
        send(member, number="09120000003")
    send(member, number="09120000003", address="192.0.2.9")


def test_the_global_budget_stops_sending_and_sounds_the_alarm_once(member, settings, caplog, mailoutbox):
    settings.MANAGERS = [("staff@portal.example.ir", "staff@portal.example.ir")]
    settings.LIMITS = settings.LIMITS | {"code-global": (1, 3600)}
    send(member, number="09120000001")
    with pytest.raises(codes.Refused):
        send(member, number="09120000002")
    with pytest.raises(codes.Refused):
        send(member, number="09120000003")
    assert caplog.text.count("budget of codes is spent") == 1
    [mail] = mailoutbox
    assert mail.to == ["staff@portal.example.ir"] and "CODES_PER_HOUR" in mail.body
    assert "0912" not in mail.body


def test_the_switch_stops_sending(member, settings):
    settings.CODES_ARE_SENT = False
    with pytest.raises(codes.Refused):
        send(member)
    assert not Message.objects.exists()


def test_a_number_is_known_as_confirmed_whatever_the_purpose_was(member, stranger, texts, clock):
    assert codes.confirmed_at(member, NUMBER) is None
    send(member, purpose=codes.ACTIVATION)
    verify(member, texts(NUMBER), purpose=codes.ACTIVATION)
    assert codes.confirmed_at(member, NUMBER) == START
    assert codes.confirmed_at(stranger, NUMBER) is None


def test_staff_get_no_codes_by_sms(db):
    from members.models import User

    officer = User.objects.create_user("officer", "a-long-password", is_staff=True)
    with pytest.raises(ValueError, match="Staff"):
        send(officer)
