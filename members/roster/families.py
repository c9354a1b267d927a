"""Rules that need the whole file: one person once, dependants under their primary insured."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import jdatetime

from members.roster.findings import Findings
from members.roster.identity import ID_FAILURES, digits_of
from members.roster.people import People

_OLDEST_SON = 26
_PARENTS = {"father": "male", "mother": "female"}


@dataclass(frozen=True)
class Enrolled:
    """A primary insured whom the contract already has."""

    birth_date: date | None
    gender: str


Lookup = Callable[[set[str]], Mapping[str, Enrolled]]


def check(people: People, findings: Findings, *, contract_start: date, enrolled: Lookup) -> None:
    firsts = _one_row_each(people, findings)
    _primaries(people, findings)
    _dependants(people, findings, firsts, enrolled)
    _ages(people, findings, contract_start)


def _one_row_each(people: People, findings: Findings) -> dict[str, int]:
    """The first row of each national ID; what repeats it is a duplicate or a conflict."""
    ids = people["national_id"]
    if len(set(ids)) == len(ids) and not findings.rejected:
        return dict(zip(ids, range(len(ids)), strict=True))
    firsts: dict[str, int] = {}
    for row, national_id in enumerate(ids):
        if not national_id or row in findings.rejected:
            continue
        first = firsts.setdefault(national_id, row)
        if first == row:
            continue
        if _identity(people, first) == _identity(people, row):
            findings.add(row, "DUPLICATE_ROW", duplicate_of=people.numbers[first])
        else:
            findings.add(row, "ID_CONFLICT", conflicts_with=people.numbers[first])
    return firsts


def _identity(people: People, row: int) -> tuple:
    relation, primary = people["relation"][row], people["primary_national_id"][row]
    if relation == "self" and not primary:
        primary = people["national_id"][row]
    # Words that are not understood still have to be the same words.
    return (
        people.name_key(row),
        people["birth_date"][row],
        relation or people.raw("relation")[row],
        primary or digits_of_cell(people.raw("primary_national_id")[row]),
    )


def digits_of_cell(raw) -> str:
    return digits_of(raw) if isinstance(raw, str | int | float) else ""


def _primaries(people: People, findings: Findings) -> None:
    """The primary ID of those who are their own primary, and IDs that are no IDs."""
    primaries, ids = people["primary_national_id"], people["national_id"]
    for row, (relation, primary, own) in enumerate(zip(people["relation"], primaries, ids, strict=True)):
        if primary == own and primary and relation == "self":
            continue
        raw = people.raw("primary_national_id")[row]
        failures = ID_FAILURES.intersection(people.marks("primary_national_id").get(raw, ()))
        if failures:
            if not own and digits_of_cell(raw) == digits_of_cell(people.raw("national_id")[row]):
                continue
            findings.add(row, "PRIMARY_ID_INVALID")
        elif relation == "self" and not primary:
            if not findings.has(row, "CELL_ERROR"):
                findings.add(row, "PRIMARY_DEFAULTED")
            primaries[row] = own
        elif relation == "self" and own:
            findings.add(row, "PRIMARY_MISMATCH")


def _dependants(people: People, findings: Findings, firsts: dict[str, int], enrolled: Lookup) -> None:
    relations, primaries, ids = people["relation"], people["primary_national_id"], people["national_id"]
    dependants = [row for row, relation in enumerate(relations) if relation != "self"]
    in_contract = enrolled({primaries[row] for row in dependants if primaries[row]} - firsts.keys())
    selves = {national_id for national_id, row in firsts.items() if relations[row] == "self"}
    for row in dependants:
        primary = primaries[row]
        if not primary:
            _without_primary(people, findings, row, selves)
        elif primary == ids[row]:
            if relations[row]:
                findings.add(row, "PRIMARY_SELF_REFERENCE")
        elif primary in in_contract:
            known = in_contract[primary]
            _beside_primary(people, findings, row, known.birth_date, known.gender)
        else:
            _under_row(people, findings, row, firsts.get(primary))


def _without_primary(people: People, findings: Findings, row: int, selves: set[str]) -> None:
    if findings.has(row, "PRIMARY_ID_INVALID"):
        digits = digits_of_cell(people.raw("primary_national_id")[row])
        near = _one_digit_away(digits) & selves
        if len(near) == 1:
            findings.note(row, suggest=near.pop())
    elif people["relation"][row] and not findings.has(row, "CELL_ERROR"):
        findings.add(row, "PRIMARY_MISSING")


def _one_digit_away(digits: str) -> set[str]:
    """What this ID may have been meant to be: one digit wrong, or one typed twice."""
    if len(digits) == 11:
        return {digits[:place] + digits[place + 1 :] for place in range(11)}
    if len(digits) != 10:
        return set()
    return {
        f"{digits[:place]}{digit}{digits[place + 1 :]}"
        for place in range(10)
        for digit in "0123456789"
        if digit != digits[place]
    }


def _under_row(people: People, findings: Findings, row: int, primary: int | None) -> None:
    relation = people["relation"][primary] if primary is not None else ""
    if relation and relation != "self":
        findings.add(row, "PRIMARY_IS_DEPENDENT")
    elif not relation or primary in findings.rejected or primary in findings.held:
        findings.add(row, "PRIMARY_NOT_FOUND")
    else:
        _beside_primary(people, findings, row, people["birth_date"][primary], people["gender"][primary])


def _beside_primary(people: People, findings: Findings, row: int, born: date | None, gender: str) -> None:
    own_birth, relation = people["birth_date"][row], people["relation"][row]
    if relation == "child" and born and own_birth and own_birth < born:
        findings.add(row, "CHILD_OLDER_THAN_PARENT")
    if relation == "spouse" and gender and gender == people["gender"][row]:
        findings.add(row, "GENDER_CONFLICT")


def _ages(people: People, findings: Findings, contract_start: date) -> None:
    """Son or daughter, father or mother: what relation and gender say of each other, and sons grown up."""
    genders, births = people["gender"], people["birth_date"]
    implied = people.implied_genders
    for row, relation in enumerate(people["relation"]):
        if relation == "self":
            continue
        meant = _PARENTS.get(relation) or implied.get(people.raw("relation")[row])
        if meant and genders[row] and meant != genders[row]:
            findings.add(row, "GENDER_CONFLICT")
        is_son = relation == "child" and genders[row] == "male" and births[row]
        if is_son and years_between(births[row], contract_start) > _OLDEST_SON:
            findings.add(row, "AGE_LIMIT")


def years_between(birth: date, day: date) -> int:
    """Completed years of the Jalali calendar."""
    if day.year - birth.year < _OLDEST_SON:
        # Far from the limit: the two calendars differ by a day, not by a year.
        return day.year - birth.year
    born, then = (jdatetime.date.fromgregorian(date=one) for one in (birth, day))
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day))
