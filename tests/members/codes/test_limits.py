"""Counted tries: windows, refusals that say how long, and whose address is believed."""

from datetime import UTC, datetime

import pytest
import time_machine

from members import limits
from members.models import Limit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_a_minute(settings):
    settings.LIMITS = {"search": (3, 60), "upload": (3, 60)}


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 5, 1, 8, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def spend_all(*keys):
    for _ in range(3):
        limits.spend("search", *keys)


def test_one_more_than_allowed_is_refused_and_says_how_long(clock):
    spend_all("ali")
    clock.shift(20)
    with pytest.raises(limits.TooMany) as refusal:
        limits.spend("search", "ali")
    assert refusal.value.wait == 40
    assert "۴۰ ثانیه" in str(refusal.value)


def test_a_new_window_begins_anew(clock):
    spend_all("ali")
    clock.shift(60)
    assert limits.spend("search", "ali") == 1


def test_keys_and_scopes_are_counted_apart(clock):
    spend_all("ali")
    assert limits.spend("search", "babak") == 1
    assert limits.spend("upload", "ali") == 1


def test_several_scopes_are_counted_at_once_and_the_first_that_is_spent_refuses(clock):
    assert limits.spend_all({"search": 1, "upload": 2}, "ali") == {"search": 1, "upload": 2}
    clock.shift(20)
    with pytest.raises(limits.TooMany) as refusal:
        limits.spend_all({"search": 1, "upload": 2}, "ali")
    assert refusal.value.wait == 40
    assert refusal.value.is_first
    assert (limits.count("search", "ali"), limits.count("upload", "ali")) == (2, 4)


def test_what_is_forgotten_begins_anew(clock):
    spend_all("ali")
    limits.forget("search", "ali")
    assert limits.spend("search", "ali") == 1


def test_a_harmless_try_can_be_given_back(clock):
    spend_all("ali")
    limits.give_back("search", "ali")
    assert limits.spend("search", "ali") == 3


def test_the_keys_are_not_readable_in_the_table():
    limits.spend("search", "0942183657")
    assert "0942183657" not in str(Limit.objects.values_list().get())


def test_windows_that_are_over_are_swept(clock):
    limits.spend("search", "ali")
    clock.shift(30)
    limits.spend("search", "babak")
    clock.shift(30)
    assert limits.sweep() == 1
    assert limits.count("search", "babak") == 1


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "192.0.2.1"),
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "nonsense", ""),
    ],
)
def test_only_what_our_own_proxies_add_is_believed(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert limits.address_of(rf.get("/", headers=headers, REMOTE_ADDR="192.0.2.1")) == address


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "۱ ثانیه"), (59, "۵۹ ثانیه"), (60, "۶۰ ثانیه"), (61, "۲ دقیقه"), (3601, "۲ ساعت")],
)
def test_waits_are_said_in_words(seconds, words):
    assert limits.in_words(seconds) == words


def test_a_wait_is_said_with_the_word_that_follows():
    assert limits.with_wait("{wait} دیگر", 900) == "۱۵ دقیقهٔ دیگر"
    assert limits.with_wait("{wait} دیگر", 7200) == "۲ ساعت دیگر"
    assert limits.with_wait("{wait} صبر کنید", 900) == "۱۵ دقیقه صبر کنید"


def test_an_address_that_may_be_a_carriers_is_refused_only_far_out():
    from portal.settings import LIMITS

    per_address = {scope: most for scope, (most, _) in LIMITS.items() if scope.endswith("address")}
    assert len(per_address) == 6
    assert all(most >= 600 for most in per_address.values())
