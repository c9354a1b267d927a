"""A case decided on paper comes back by an objection: it is decided or left, never sent through the wizard."""

import pytest
from django.test import Client

from catalog.models import Contract
from claims import lifecycle
from claims.lifecycle.paper import PaperCase
from claims.models import Status
from notifications.models import Message
from portal.lib import dates
from tests.claims.staff.conftest import Desk
from tests.claims.staff.test_decisions import DEFICIENT, NO_CUTS


@pytest.fixture
def case(cast, catalogue):
    return lifecycle.keep_paper(
        PaperCase(
            reference="P-118",
            contract=cast.contract,
            insured=cast.maryam.person,
            service_type=catalogue.service_types[0],
            service_date=dates.today(),
            amount=1_000_000,
            payable=900_000,
        ),
        by=cast.finance,
    )


@pytest.fixture
def member(cast):
    client = Client()
    client.force_login(cast.maryam)
    return client


@pytest.fixture
def desk(cast, case):
    lifecycle.object_to(case, by=cast.maryam, text="کم است")
    lifecycle.take(case, by=cast.reviewer)
    return Desk(cast.reviewer, case)


def test_it_is_called_by_its_paper_number(case, member):
    for url in (case.get_absolute_url(), f"{case.get_absolute_url()}object/"):
        page = member.get(url).content.decode()
        assert "P-118" in page
        assert "None" not in page


def test_the_desk_offers_only_what_can_be_done(desk):
    page = desk.page()

    assert "P-118" in page
    assert "None" not in page
    assert "اعلام نقص" not in page
    assert "درخواست اصل مدارک" not in page


@pytest.mark.parametrize(("act", "values"), [("deficient", DEFICIENT), ("originals", {})])
def test_it_is_neither_deficient_nor_asked_for_originals(desk, member, act, values):
    answer = desk.act(act, values)

    assert answer.status_code == 200
    assert "روی کاغذ رسیدگی شده است" in answer.content.decode()
    assert desk.claim.status == Status.UNDER_REVIEW
    assert member.get(desk.claim.get_absolute_url()).status_code == 200


def test_it_is_approved_without_originals_and_who_objected_is_told(desk, cast):
    Contract.objects.update(originals=Contract.Originals.ALWAYS)

    desk.act("approve", NO_CUTS)

    assert desk.claim.status == Status.APPROVED
    told = Message.objects.get(kind="claim_approved")
    assert (told.to, "P-118" in told.text) == (cast.maryam.mobile, True)
