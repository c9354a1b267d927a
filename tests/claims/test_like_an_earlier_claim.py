"""«مثل درخواست قبلی»: person, centre, service and base insurer come along; never date, amount or documents."""

from datetime import timedelta

import pytest
from django.urls import reverse

from claims.lifecycle.filling import COPIED
from claims.models import Claim
from portal.lib import dates
from tests.cast import enrol, make_contract
from tests.claims.conftest import Filling

NEW = reverse("claims:new")
TOLD = "از درخواست قبلی می‌آید؛ تاریخ، مبلغ و تصاویر تازه است."


@pytest.fixture
def earlier(filling) -> Claim:
    filling.start(insured=filling.cast.child.pk)
    filling.post(
        "details",
        filling.details(
            service="img_mri", has_eprescription="yes", eprescription_code="1405123456", notes="زانو"
        ),
    )
    filling.add_documents("invoice", "report")
    filling.confirm_mobile()
    filling.post("review", {"submit": "1"})
    assert filling.claim.tracking_code
    return filling.claim


def address(claim) -> str:
    return f"{NEW}?like={claim.code}"


def test_the_way_to_it_says_what_comes_along(filling, earlier):
    assert f'href="{address(earlier)}"' in filling.client.get(earlier.get_absolute_url()).content.decode()

    page = filling.client.get(address(earlier))

    form = page.context["form"]
    assert form["insured"].value() == str(filling.cast.child.pk)
    assert form["service_date"].value() is None
    assert TOLD in page.content.decode()
    assert TOLD not in filling.client.get(NEW).content.decode()


def test_it_copies_what_stays_the_same_and_nothing_else(filling, earlier):
    yesterday = dates.today() - timedelta(days=1)
    typed = filling.basics(service_date=dates.short(yesterday), insured=filling.cast.child.pk)

    filling.client.post(address(earlier), typed)

    claim = Claim.objects.latest("pk")
    assert claim.is_draft and claim.pk != earlier.pk
    assert claim.insured_id == earlier.insured_id
    assert [getattr(claim, name) for name in COPIED] == [getattr(earlier, name) for name in COPIED]
    assert claim.service_date.togregorian() == yesterday.togregorian()
    assert (claim.paid_amount, claim.has_eprescription) == (None, None)
    assert (claim.eprescription_code, claim.notes, claim.mobile) == ("", "", "")
    assert not claim.documents.exists()
    assert claim.mobile_confirmed_at is None


def test_a_claim_of_a_contract_that_has_ended_is_begun_anew_in_the_one_in_force(filling, earlier):
    contract = filling.cast.contract
    begins = dates.today() - timedelta(days=5)
    contract.end_date = begins - timedelta(days=1)
    contract.save()
    following = make_contract("FOLLOWING", start_date=begins)
    enrol(filling.cast.maryam.person, following)

    form = filling.client.get(address(earlier)).context["form"]

    assert form["contract"].value() == str(following.pk)
    # The child is not in it any more.
    typed = filling.basics(contract=following.pk, insured=filling.cast.child.pk)
    answer = filling.client.post(address(earlier), typed)
    assert "در این بیمه‌نامه نیست" in answer.content.decode()
    typed["insured"] = filling.cast.maryam.person_id
    assert filling.client.post(address(earlier), typed).status_code == 302
    assert Claim.objects.latest("pk").service_type == earlier.service_type


def test_nobody_copies_a_strangers_claim(filling, earlier, client):
    client.force_login(filling.cast.stranger)
    stranger = Filling(client, filling.cast)

    for answer in (client.get(address(earlier)), client.post(address(earlier), stranger.basics())):
        assert answer.status_code == 404
    assert not Claim.objects.filter(filed_by=filling.cast.stranger).exists()
