"""Rules that need the whole file: one person once, dependants under their primary insured."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

import jdatetime

from members.roster.days import day_of
from members.roster.findings import Findings, rows_where
from members.roster.identity import ID_FAILURES, digits_of
from members.roster.people import People

_OLDEST_SON = 26
_PARENTS = {"father": "male", "mother": "female"}


class Enrolled(NamedTuple):
    """A primary insured who is in the file, or whom the contract already has."""

    birth_date: date | None
    gender: str


Lookup = Callable[[set[str]], Mapping[str, Enrolled]]


# Of these national IDs, whom only other contracts have brought in: ID, key of the last name, birth date.
OfOthers = Callable[[Iterable[str]], Iterable[tuple[str, str, date | None]]]


def check(
    people: People, findings: Findings, *, contract_start: date, enrolled: Lookup, of_others: OfOthers
) -> None:
    firsts = _one_row_each(people, findings)
    _strangers(people, findings, firsts, of_others)
    _primaries(people, findings)
    _dependants(people, findings, firsts, enrolled)
    _ages(people, findings, contract_start)


def _one_row_each(people: People, findings: Findings) -> dict[str, int]:
    """The first row of each national ID; what repeats it is a duplicate or a conflict."""
    ids = people["national_id"]
    firsts = dict(zip(ids, range(len(ids)), strict=True))
    if len(firsts) == len(ids) and not findings.rejected:
        return firsts
    firsts.clear()
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


def _strangers(people: People, findings: Findings, firsts: dict[str, int], of_others: OfOthers) -> None:
    """People are the same in all contracts: a list of one employer must not rename those of another."""
    lasts, births = people["last_name"], people["birth_date"]
    for national_id, last_key, born in of_others(firsts):
        row = firsts[national_id]
        told = births[row]
        if last_key != people.keys[lasts[row]] or (born and told and born != told):
            findings.add(row, "ID_CONFLICT")


def _primaries(people: People, findings: Findings) -> None:
    """The primary ID of those who are their own primary, and IDs that are no IDs."""
    primaries, ids, raws = (
        people["primary_national_id"],
        people["national_id"],
        people.raw("primary_national_id"),
    )
    marks = people.marks("primary_national_id")
    failed = {raw for raw, codes in marks.items() if ID_FAILURES.intersection(codes)}
    selves = rows_where("self".__eq__, people["relation"])
    astray = {row for row in selves if primaries[row] != ids[row] or not ids[row]}
    for row in sorted(astray.union(rows_where(failed.__contains__, raws) if failed else ())):
        own, primary = ids[row], primaries[row]
        if raws[row] in failed:
            if not own and digits_of_cell(raws[row]) == digits_of_cell(people.raw("national_id")[row]):
                continue
            findings.add(row, "PRIMARY_ID_INVALID")
        elif not primary:
            if not findings.has(row, "CELL_ERROR"):
                findings.add(row, "PRIMARY_DEFAULTED")
            primaries[row] = own
        elif own:
            findings.add(row, "PRIMARY_MISMATCH")


def _dependants(people: People, findings: Findings, firsts: dict[str, int], enrolled: Lookup) -> None:
    relations, primaries, ids = people["relation"], people["primary_national_id"], people["national_id"]
    births, genders = people["birth_date"], people["gender"]
    waiting = findings.rejected | findings.held
    heads = enrolled(set(primaries).difference(firsts) - {""}) | {
        ids[row]: Enrolled(births[row], genders[row])
        for row in rows_where("self".__eq__, relations)
        if row not in waiting and firsts.get(ids[row]) == row
    }
    told = zip(relations, primaries, ids, births, genders, strict=True)
    for row, (relation, primary, own, born, gender) in enumerate(told):
        if relation == "self":
            continue
        head = heads.get(primary)
        if head is None or primary == own:
            _without_head(people, findings, row, firsts)
        elif relation == "child" or relation in _PARENTS:
            older, younger = (born, head.birth_date) if relation == "child" else (head.birth_date, born)
            if older and younger and older < younger:
                findings.add(row, "CHILD_OLDER_THAN_PARENT")
        elif relation == "spouse" and gender and gender == head.gender:
            findings.add(row, "GENDER_CONFLICT")


def _without_head(people: People, findings: Findings, row: int, firsts: dict[str, int]) -> None:
    """Why this dependant stands under nobody."""
    primary, relations = people["primary_national_id"][row], people["relation"]
    if not primary:
        _without_primary(people, findings, row, firsts)
    elif primary == people["national_id"][row]:
        if relations[row]:
            findings.add(row, "PRIMARY_SELF_REFERENCE")
    elif primary in firsts and relations[firsts[primary]] not in ("self", ""):
        findings.add(row, "PRIMARY_IS_DEPENDENT")
    else:
        findings.add(row, "PRIMARY_NOT_FOUND")


def _without_primary(people: People, findings: Findings, row: int, firsts: dict[str, int]) -> None:
    if findings.has(row, "PRIMARY_ID_INVALID"):
        digits = digits_of_cell(people.raw("primary_national_id")[row])
        meant = _one_digit_away(digits) & firsts.keys()
        near = {one for one in meant if people["relation"][firsts[one]] == "self"}
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


def _ages(people: People, findings: Findings, contract_start: date) -> None:
    """Son or daughter, father or mother: what relation and gender say of each other, and sons grown up."""
    genders, births = people["gender"], people["birth_date"]
    told = people["relation"], people.raw("relation"), genders
    clashing = {each for each in set(zip(*told, strict=True)) if _clash(people.implied_genders, *each)}
    if clashing:
        for row in rows_where(clashing.__contains__, zip(*told, strict=True)):
            findings.add(row, "GENDER_CONFLICT")
    last = _last_birth_of(_OLDEST_SON + 1, contract_start)
    for row in rows_where(("child", "male").__eq__, zip(people["relation"], genders, strict=True)):
        if births[row] and births[row] <= last:
            findings.add(row, "AGE_LIMIT")


def _clash(implied: Mapping[object, str], relation: str, raw: object, gender: str) -> bool:
    meant = _PARENTS.get(relation) or implied.get(raw)
    return relation != "self" and bool(meant and gender) and meant != gender


def _last_birth_of(age: int, day: date) -> date:
    """Who was born on it, or earlier, has completed so many Jalali years on that day."""
    then = jdatetime.date.fromgregorian(date=day)
    # The thirtieth of اسفند is missing in most years.
    return day_of(then.year - age, then.month, then.day) or day_of(then.year - age, then.month, then.day - 1)
