"""What the forms of all steps share: they know their step, and what was stored when they were drawn."""

import itertools

from django import forms
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from catalog.tables import Catalogue, catalogue
from portal.lib.drawing import attributes
from portal.lib.forms import PersianForm


class Declared(dict):
    """A form's declared fields, copied as Django copies them but for their messages, choices and validators,

    which no step changes: several steps are judged on every page.
    """

    def __deepcopy__(self, memo):
        return {name: twin(field) for name, field in self.items()}


def twin(field: forms.Field) -> forms.Field:
    copied = shallow(field)
    copied.widget = shallow(field.widget)
    copied.widget.attrs = dict(field.widget.attrs)
    return copied


def shallow(thing):
    copied = object.__new__(type(thing))
    copied.__dict__.update(thing.__dict__)
    return copied


class StepFormType(type(PersianForm)):
    def __new__(mcs, name, bases, attrs):
        made = super().__new__(mcs, name, bases, attrs)
        made.base_fields = Declared(made.base_fields)
        return made


OUT_OF_DATE = "این صفحه قدیمی شده است؛ آن را دوباره باز کنید."


class StepForm(PersianForm, metaclass=StepFormType):
    # The step's fingerprint when the form was drawn: a later save by another window is noticed by it.
    seen = forms.CharField(
        required=False, max_length=32, widget=forms.HiddenInput, error_messages={"max_length": OUT_OF_DATE}
    )

    def __init__(self, data=None, *, step, **kwargs):
        self.step = step
        self.claim = step.claim
        kwargs.setdefault("initial", {"seen": step.fingerprint})
        super().__init__(data, **kwargs)

    def must_judge(self, column: str, value) -> bool:
        """Contract, cover and deadline are judged at the first submission; later only changed values are."""
        sent = self.step.sent
        return sent is None or sent.get(column) != value

    def warnings(self) -> list[str]:
        """What looks odd but does not hold up."""
        return []

    def apply_to(self, claim) -> None:
        """Write the cleaned values into the claim's columns; nothing is saved."""
        for column, value in self.columns().items():
            setattr(claim, column, value)

    def columns(self) -> dict:
        raise NotImplementedError


class Select(forms.Select):
    """All options in one string: Django draws each by a template of its own, half the work of the page."""

    def __init__(self, *, drawn, **kwargs):
        super().__init__(**kwargs)
        self.drawn = drawn

    def use_required_attribute(self, initial):
        return True

    def render(self, name, value, attrs=None, renderer=None):
        options = self.drawn()
        if value:
            marked = f'value="{escape(value)}"'
            options = options.replace(marked, f"{marked} selected", 1)
        drawn = attributes({"name": name} | self.attrs | (attrs or {}))
        return mark_safe(f"<select{drawn}>{options}</select>")


class PickField(forms.ChoiceField):
    """A select over what this form's member may pick: `offer` gives it the rows by key, and the words of one."""

    def __init__(self, **kwargs):
        super().__init__(widget=Select(drawn=str), **kwargs)
        self.rows = {}

    def offer(self, rows: dict[str, object], words) -> None:
        self.rows = rows
        # The widget is this form's own; its options are put into words only where they are drawn.
        self.widget.drawn = lambda: options({key: words(row) for key, row in rows.items()})

    def valid_value(self, value):
        return value in self.rows


def options(titles: dict[str, str], *, empty_label: str = "انتخاب کنید") -> str:
    first = format_html('<option value="">{}</option>', empty_label)
    return first + format_html_join("", '<option value="{}">{}</option>', titles.items())


class CatalogueField(forms.ChoiceField):
    """A select over catalogue rows: the option is the row's code and title, the cleaned value the row.

    `rows` answers the rows, `group` the heading of one, if they stand under headings. Both are asked
    once for each state of the catalogue; the copies of the field in all forms share the answer.
    """

    def __init__(self, *, rows, group=None, empty_label="انتخاب کنید", **kwargs):
        self.rows = rows
        self.group = group
        self.empty_label = empty_label
        self._kept = {}
        super().__init__(widget=Select(drawn=lambda: self.now()[2]), **kwargs)

    def now(self) -> tuple[Catalogue, dict, str]:
        """The catalogue, its rows by code, and the options as drawn."""
        tables = catalogue()
        kept = self._kept.get("now")
        if kept is None or kept[0] is not tables:
            rows = self.rows()
            kept = self._kept["now"] = (tables, {row.code: row for row in rows}, self.draw(rows))
        return kept

    def draw(self, rows) -> str:
        options = [format_html('<option value="">{}</option>', self.empty_label)]
        for title, members in itertools.groupby(rows, key=self.group or (lambda row: "")):
            drawn = format_html_join(
                "", '<option value="{}">{}</option>', ((row.code, row.title) for row in members)
            )
            options.append(
                format_html('<optgroup label="{}">{}</optgroup>', title, drawn) if title else drawn
            )
        return "".join(options)

    def valid_value(self, value):
        return value in self.now()[1]

    def prepare_value(self, value):
        return getattr(value, "code", value)

    def clean(self, value):
        code = super().clean(value)
        return self.now()[1][code] if code else None
