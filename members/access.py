"""Who may see whom: households, and the contract a member has chosen."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from catalog.models import Contract
from members.models import Enrolment, Person
from portal.lib.dates import today

SESSION_KEY = "contract"
ADULT_AGE = 18


def household_of(person: Person, contract: Contract) -> list[Enrolment]:
    """Everybody `person` sees and files for in `contract`, themselves first.

    A primary insured sees all whose primary they are; a dependant sees only themselves.
    """
    enrolments = list(Enrolment.objects.of_household(person, contract))
    if settings.ADULTS_MAY_KEEP_CLAIMS_PRIVATE:
        private = private_people(enrolments, person)
        enrolments = [enrolment for enrolment in enrolments if enrolment.person_id not in private]
    return sorted(enrolments, key=lambda enrolment: (enrolment.person_id != person.pk, enrolment.pk))


def private_people(enrolments: list[Enrolment], viewer: Person) -> set[int]:
    """Adult dependants with an account of their own who keep their claims to themselves."""
    adults = [
        enrolment.person_id
        for enrolment in enrolments
        if enrolment.person_id != viewer.pk and is_adult(enrolment.person)
    ]
    return set(
        Person.objects.filter(pk__in=adults, accounts__keeps_claims_private=True).values_list("pk", flat=True)
    )


def is_adult(person: Person) -> bool:
    born = person.birth_date
    if born is None:
        return False
    now = today()
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day)) >= ADULT_AGE


def contracts_of(person: Person) -> list[Contract]:
    """Every contract the person has ever been in, newest first; expired ones stay readable."""
    return list(
        Contract.objects.filter(enrolments__person=person)
        .select_related("insurer")
        .order_by("-start_date", "number")
    )


def is_in_force(contract: Contract) -> bool:
    return contract.start_date <= today() <= contract.end_date


def preselected(contracts: list[Contract]) -> Contract | None:
    """The newest contract in force that accepts electronic claims; else the newest in force; else the newest."""
    ranked = sorted(
        contracts,
        key=lambda contract: (is_in_force(contract), is_in_force(contract) and contract.e_claims),
        reverse=True,
    )
    return ranked[0] if ranked else None


def choose(request, contract: Contract) -> None:
    request.session[SESSION_KEY] = contract.pk


class ChosenContractMiddleware:
    """`request.contracts` and `request.contract`, read when first asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.contracts = SimpleLazyObject(lambda: contracts_of_request(request))
        request.contract = SimpleLazyObject(lambda: chosen(request))
        return self.get_response(request)


def contracts_of_request(request) -> list[Contract]:
    if not request.user.is_authenticated or not request.user.person_id:
        return []
    return contracts_of(request.user.person)


def chosen(request) -> Contract | None:
    contracts = list(request.contracts)
    wanted = request.session.get(SESSION_KEY)
    for contract in contracts:
        if contract.pk == wanted:
            return contract
    return preselected(contracts)
