"""The newcomer of the cast walks through the activation, page by page."""

import pytest

from members.models import User
from notifications.models import Message
from tests import cast


class Walk:
    """One browser in the activation of one person; `typed` may be bent before any page."""

    password = "Calm-harbour-51"

    def __init__(self, client, person):
        self.client, self.person = client, person
        self.typed = {
            "membership_type": str(cast.group_type().pk),
            "national_id": person.national_id,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "captcha": "PASSED",
        }
        self.account_form = {
            "password": self.password,
            "password_again": self.password,
            "mobile": "09121110004",
        }

    def begin(self, **bent):
        return self.client.post("/activate/", self.typed | bent)

    def code_for(self, number):
        return Message.objects.filter(to=number, kind="code").latest("pk").content()[1]["code"]

    def prove_by_code(self, number="09121110004"):
        return self.client.post("/activate/code/", {"code": self.code_for(number)})

    def fill_in(self, **bent):
        return self.client.post("/activate/account/", self.account_form | bent)

    def account(self):
        return User.objects.get(person=self.person)


@pytest.fixture
def walk(client, cast):
    return Walk(client, cast.newcomer)


@pytest.fixture
def walk_of(client):
    return lambda person: Walk(client, person)
