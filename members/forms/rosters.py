"""The operators' forms of rosters: a file for a contract, and the values of one row that waits."""

from django import forms

from catalog.models import BaseInsurer, Contract, Province
from members.models import RosterRow
from members.models.people import Gender, Relation
from members.roster import others_known
from members.roster.columns import HEADINGS, REQUIRED, field_of
from portal.lib import archives, dates
from portal.lib.forms import PersianForm

SAME_PERSON = "این همان شخص است؛ نام و تاریخ تولد او در همهٔ قراردادها با این ردیف عوض شود."
CHOOSE = ("", "انتخاب کنید")


class ContractField(forms.ModelChoiceField):
    """A renewed contract keeps its title: number and period tell this year's from the last one."""

    def label_from_instance(self, contract: Contract) -> str:
        name = "، ".join(part for part in (contract.title, contract.policyholder, contract.number) if part)
        return f"{name} (از {dates.short(contract.start_date)} تا {dates.short(contract.end_date)})"


class UploadForm(PersianForm):
    contract = ContractField(
        label="قرارداد",
        queryset=Contract.objects.order_by("-start_date", "number"),
        empty_label="انتخاب کنید",
        widget=forms.Select(attrs={"class": "control"}),
    )
    file = forms.FileField(
        label="فایل اسامی",
        help_text="xlsx، xls یا csv، تا ۵۰ مگابایت. ستون‌ها از روی سرستون شناخته می‌شوند و ترتیبشان مهم نیست.",
        widget=forms.FileInput(attrs={"class": "control", "accept": ".xlsx,.xls,.csv"}),
        error_messages={
            "required": "فایل اسامی را انتخاب کنید.",
            "missing": "فایل اسامی را انتخاب کنید.",
            "empty": "این فایل خالی است؛ فایل اسامی را انتخاب کنید.",
            "max_length": "نام این فایل بیش از اندازه بلند است؛ نام کوتاه‌تری به آن بدهید.",
        },
    )

    def clean_file(self):
        """The content, when nothing that can be seen without unpacking speaks against it."""
        file = self.cleaned_data["file"]
        if file.size > archives.LARGEST_FILE:
            raise forms.ValidationError(archives.TOO_LARGE)
        content = file.read()
        try:
            if content.startswith(archives.ZIP_MAGIC):
                archives.Archive(content)
            elif content.startswith(archives.OLE_MAGIC):
                archives.check_ole(content)
        except archives.Unfit as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        self.cleaned_data["name"] = file.name
        return content


TEXTS = {
    "first_name": "نام",
    "last_name": "نام خانوادگی",
    "father_name": "نام پدر",
    "national_id": "کد ملی",
    "birth_certificate_number": "شمارهٔ شناسنامه",
    "birth_date": "تاریخ تولد",
    "primary_national_id": "کد ملی بیمه‌شدهٔ اصلی",
    "coverage_start": "شروع پوشش",
    "coverage_end": "پایان پوشش",
    "personnel_code": "کد پرسنلی",
    "mobile": "موبایل",
    "phone": "تلفن ثابت",
    "email": "ایمیل",
    "iban": "شمارهٔ شبا",
    "note": "توضیحات",
}
CHOICES = {
    "gender": "جنسیت",
    "relation": "نسبت",
    "plan": "طرح",
    "province": "استان محل سکونت",
    "base_insurer": "بیمهٔ پایه",
}
# The order of a roster's columns.
ORDER = [name for name in HEADINGS if name in TEXTS | CHOICES]
LEFT_TO_RIGHT = {
    "national_id",
    "primary_national_id",
    "birth_certificate_number",
    "birth_date",
    "coverage_start",
    "coverage_end",
    "personnel_code",
    "mobile",
    "phone",
    "email",
    "iban",
}


class RowForm(PersianForm):
    """What stands in the row, to be put right; the rules of the roster judge it, not this form."""

    def __init__(self, *args, row: RosterRow, **kwargs):
        self.row = row
        super().__init__(*args, initial=typed_values(row), **kwargs)
        options = self._options()
        for name in ORDER:
            self.fields[name] = self._choice(name, options[name]) if name in CHOICES else self._text(name)
        self.other = others_known([row]).get(row.pk)
        if self.other:
            self.fields["is_same_person"] = forms.BooleanField(label=SAME_PERSON, required=False)
        suggested = row.values.get("suggest")
        if suggested:
            self.fields["primary_national_id"].help_text = f"نزدیک‌ترین بیمه‌شدهٔ اصلی در همین فایل: {suggested}"

    def _text(self, name: str) -> forms.Field:
        attrs = {"class": "control", "autocomplete": "off"}
        if name in LEFT_TO_RIGHT:
            attrs["dir"] = "ltr"
        return forms.CharField(
            label=TEXTS[name], required=False, max_length=300, widget=forms.TextInput(attrs=attrs)
        )

    def _choice(self, name: str, titles: list[str]) -> forms.Field:
        return forms.ChoiceField(
            label=CHOICES[name],
            required=False,
            choices=[CHOOSE, *((title, title) for title in titles)],
            widget=forms.Select(attrs={"class": "control"}),
        )

    def _options(self) -> dict[str, list[str]]:
        contract = self.row.roster_import.contract
        return {
            "gender": Gender.labels,
            "relation": Relation.labels,
            "plan": list(contract.plans.order_by("pk").values_list("title", flat=True)),
            "province": list(Province.objects.values_list("name", flat=True)),
            "base_insurer": list(BaseInsurer.objects.values_list("title", flat=True)),
        }

    def mandatory(self):
        return [self[name] for name in ORDER if name in REQUIRED]

    def others(self):
        return [self[name] for name in ORDER if name not in REQUIRED]


def typed_values(row: RosterRow) -> dict[str, str]:
    """Each field as it was understood, else as it stood in the file."""
    values = row.values
    raw = {field_of(heading): text for heading, text in values.get("cells", {}).items()}
    understood = {name: str(values.get(name) or "") for name in TEXTS | CHOICES}
    understood["gender"] = dict(Gender.choices).get(understood["gender"], "")
    understood["relation"] = dict(Relation.choices).get(understood["relation"], "")
    understood["province"] = _title(Province, "name", understood["province"])
    understood["base_insurer"] = _title(BaseInsurer, "title", understood["base_insurer"])
    if "COVERAGE_DATE_INVALID" in row.codes:
        # What was not read was taken for the contract's own day.
        understood |= {name: "" for name in ("coverage_start", "coverage_end") if raw.get(name)}
    return {name: text or (raw.get(name, "") if name in TEXTS else "") for name, text in understood.items()}


def _title(model, column: str, code: str) -> str:
    if not code:
        return ""
    return model.objects.filter(code=code).values_list(column, flat=True).first() or ""
