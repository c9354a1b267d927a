"""What a staged roster would change: who is new, who changes and how, who leaves."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from catalog.models import BaseInsurer, Contract, Plan, Province

# Field, what stands in the roster in force (p person, e enrolment, q its primary), what the file says.
# A blank in the file never erases a value: employers leave out what they sent before.
_KEPT = "coalesce(nullif(i.{0}, ''), {1}.{0})"
# What members and staff change, too: the employer has news only where the file differs from the one before.
_NEWS = "CASE WHEN i.{0} IN ('', e.roster_{0}) THEN e.{0} ELSE i.{0} END"
PERSON_FIELDS = {
    "first_name": "i.first_name",
    "last_name": "i.last_name",
    "first_key": "i.first_key",
    "last_key": "i.last_key",
    "father_name": _KEPT.format("father_name", "p"),
    "birth_certificate_number": _KEPT.format("birth_certificate_number", "p"),
    "birth_date": "i.birth_date",
    "gender": "i.gender",
}
ENROLMENT_FIELDS = {
    "relation": "i.relation",
    "plan_id": "i.plan_id",
    "cover_start": "i.cover_start",
    "cover_end": "i.cover_end",
    "personnel_code": _KEPT.format("personnel_code", "e"),
    "mobile": _NEWS.format("mobile"),
    "phone": _KEPT.format("phone", "e"),
    "email": _KEPT.format("email", "e"),
    "province_id": "coalesce(i.province_id, e.province_id)",
    "base_insurer_id": "coalesce(i.base_insurer_id, e.base_insurer_id)",
    "iban": _NEWS.format("iban"),
    "note": _KEPT.format("note", "e"),
}
# What the employer said last, whatever has been made of it since.
SAID = {f"roster_{name}": f"coalesce(nullif(i.{name}, ''), e.roster_{name})" for name in ("mobile", "iban")}
_OLD = {
    **{f"p.{name}": new for name, new in PERSON_FIELDS.items()},
    "q.national_id": "i.primary_national_id",
    **{f"e.{name}": new for name, new in ENROLMENT_FIELDS.items()},
}
_DIFFERS = f"({', '.join(_OLD)}) IS DISTINCT FROM ({', '.join(_OLD.values())})"
_IS_SAID_ANEW = f"({', '.join(f'e.{name}' for name in SAID)}) IS DISTINCT FROM ({', '.join(SAID.values())})"
_NAMES = [old.partition(".")[2] if not old.startswith("q.") else "primary_national_id" for old in _OLD]
_UNSHOWN = {"first_key", "last_key"}
# What a report shows of each list; the counts are always whole.
SHOWN = 500

_PAIRED = """
    FROM roster_incoming i
    JOIN members_person p ON p.national_id = i.national_id
    JOIN members_enrolment e ON e.person_id = p.id AND e.contract_id = %(contract)s
    JOIN members_person q ON q.id = e.primary_id
"""
IS_IN_FORCE = "e.contract_id = %(contract)s AND e.cover_end > greatest(%(last_day)s, e.cover_start - 1)"
_LEAVING = f"""
    FROM roster_missing m
    JOIN members_person p ON p.national_id = m.national_id
    JOIN members_enrolment e ON e.person_id = p.id
    WHERE {IS_IN_FORCE}
"""


@dataclass
class Changes:
    """`new`, `changed` and `leaving` hold the first rows of each kind, the `_count`s all of them."""

    new_count: int
    changed_count: int
    leaving_count: int
    unchanged_count: int
    in_force_count: int
    new: list[dict]
    changed: list[dict]
    leaving: list[dict]
    # Only what the employer said last has to be written down anew: nobody would see a difference.
    is_said_anew: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.new_count or self.changed_count or self.leaving_count)

    @property
    def must_be_written(self) -> bool:
        return bool(self.new_count or self.changed_count or self.is_said_anew)

    def needs_a_second_person(self) -> bool:
        """More than one leaver in twenty is more often a wrong file than a shrinking company."""
        return self.leaving_count * 20 > self.in_force_count

    def as_json(self) -> dict:
        return {
            "new": self.new_count,
            "changed": self.changed_count,
            "leaving": self.leaving_count,
            "unchanged": self.unchanged_count,
            "rows": {"new": self.new, "changed": self.changed, "leaving": self.leaving},
        }


def last_day_of_leavers(today: date) -> date:
    return today - timedelta(days=1)


def compared(contract: Contract, *, today: date, left_out: int) -> Changes:
    """Compare `roster_incoming` with the contract's roster; both stay as they are.

    `left_out`: how many were not even staged, because the file says of them what is in force.
    """
    values = {"contract": contract.pk, "last_day": last_day_of_leavers(today), "today": today}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM roster_incoming")
        (incoming,) = cursor.fetchone()
        paired, changed_count, said_anew_count = _paired(cursor, values) if incoming else (0, 0, 0)
        changed = _changed(cursor, values) if changed_count else []
        leaving_count, leaving = _leaving(cursor, values)
        cursor.execute(
            "SELECT count(*) FROM members_enrolment"
            " WHERE contract_id = %(contract)s AND cover_end >= %(today)s AND cover_end >= cover_start",
            values,
        )
        (in_force,) = cursor.fetchone()
        new = _new(cursor, values) if incoming > paired else []
    return Changes(
        new_count=incoming - paired,
        changed_count=changed_count,
        leaving_count=leaving_count,
        unchanged_count=paired - changed_count + left_out,
        in_force_count=in_force,
        new=new,
        changed=changed,
        leaving=leaving,
        is_said_anew=said_anew_count > 0,
    )


def _paired(cursor, values) -> tuple[int, int, int]:
    """How many of the file are on the contract's roster already, differ, and are spoken of in another way."""
    cursor.execute("SELECT EXISTS (SELECT FROM members_enrolment WHERE contract_id = %(contract)s)", values)
    if not cursor.fetchone()[0]:
        return 0, 0, 0
    counts = f"count(*), count(*) FILTER (WHERE {_DIFFERS}), count(*) FILTER (WHERE {_IS_SAID_ANEW})"
    cursor.execute(f"SELECT {counts} {_PAIRED}", values)
    return cursor.fetchone()


