"""No page of the activation can be skipped to, and none keeps what is over."""

import pytest

from members.views.progress import LIFE_SECONDS


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/activate/code/", "/activate/account/", "/activate/mobile/"])
def test_who_skips_a_page_begins_at_the_first_and_reads_why(client, cast, address, method):
    answer = getattr(client, method)(address, follow=True)
    assert answer.redirect_chain == [("/activate/", 302)]
    assert "فعال‌سازی از این صفحه آغاز می‌شود" in answer.content.decode()


def test_a_match_alone_does_not_open_the_account(walk, client):
    walk.begin()
    assert client.get("/activate/account/").url == "/activate/code/"
    assert walk.fill_in().url == "/activate/code/"
    assert client.get("/activate/mobile/").url == "/activate/code/"


def test_the_mobile_page_waits_for_the_account_page(walk, client):
    walk.begin()
    walk.prove_by_code()
    assert client.get("/activate/mobile/").url == "/activate/account/"


def test_another_browser_has_not_proved_anything(walk, client):
    walk.begin()
    walk.prove_by_code()
    client.cookies.clear()
    assert client.get("/activate/account/").url == "/activate/"


def test_after_half_an_hour_one_begins_again(on_1403_10_01, walk, client):
    walk.begin()
    on_1403_10_01.shift(LIFE_SECONDS + 1)
    assert client.get("/activate/code/").url == "/activate/"


def test_afterwards_nothing_of_it_is_left_in_the_session(walk, client):
    walk.begin()
    walk.prove_by_code()
    walk.fill_in()
    assert not {"activation", "activation_typed"} & set(client.session.keys())
    assert client.get("/activate/account/").url == "/activate/"


@pytest.mark.parametrize(
    "address", ["/activate/", "/activate/code/", "/activate/account/", "/activate/report/"]
)
def test_other_methods_are_refused(client, db, address):
    assert client.put(address).status_code == 405
    assert client.delete(address).status_code == 405


def test_pages_are_never_kept_by_a_cache(client, cast):
    assert "no-store" in client.get("/activate/")["Cache-Control"]
