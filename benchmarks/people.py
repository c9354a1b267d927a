"""The household of the benchmarks at the browser's door: signed in, filling in, submitting."""

import itertools

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from catalog.models import Contract, DocumentType, MedicalCentre
from portal.lib import dates

REASON = "نزد پزشک مانده است."
# What every new project has in the place of ours.
DJANGOS = {
    "members.arrival.AuthenticationMiddleware": "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.arrival.OTPMiddleware": "django_otp.middleware.OTPMiddleware",
}
# Each claim has an amount of its own, so that none looks claimed already.
_amounts = itertools.count(1_510_000)


def user(mobile: str):
    """The account of tests/cast.py with this number; Maryam's is 09121110001."""
    return get_user_model().objects.get(mobile=mobile)


def maryam():
    return user("09121110001")


def signed_in(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def signed_in_as_django_does(account) -> Client:
    """For a peer: sessions and accounts as every new project reads them, each by a statement of its own."""
    djangos = "django.contrib.sessions.backends.db"
    middleware = [DJANGOS.get(name, name) for name in settings.MIDDLEWARE]
    with override_settings(SESSION_ENGINE=djangos, MIDDLEWARE=middleware):
        client = signed_in(account)
        # It keeps the middleware of its first request.
        client.get(reverse("live"))
    return client


def officer() -> Client:
    return signed_in(get_user_model().objects.get(username="reviewer"))


class Filling:
    """One member's values for the wizard, the same for ours and the peer."""

    def __init__(self, account) -> None:
        self.account = account
        self.contract = Contract.objects.get(number="TEST-001")
        self.centre = MedicalCentre.objects.order_by("pk").first()
        self.missing = dict(
            DocumentType.objects.filter(code__in=["physician_order", "report"]).values_list("code", "pk")
        )
        self.know_mobile()

    def know_mobile(self) -> None:
        """Proved within a day, so that neither side asks for a code."""
        self.account.one_time_codes.update_or_create(
            number=self.account.mobile, purpose="mobile", defaults={"confirmed_at": timezone.now()}
        )

    def basics(self) -> dict:
        day = dates.short(dates.today())
        return {"service_date": day, "contract": self.contract.pk, "insured": self.account.person_id}

    def details(self) -> dict:
        return {
            "home_province": "IR-23",
            "centre": self.centre.pk,
            "centre_text": self.centre.name,
            "paid_amount": str(next(_amounts)),
            "service_type": "imaging",
            "service": "",
            "base_insurer": "tamin",
            "has_eprescription": "no",
        }

    def reasons(self) -> dict:
        return {f"missing_{pk}": REASON for pk in self.missing.values()}

    def mobile(self) -> dict:
        return {"mobile": self.account.mobile}


def draft(client: Client, filling: Filling, picture) -> str:
    """The wizard up to its review, in eight requests with one picture; answers with the draft's code."""
    page = reverse("claims:new")
    client.get(page)
    page = went_on(client.post(page, filling.basics()))
    for values in (
        filling.details(),
        filling.reasons() | {"file_invoice": picture(), "next": "1"},
        filling.mobile() | {"next": "1"},
    ):
        client.get(page)
        page = went_on(client.post(page, values))
    return page.split("/")[2]


def fill(client: Client, filling: Filling, picture):
    """The whole wizard in eleven requests; answers with the page that shows the tracking code."""
    page = reverse("claims:review", args=[draft(client, filling, picture)])
    client.get(page)
    return client.get(went_on(client.post(page, {"submit": "1"})))


def went_on(response) -> str:
    """A step that is not taken would make us fast."""
    if response.status_code != 302:
        raise AssertionError(f"{response.request['PATH_INFO']} answered {response.status_code}")
    return response.url


def read(client: Client, url: str):
    """A page that was drawn, not refused or moved."""
    response = client.get(url)
    if response.status_code != 200:
        raise AssertionError(f"{url} answered {response.status_code}")
    return response
