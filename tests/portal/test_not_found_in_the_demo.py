"""`make run` is tried by people who are no developers: what is not there is told to them as to members."""

import pytest


@pytest.mark.parametrize("address", ["/nowhere/", "/claims/of-a-stranger/", "/files/of-a-stranger/"])
def test_what_is_not_there_is_told_in_persian(client, cast, settings, address):
    settings.DEBUG = True
    client.force_login(cast.maryam)

    page = client.get(address)

    assert page.status_code == 404
    assert "این صفحه پیدا نشد" in page.content.decode()
    assert "urls" not in page.content.decode()
