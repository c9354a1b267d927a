"""What stands on the operators' pages of rosters: lists of rows, their words, and the links beside them."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from members import roster_files, roster_uploads
from members.models import Person, RosterImport, RosterRow
from members.models.people import Gender, Relation
from members.roster import OUTCOME_TITLES, others_known
from members.roster.columns import HEADINGS, field_of, title_of
from members.roster.comparing import SHOWN
from members.roster.reasons import told
from members.roster.report_files import remedies, sentences
from portal.lib import dates
from portal.lib.tags import ltr
from portal.lib.text import persian_digits

PAGE = 50
KNOWN_AS = "ثبت‌شده: {}."
FIELDS = list(HEADINGS)
CHANGE_TITLES = {"new": "تازه", "changed": "تغییرکرده", "leaving": "پایان پوشش"}
ROW_OUTCOMES = ("hold", "reject", "import_fixed", "duplicate", "skip")
COLUMN_OF = {
    "plan_id": "plan",
    "province_id": "province",
    "base_insurer_id": "base_insurer",
    "cover_start": "coverage_start",
    "cover_end": "coverage_end",
}
LABELS = {"relation": dict(Relation.choices), "gender": dict(Gender.choices)}
DAYS = ("birth_date", "cover_start", "cover_end")
IDS = ("national_id", "primary_national_id", "mobile", "phone", "email", "iban", "personnel_code")


@dataclass(frozen=True, slots=True)
class Kind:
    """One list of the report: its name in the address, its title, how many it has."""

    name: str
    title: str
    count: int
    is_chosen: bool


class ReportPage:
    """The dry run of one upload, one list at a time."""

    def __init__(self, upload: RosterImport, params):
        self.upload = upload
        counts = self._counts()
        wanted = params.get("show", "")
        first = next((name for name in ("hold", "reject", *CHANGE_TITLES) if counts.get(name)), "new")
        self.chosen = wanted if wanted in counts else first
        self.kinds = [Kind(name, title, counts[name], name == self.chosen) for name, title in TITLES.items()]
        self._page = params.get("page")

    def _counts(self) -> dict[str, int]:
        changes, counts = self.upload.changes, self.upload.counts
        found = {name: changes.get(name, 0) for name in CHANGE_TITLES}
        return found | {name: counts.get(name, 0) for name in ROW_OUTCOMES}

    @property
    def figures(self) -> list[tuple[str, int]]:
        changes = self.upload.changes
        rows = [(title, changes.get(name, 0)) for name, title in CHANGE_TITLES.items()]
        rows.append(("بی‌تغییر", changes.get("unchanged", 0)))
        return rows + [(OUTCOME_TITLES[name], self.upload.counts.get(name, 0)) for name in ("hold", "reject")]

    @property
    def title(self) -> str:
        return TITLES[self.chosen]

    @property
    def is_of_changes(self) -> bool:
        return self.chosen in CHANGE_TITLES

    @cached_property
    def page(self):
        return Paginator(self._list(), PAGE).get_page(self._page)

    def _list(self):
        if self.is_of_changes:
            return self.upload.changes.get("rows", {}).get(self.chosen, [])
        rows = self.upload.rows.filter(outcome=self.chosen).select_related("resolved_by")
        return rows.order_by("excel_row")

    @cached_property
    def left_out(self) -> int:
        """How many the page does not have; the workbook does."""
        whole = next(kind.count for kind in self.kinds if kind.is_chosen)
        return max(whole - self.page.paginator.count, 0)

    @property
    def lines(self) -> list:
        rows = list(self.page.object_list)
        lines = [self._line(one) for one in rows]
        return lines if self.is_of_changes else beside_whom(lines, rows)

    def _line(self, one) -> dict:
        if isinstance(one, RosterRow):
            # What was decided about the same row before is not to be done again.
            return line_of(one) | ({"remedy": resolved(one)} if resolved(one) else {})
        person = f"{one.get('first_name', '')} {one.get('last_name', '')}".strip()
        relation = LABELS["relation"].get(one.get("relation"), "")
        ends = shown("cover_end", one.get("cover_end", ""))
        return one | {"person": person, "relation": relation, "ends": ends, "differences": differences(one)}

    # --- what may be done ---

    @property
    def same(self):
        return roster_uploads.last_same(self.upload)

    @property
    def others(self):
        return roster_uploads.others_at_work(self.upload)

    @cached_property
    def is_nothing_new(self) -> bool:
        return roster_uploads.is_committed_already(self.upload)

    @property
    def has_report(self) -> bool:
        return bool(self.upload.stored_name) and (
            self.upload.state != RosterImport.State.COMMITTED
            or roster_files.has_report(self.upload.stored_name)
        )

    @property
    def shown_at_most(self) -> int:
        return SHOWN


TITLES = CHANGE_TITLES | {name: OUTCOME_TITLES[name] for name in ROW_OUTCOMES}


def line_of(row: RosterRow) -> dict:
    values = row.values
    name = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
    # Without name and number, what stands in the row tells which one it is.
    cells = [one["value"] for one in cells_of(row) if field_of(one["label"]) != "row"]
    reasons = told(row.codes, values)
    return {
        "row": row,
        "excel_row": row.excel_row,
        "person": name or ("" if values.get("national_id") else "، ".join(cells[:3])),
        "national_id": values.get("national_id") or "",
        "relation": LABELS["relation"].get(values.get("relation"), ""),
        "reason": sentences(reasons),
        "remedy": remedies(reasons),
    }


def beside_whom(lines: list[dict], rows: list[RosterRow]) -> list[dict]:
    """With whom the portal knows already under the number of a conflict."""
    others = others_known(row for row in rows if "ID_CONFLICT" in row.codes)
    for line, row in zip(lines, rows, strict=True):
        if row.pk in others:
            line["reason"] += f" {KNOWN_AS.format(identity_of(others[row.pk]))}"
    return lines


def identity_of(person: Person) -> str:
    born = f"، متولد {dates.short(person.birth_date)}" if person.birth_date else ""
    return f"{person.full_name}{born}"


def other_of(person: Person | None) -> dict | None:
    """Whom the row would rename, and where they are insured."""
    if person is None:
        return None
    rows = person.enrolments.select_related("contract").order_by("-contract__start_date")
    numbers = "، ".join(row.contract.number for row in rows)
    return {"identity": identity_of(person), "contracts": numbers}


def differences(change: dict) -> list[dict]:
    """Field by field what stands in the roster and what the file says."""
    fields = change.get("fields") or {}
    return [
        {"label": field_title(name), "old": shown(name, old), "new": shown(name, new)}
        for name, (old, new) in fields.items()
    ]


def field_title(name: str) -> str:
    return title_of(COLUMN_OF.get(name, name)).partition(" (")[0]


def shown(name: str, value: str):
    if not value:
        return ""
    if name in DAYS:
        return dates.short(datetime.date.fromisoformat(value))
    if name in LABELS:
        return LABELS[name].get(value, value)
    return ltr(value) if name in IDS else value


def cells_of(row: RosterRow) -> list[dict]:
    """What stood in the file, in the order of a roster; the database does not keep that of the file."""
    cells = row.values.get("cells", {})
    order = {heading: FIELDS.index(field_of(heading)) for heading in cells if field_of(heading)}
    headings = sorted(cells, key=lambda heading: (order.get(heading, len(FIELDS)), heading))
    return [{"label": heading, "value": cells[heading]} for heading in headings]


def reasons_of(row: RosterRow) -> SafeString:
    lines = ((reason.sentence, reason.remedy) for reason in told(row.codes, row.values))
    return format_html_join("", "<li><strong>{}</strong> {}</li>", lines)


def resolved(row: RosterRow) -> str:
    if row.resolution == RosterRow.Resolution.OPEN:
        return ""
    who = row.resolved_by.display_name if row.resolved_by else ""
    when = dates.moment(row.resolved_at) if row.resolved_at else ""
    return "، ".join(part for part in (row.get_resolution_display(), who, when) if part)


def percent(upload: RosterImport) -> str:
    return format_html("{}٪", persian_digits(upload.progress))