def _changed(cursor, values) -> list[dict]:
    old, new = ", ".join(_OLD), ", ".join(_OLD.values())
    cursor.execute(
        f"SELECT i.excel_row, i.national_id, {old}, {new} {_PAIRED}"
        f" WHERE {_DIFFERS} ORDER BY i.excel_row LIMIT {SHOWN}",
        values,
    )
    titles = _titles()
    split = 2 + len(_OLD)
    return [_difference(row[0], row[1], row[2:split], row[split:], titles) for row in cursor.fetchall()]


def _difference(excel_row: int, national_id: str, old: tuple, new: tuple, titles: dict) -> dict:
    fields = {
        name: [_shown(name, was, titles), _shown(name, will_be, titles)]
        for name, was, will_be in zip(_NAMES, old, new, strict=True)
        if was != will_be and name not in _UNSHOWN
    }
    known = dict(zip(_NAMES, old, strict=True))
    names = {name: known[name] for name in ("first_name", "last_name")}
    return {"excel_row": excel_row, "national_id": national_id, **names, "fields": fields}


def _titles() -> dict[str, dict]:
    return {
        "plan_id": dict(Plan.objects.values_list("pk", "title")),
        "province_id": dict(Province.objects.values_list("pk", "name")),
        "base_insurer_id": dict(BaseInsurer.objects.values_list("pk", "title")),
    }


def _shown(name: str, value, titles: dict) -> str:
    if name in titles:
        return titles[name].get(value, "")
    return value.isoformat() if isinstance(value, date) else value or ""


def _leaving(cursor, values) -> tuple[int, list[dict]]:
    cursor.execute(
        "SELECT count(*) OVER (), p.national_id, p.first_name, p.last_name, e.relation, e.cover_end"
        f" {_LEAVING} ORDER BY p.last_key, p.first_key LIMIT {SHOWN}",
        values,
    )
    rows = cursor.fetchall()
    names = ("national_id", "first_name", "last_name", "relation", "cover_end")
    shown = [dict(zip(names, (*row[1:5], row[5].isoformat()), strict=True)) for row in rows]
    return (rows[0][0] if rows else 0), shown


def _new(cursor, values) -> list[dict]:
    cursor.execute(
        "SELECT i.excel_row, i.national_id, i.first_name, i.last_name, i.relation FROM roster_incoming i"
        " WHERE NOT EXISTS (SELECT FROM members_person p JOIN members_enrolment e ON e.person_id = p.id"
        "   WHERE p.national_id = i.national_id AND e.contract_id = %(contract)s)"
        f" ORDER BY i.excel_row LIMIT {SHOWN}",
        values,
    )
    names = ("excel_row", "national_id", "first_name", "last_name", "relation")
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def accounts_with_a_new_iban(contract: Contract) -> list[int]:
    """Whose money the staged roster sends elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT u.id {_PAIRED} JOIN members_user u ON u.person_id = p.id AND u.is_active"
            f" WHERE i.iban <> '' AND e.iban <> {ENROLMENT_FIELDS['iban']} ORDER BY u.id",
            {"contract": contract.pk},
        )
        return [pk for (pk,) in cursor.fetchall()]


def end_cover_of_leavers(contract: Contract, *, today: date) -> None:
    """Date the end of cover; a cover that already ended earlier is left alone, nobody is deleted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_enrolment u SET cover_end = greatest(%(last_day)s, u.cover_start - 1)"
            f" WHERE u.id IN (SELECT e.id {_LEAVING})",
            {"contract": contract.pk, "last_day": last_day_of_leavers(today)},
        )
