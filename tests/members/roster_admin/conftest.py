"""An operator of rosters at the browser, and the worker that does what was asked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members import roster_work
from members.models import RosterImport
from tests.cast import make_staff
from tests.members.roster.conftest import contract  # noqa: F401  (the fixture that all of these stand on)
from tests.members.roster.sheets import table, workbook

CLERKS, READERS = "متصدی اسامی", "پشتیبان"
LIST = "/admin/members/rosterimport/"
ROWS = "/admin/members/rosterrow/"


class Operator:
    """One of the staff with a browser of their own."""

    def __init__(self, contract, user):  # noqa: F811
        self.contract, self.user = contract, user
        self.client = Client()
        self.client.force_login(user)

    def send(self, people, *, name="list.xlsx") -> RosterImport:
        """Upload a file, or a workbook of these people, and let the worker examine it."""
        answer = self.post_file(people, name=name)
        assert answer.status_code == 302, answer.context["form"].errors
        upload = RosterImport.objects.latest("pk")
        roster_work.examine(upload.pk)
        upload.refresh_from_db()
        return upload

    def post_file(self, people, *, name="list.xlsx"):
        content = people if isinstance(people, bytes) else workbook(table(people))
        file = SimpleUploadedFile(name, content)
        return self.client.post(f"{LIST}add/", {"contract": self.contract.pk, "file": file})

    def act(self, upload, name) -> str:
        """Press a button of the report, let the worker do what was asked, and read the page that follows."""
        page = self.client.post(f"{LIST}{upload.pk}/{name}/", follow=True).content.decode()
        roster_work.commit(upload.pk)
        upload.refresh_from_db()
        return page

    def bring_in(self, people) -> RosterImport:
        upload = self.send(people)
        self.act(upload, "commit")
        assert upload.state == RosterImport.State.COMMITTED, upload.sentence
        return upload

    def page(self, upload, **query) -> str:
        return self.client.get(f"{LIST}{upload.pk}/change/", query).content.decode()

    def row_page(self, row) -> str:
        return self.client.get(f"{ROWS}{row.pk}/change/").content.decode()

    def fix(self, row, **values):
        """Send the form of a row as it stands on the page, with these values in place of its own."""
        form = self.client.get(f"{ROWS}{row.pk}/change/").context["form"]
        shown = {name: form.initial.get(name, "") for name in form.fields}
        return self.client.post(f"{ROWS}{row.pk}/change/", shown | values, follow=True)

    def settle(self, row, act):
        return self.client.post(f"{ROWS}{row.pk}/{act}/", follow=True)


@pytest.fixture
def operator(contract, on_1403_10_01):  # noqa: F811
    return Operator(contract, make_staff("operator", "سینا پارسا", CLERKS))


@pytest.fixture
def colleague(contract, on_1403_10_01):  # noqa: F811
    return Operator(contract, make_staff("colleague", "مینا صادقی", CLERKS))


@pytest.fixture
def reader(contract, on_1403_10_01):  # noqa: F811
    """Looks at everything and changes nothing."""
    return Operator(contract, make_staff("reader", "رامین توکلی", READERS))
