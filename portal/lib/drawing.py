"""How forms become HTML: what `templates/django/forms/field.html` is given, and inputs without a template each.

Django draws an input by three templates and asks a field the same questions again and again; a page has dozens.
"""

from html import escape

from django.forms.boundfield import BoundField as DjangosBoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

_WIDGETS = "django/forms/widgets/"
_INPUTS = frozenset(
    f"{_WIDGETS}{kind}.html"
    for kind in ("checkbox", "email", "file", "hidden", "input", "number", "password", "tel", "text", "url")
)
_OPTIONS = frozenset({f"{_WIDGETS}radio_option.html", f"{_WIDGETS}checkbox_option.html"})


class BoundField(DjangosBoundField):
    def get_context(self):
        errors = self.errors
        return {
            "field": self,
            "id": self.auto_id,
            "control": self.id_for_label,
            "label": self.label,
            "hint": self.help_text,
            "errors": errors,
            "wrong": " field--wrong" if errors else "",
            "kind": self.widget_type,
            "attrs": self.field.widget.attrs,
            "star": self.field.required or "data-star" in self.field.widget.attrs,
        }


# Around these controls nothing changes from page to page while nothing is wrong; an amount has its words there.
_PLAIN = frozenset({"select", "text", "textarea", "tel", "email"})
_PLACE = mark_safe("\x00")
_MOST_KEPT = 500


class Renderer(TemplatesSetting):
    bound_field_class = BoundField

    def __init__(self):
        self._kept: dict[tuple, tuple[str, str]] = {}

    def render(self, template_name, context, request=None):
        if template_name == self.field_template_name and context.get("kind") in _PLAIN:
            field = context["field"]
            if not context["errors"] and "data-rial" not in context["attrs"]:
                before, after = self._around(context)
                return f"{before}{field}{after}"
        if template_name in _INPUTS or (template_name in _OPTIONS and not context["widget"]["wrap_label"]):
            return drawn_input(context["widget"])
        if template_name == f"{_WIDGETS}textarea.html":
            return drawn_textarea(context["widget"])
        if template_name == f"{_WIDGETS}select.html":
            return drawn_select(context["widget"])
        return super().render(template_name, context, request)

    def _around(self, context: dict) -> tuple[str, str]:
        """What the template draws before and after a control, drawn once for each label, hint and id."""
        named = ("id", "control", "label", "hint", "kind", "star")
        key = (*(context[name] for name in named), "data-jalali-date" in context["attrs"])
        around = self._kept.get(key)
        if around is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            html = super().render(self.field_template_name, context | {"field": _PLACE})
            around = self._kept[key] = tuple(html.split(_PLACE))
        return around


def drawn_input(widget: dict) -> str:
    value = "" if widget["value"] is None else f' value="{escape(str(widget["value"]))}"'
    return (
        f'<input type="{widget["type"]}" name="{escape(widget["name"])}"{value}{attributes(widget["attrs"])}>'
    )


def drawn_textarea(widget: dict) -> str:
    # A line break that stands first is the browser's, not the text's.
    text = escape(str(widget["value"] or ""))
    return f'<textarea name="{escape(widget["name"])}"{attributes(widget["attrs"])}>\n{text}</textarea>'


def drawn_select(widget: dict) -> str:
    groups = [
        f'<optgroup label="{escape(str(name))}">{drawn_options(options)}</optgroup>'
        if name
        else drawn_options(options)
        for name, options, _ in widget["optgroups"]
    ]
    return f'<select name="{escape(widget["name"])}"{attributes(widget["attrs"])}>{"".join(groups)}</select>'


def drawn_options(options: list[dict]) -> str:
    return "".join(drawn_option(**option) for option in options)


def drawn_option(*, value, label, attrs: dict, **_) -> str:
    return f'<option value="{escape(str(value))}"{attributes(attrs)}>{escape(str(label))}</option>'


def attributes(attrs: dict) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )
