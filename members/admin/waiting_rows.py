"""The rows of committed rosters that were not taken in: which of them, and finding one by its number."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Count, Q

from members.admin.roster_pages import PAGE, beside_whom, line_of
from members.models import RosterImport, RosterRow
from members.roster import OUTCOME_TITLES, REASONS
from members.roster.columns import field_of
from members.roster.identity import digits_of
from portal.lib.text import persian_digits


def open_rows():
    """What waits for an operator: of committed rosters alone, for a dry run may still be thrown away."""
    rows = RosterRow.objects.filter(roster_import__state=RosterImport.State.COMMITTED)
    return rows.filter(resolution=RosterRow.Resolution.OPEN).select_related("roster_import__contract")


def open_row_of(national_id: str) -> RosterRow | None:
    """The latest; a number that was refused stands in the cells alone, as the employer wrote it."""
    if len(national_id) < 8:
        return None
    rows = open_rows().order_by("-pk")
    digits = national_id.lstrip("0")
    written = rows.filter(outcome="reject").filter(
        Q(values__cells__icontains=digits) | Q(values__cells__icontains=persian_digits(digits))
    )
    return rows.filter(values__national_id=national_id).first() or next(
        (row for row in written[:PAGE] if national_id.zfill(10) in national_ids_of(row)), None
    )


def national_ids_of(row: RosterRow) -> set[str]:
    """The number of the row, also one that was refused."""
    cells = row.values.get("cells", {}).items()
    written = {digits_of(text) for heading, text in cells if field_of(heading) == "national_id"}
    return (written | {row.values.get("national_id")}) - {"", None}


class WaitingRows:
    """The rows of committed rosters that were not taken in, as the address asks for them."""

    def __init__(self, params):
        resolution = params.get("resolution", RosterRow.Resolution.OPEN)
        self.resolution = (
            resolution if resolution in RosterRow.Resolution.values else RosterRow.Resolution.OPEN
        )
        self.outcome = "reject" if params.get("outcome") == "reject" else "hold"
        self.code = params.get("code", "") if params.get("code", "") in REASONS else ""
        contract = params.get("contract", "")
        self.contract = contract if contract.isascii() and contract.isdigit() and len(contract) < 18 else ""
        self._page = params.get("page")

    @cached_property
    def found(self):
        rows = RosterRow.objects.filter(
            roster_import__state=RosterImport.State.COMMITTED, outcome=self.outcome
        )
        return rows.filter(resolution=self.resolution)

    @cached_property
    def page(self):
        rows = self.found.filter(roster_import__contract=self.contract) if self.contract else self.found
        if self.code:
            rows = rows.filter(codes__contains=[self.code])
        rows = rows.select_related("roster_import__contract", "resolved_by").order_by(
            "-roster_import", "excel_row"
        )
        return Paginator(rows, PAGE).get_page(self._page)

    @property
    def lines(self) -> list[dict]:
        rows = list(self.page.object_list)
        return beside_whom([line_of(row) for row in rows], rows)

    @property
    def groups(self) -> list[tuple[str, list[dict]]]:
        outcomes = [self._choice("outcome", name, OUTCOME_TITLES[name]) for name in ("hold", "reject")]
        settled = [self._choice("resolution", *one) for one in RosterRow.Resolution.choices]
        return [
            ("نتیجه", outcomes),
            ("رسیدگی", settled),
            ("قرارداد", self._contracts()),
            ("علت", self._codes()),
        ]

    def _contracts(self) -> list[dict]:
        rows = self.found.values_list("roster_import__contract", "roster_import__contract__number")
        counted = rows.annotate(many=Count("pk")).order_by("-many")
        return [self._choice("contract", str(pk), number, count) for pk, number, count in counted]

    def _codes(self) -> list[dict]:
        counted: dict[str, int] = {}
        for codes, many in self.found.order_by().values_list("codes").annotate(many=Count("pk")):
            for code in codes:
                counted[code] = counted.get(code, 0) + many
        common = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        return [
            self._choice("code", code, REASONS[code].sentence, many)
            for code, many in common
            if code in REASONS
        ]

    def _choice(self, name: str, value: str, label: str, count: int | None = None) -> dict:
        chosen = getattr(self, name) == value
        return {"label": label, "query": self.query(name, value), "count": count, "is_chosen": chosen}

    def query(self, name: str = "", value: str = "") -> str:
        """The address with one filter changed; choosing the chosen contract or reason again takes it off."""
        kept = {each: getattr(self, each) for each in ("outcome", "resolution", "contract", "code")}
        if name:
            kept[name] = "" if name in ("contract", "code") and kept[name] == value else value
        return "&".join(f"{each}={given}" for each, given in kept.items() if given)
