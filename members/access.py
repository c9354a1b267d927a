"""Who may see whom: households, and the contract a member has chosen."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from catalog.models import Contract, Insurer
from members.models import Enrolment, Person, User
from portal.lib.dates import today
from portal.lib.joined import Joined

SESSION_KEY = "contract"
ADULT_AGE = 18

# The rule of the household, in SQL because every page asks it (members/arrival.py): a primary insured sees all
# whose primary they are, a dependant only themselves.
COVERS = """(
    members_enrolment enrolment
    JOIN members_person person ON person.id = enrolment.person_id
    JOIN catalog_contract contract ON contract.id = enrolment.contract_id
    JOIN catalog_insurer insurer ON insurer.id = contract.insurer_id
)"""
OF_HOUSEHOLD = "(enrolment.person_id = {person} OR enrolment.primary_id = {person})"
NEWEST_FIRST = "contract.start_date DESC, contract.number, enrolment.id"
HOUSEHOLD = {"enrolment": Enrolment, "person": Person, "contract": Contract, "insurer": Insurer}
LINKS = {"enrolment": ("person", "contract"), "contract": ("insurer",)}

_household = Joined(
    f"""
    SELECT {{enrolment}}, {{person}}, {{contract}}, {{insurer}}
      FROM {COVERS} WHERE {OF_HOUSEHOLD.format(person="%(person)s")} ORDER BY {NEWEST_FIRST}
    """,
    links=LINKS,
    **HOUSEHOLD,
)


def enrolments_of(member: User) -> list[Enrolment]:
    """Everybody `member` sees and files for, contract by contract, themselves first.

    It mostly came with the session; else it is one statement. Kept on the account for the length of a request.
    """
    if not hasattr(member, "_enrolments"):
        found = member.household if hasattr(member, "household") else read_household(member.person_id)
        member._enrolments = seen(found, member.person_id)
        own = (one for one in member._enrolments if one.person_id == member.person_id)
        if enrolment := next(own, None):
            # The account's person needs no statement of its own.
            member.person = enrolment.person
    return member._enrolments


def read_household(person_id: int | None) -> list[Enrolment]:
    return [row.enrolment for row in _household.rows(person=person_id)] if person_id else []


def seen(household: list[Enrolment], person_id: int) -> list[Enrolment]:
    if settings.ADULTS_MAY_KEEP_CLAIMS_PRIVATE:
        private = private_people(household, person_id)
        household = [enrolment for enrolment in household if enrolment.person_id not in private]
    return sorted(household, key=lambda enrolment: enrolment.person_id != person_id)


def private_people(enrolments: list[Enrolment], viewer_id: int) -> set[int]:
    """Adult dependants with an account of their own who keep their claims to themselves."""
    adults = {
        enrolment.person_id
        for enrolment in enrolments
        if enrolment.person_id != viewer_id and is_adult(enrolment.person)
    }
    keepers = Person.objects.filter(pk__in=adults, accounts__keeps_claims_private=True)
    return set(keepers.values_list("pk", flat=True))


def is_adult(person: Person) -> bool:
    born = person.birth_date
    if born is None:
        return False
    now = today()
    return now.year - born.year - ((now.month, now.day) < (born.month, born.day)) >= ADULT_AGE


def household_of(member: User, contract: Contract) -> list[Enrolment]:
    return [enrolment for enrolment in enrolments_of(member) if enrolment.contract_id == contract.pk]


def contracts_of(member: User) -> list[Contract]:
    """Every contract the member has ever been in, newest first; expired ones stay readable."""
    own = (enrolment for enrolment in enrolments_of(member) if enrolment.person_id == member.person_id)
    return [enrolment.contract for enrolment in own]


def is_in_force(contract: Contract) -> bool:
    return contract.start_date <= today() <= contract.end_date


def preselected(contracts: list[Contract]) -> Contract | None:
    """The newest in force that accepts electronic claims; else the newest in force; else the newest."""

    def rank(contract):
        in_force = is_in_force(contract)
        return in_force and contract.e_claims, in_force

    return max(contracts, key=rank, default=None)


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
    return contracts_of(request.user) if request.user.is_authenticated else []


def chosen(request) -> Contract | None:
    contracts = list(request.contracts)
    wanted = request.session.get(SESSION_KEY)
    for contract in contracts:
        if contract.pk == wanted:
            return contract
    return preselected(contracts)
