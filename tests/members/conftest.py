"""Two members who know nothing of each other, and what was texted to them."""

import pytest

from tests import cast


@pytest.fixture
def group_type(db):
    return cast.group_type()


@pytest.fixture
def member(group_type):
    return cast.make_member(cast.make_person("مریم", "کاظمی‌نیا"), mobile="09121234567")


@pytest.fixture
def stranger(group_type):
    return cast.make_member(cast.make_person("رضا", "مرادی"), mobile="09351234567")


@pytest.fixture
def texts(db):
    """Reads the newest code that was written to a number."""
    from notifications.models import Message

    def newest_code(number):
        message = Message.objects.filter(to=number, kind="code").latest("pk")
        return message.content()[1]["code"]

    return newest_code
