"""A clock that stands, and somebody who comes in."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.cast import PASSWORD


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 5, 1, 8, 0, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def come_in():
    def come_in(client, user, **given):
        return client.post(
            "/login/",
            {
                "national_id": user.person.national_id,
                "password": PASSWORD,
                "membership_type": user.membership_type_id,
                "captcha": "PASSED",
                **given,
            },
        )

    return come_in


@pytest.fixture
def is_in():
    return lambda client: client.get("/form/").status_code == 200
