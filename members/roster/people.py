"""The people of a file, column by column: each column is read once, by the rule of its field."""

from dataclasses import dataclass, field
from datetime import date

from members.roster import choices, contacts, days, identity
from members.roster.cells import CELL_ERROR, NoteRule, PlainRule, Rule
from members.roster.columns import REQUIRED
from members.roster.findings import Findings, rows_where
from members.roster.reasons import REASONS, REJECT, REPAIR
from portal.lib.text import match_key

IBAN_CODES = frozenset({"IBAN_NORMALISED", "IBAN_INVALID"})


@dataclass(frozen=True)
class Terms:
    """What a file is judged by: the contract, the catalogue's lists, and the day."""

    start: date
    end: date
    plans: list[str]
    today: date
    base_insurers: dict[str, str] = field(default_factory=dict)
    provinces: dict[str, str] = field(default_factory=dict)

    def rules(self) -> dict[str, Rule]:
        """By field; the two ID columns share one, because most IDs stand in both."""
        national_id = identity.NationalIdRule()
        return {
            "national_id": national_id,
            "first_name": identity.NameRule(is_required=True),
            "last_name": identity.NameRule(is_required=True),
            "father_name": identity.NameRule(is_required=False),
            "birth_certificate_number": identity.CertificateRule(),
            "birth_date": days.BirthDateRule(today=self.today),
            "gender": choices.gender_rule(),
            "relation": choices.relation_rule(),
            "primary_national_id": national_id,
            "personnel_code": PlainRule(20, "PERSONNEL_CODE_INVALID"),
            "mobile": contacts.MobileRule(),
            "phone": contacts.PhoneRule(),
            "email": contacts.EmailRule(),
            "province": choices.ProvinceRule(self.provinces),
            "base_insurer": choices.base_insurer_rule(self.base_insurers),
            "plan": choices.PlanRule(self.plans),
            "coverage_start": days.CoverDateRule(today=self.today, missing="START_DEFAULTED"),
            "coverage_end": days.CoverDateRule(today=self.today, missing=None),
            "iban": contacts.IbanRule(),
            "note": NoteRule(),
        }


class Keys(dict):
    def __missing__(self, name: str) -> str:
        self[name] = match_key(name)
        return self[name]


# Rows that are judged at a time: so few that their cells stay in the processor's cache from rule to rule.
_BLOCK = 1_000


class People:
    """`people["mobile"]` is a list of values, one for each person; `raw` has what stood in the cells."""

    def __init__(self, numbers: list[int], rows: list[list], places: dict[str, int], terms: Terms):
        self.numbers = numbers
        self._rules = terms.rules()
        places = {name: place for name, place in places.items() if name in self._rules}
        self._raw = {name: [] for name in places}
        self._values = {name: [] for name in places}
        for start in range(0, len(rows), _BLOCK):
            cells = list(zip(*rows[start : start + _BLOCK], strict=True))
            for name, place in places.items():
                self._raw[name] += cells[place]
                self._values[name] += self._rules[name].column(cells[place])
        for rule in self._rules.values():
            # Of the spellings only the marks are asked for later.
            rule.clear()
        self.keys = Keys()
        self.implied_genders = {
            raw: gender for raw in set(self._raw["relation"]) if (gender := choices.implied_gender(raw))
        }

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, name: str) -> list:
        """A column the file does not have is empty in every row."""
        if name not in self._values:
            self._values[name] = [self._rules[name].empty] * len(self)
        return self._values[name]

    def __contains__(self, name: str) -> bool:
        return name in self._raw

    def raw(self, name: str) -> list:
        return self._raw[name]

    def marks(self, name: str) -> dict:
        return self._rules[name].marks

    def fields(self) -> list[str]:
        return list(self._rules)

    def name_key(self, row: int) -> tuple[str, str]:
        return self.keys[self["first_name"][row]], self.keys[self["last_name"][row]]

    def tell(self, findings: Findings) -> None:
        """Hand the codes of every repaired or refused cell to its row."""
        for name, raws in self._raw.items():
            marks = self._codes_of(name)
            # Thousands of cells are mended, in a few ways.
            ways = {codes: frozenset(codes) for codes in set(marks.values()) if _are_repairs(name, codes)}
            repairs = {raw: ways[codes] for raw, codes in marks.items() if codes in ways}
            if name == "iban":
                self._keep_ibans_of_primaries(findings, repairs)
            else:
                findings.repair_column(raws, repairs)
            reasons = {raw: codes for raw, codes in marks.items() if raw not in repairs}
            for row in rows_where(reasons.__contains__, raws) if reasons else ():
                for code in reasons[raws[row]]:
                    findings.add(row, code, weight=REJECT if code == CELL_ERROR else None)

    def _codes_of(self, name: str) -> dict[object, tuple[str, ...]]:
        marks = self._rules[name].marks
        if name == "primary_national_id":
            # What is wrong with it is told by the family rules.
            told = {codes: _repairs(codes) for codes in set(marks.values())}
            marks = {raw: told[codes] for raw, codes in marks.items()}
        return {raw: codes for raw, codes in marks.items() if codes}

    def _keep_ibans_of_primaries(self, findings: Findings, repairs: dict[object, frozenset[str]]) -> None:
        ibans = self["iban"]
        for row in rows_where(bool, self._raw["iban"]):
            codes, relation = repairs.get(self._raw["iban"][row], frozenset()), self["relation"][row]
            if relation and relation != "self" and (ibans[row] or IBAN_CODES & codes):
                ibans[row] = ""
                codes = codes - IBAN_CODES | {"IBAN_NOT_PRIMARY"}
            if codes:
                findings.repair(row, codes)


def _are_repairs(name: str, codes: tuple[str, ...]) -> bool:
    """Whether a cell is merely mended, or left blank: the error of a cell that may be blank is no more."""
    weights = {REASONS[code].weight for code in codes if code != CELL_ERROR or name in REQUIRED}
    return weights <= {REPAIR}


def _repairs(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code == CELL_ERROR or REASONS[code].weight == REPAIR)
