"""Template builtins: how dates, amounts, codes and icons look on every page."""

import functools
import re

from django import template
from django.core.exceptions import ValidationError
from django.template.context import Context
from django.template.loader_tags import IncludeNode, do_include
from django.templatetags.static import static as static_address
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.lib import dates, money
from portal.lib.fields import RialField
from portal.lib.text import persian_digits

register = template.Library()

_HIDDEN = "•"
_MOST_KEPT = 500
_MEGABYTE = 1024 * 1024
_YES_AND_NO = {"True": "بله", "False": "خیر", "None": "نامعلوم"}
_NUMBER_CELL = re.compile(r"(?<=>)[0-9]{1,6}(?=</td>)")


def _blank_stays_blank(show):
    """An absent value is shown as nothing; the page decides what to say instead."""

    @functools.wraps(show)
    def shown(value):
        return "" if value is None or value == "" else show(value)

    return shown


def _show(name, show):
    register.filter(name, _blank_stays_blank(show))


_show("jalali", dates.short)
_show("jalali_long", dates.long)
_show("moment", dates.moment)
_show("clock", dates.clock)
_show("grouped", money.grouped)
_show("toman_words", money.toman_words)
_show("fa", persian_digits)


@register.filter
@_blank_stays_blank
def rial(amount) -> str:
    return f"{money.grouped(amount)} ریال"


@register.filter
@_blank_stays_blank
def ltr(value) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>', value)


@register.filter
@_blank_stays_blank
def masked_mobile(number) -> SafeString:
    """A number its owner knows again and a stranger cannot dial."""
    number = str(number)
    return ltr(persian_digits(number[:2] + _HIDDEN * max(len(number) - 4, 0) + number[-2:]))


@register.filter
@_blank_stays_blank
def masked_iban(number) -> SafeString:
    number = str(number)
    return ltr(f"{number[:2]}{_HIDDEN * 6}{number[-4:]}")


@register.filter
@_blank_stays_blank
def tracking_code(code) -> SafeString:
    """Groups of 4-3-3, parted by margins: what is copied holds no spaces."""
    code = str(code)
    return format_html(
        '<bdi dir="ltr" class="code"><span>{}</span><span>{}</span><span>{}</span></bdi>',
        code[:4],
        code[4:7],
        code[7:],
    )


@register.filter
def amount_words(typed) -> str:
    """Of an amount as stored or as somebody typed it; nothing while it cannot be read."""
    try:
        amount = RialField(required=False).clean(typed)
    except ValidationError:
        return ""
    return money.toman_words(amount) if amount else ""


@register.filter
def entry(mapping, key):
    return mapping.get(key)


@register.filter
def field_named(form, name):
    """A field whose name is made while drawing, as for one of several images."""
    return form[name]


@register.filter
@_blank_stays_blank
def mb(size) -> str:
    """Bytes as people say them: megabytes with one place, or kilobytes below a tenth of one."""
    if size < _MEGABYTE / 10:
        return f"{persian_digits(-(-size // 1024))} کیلوبایت"
    number = f"{size / _MEGABYTE:.1f}".removesuffix(".0").replace(".", "٫")
    return f"{persian_digits(number)} مگابایت"


@register.filter
def numbers_fa(cell) -> SafeString:
    """A cell of one of Django's lists: a number that stands alone (longer ones are codes), yes and no."""
    shown = _NUMBER_CELL.sub(lambda found: persian_digits(found[0]), conditional_escape(cell))
    for alt, word in _YES_AND_NO.items():
        shown = shown.replace(f'alt="{alt}"', f'alt="{word}"')
    return mark_safe(shown)


@register.filter
def menu_place(path) -> str:
    """Where in the menu a page belongs: its own address, or the part it stands in."""
    if path.count("/") < 3 or path == "/claims/new/":
        return path
    return f"/{path.split('/')[1]}/…"


@register.tag
def icon(parser, token):
    """`{% icon "name" %}`, or the name in a variable."""
    _, name = token.split_contents()
    return _Word(parser.compile_filter(name), _icon)


@register.tag
def static(parser, token):
    """Django's, asked once of each file: its storage works out every address anew."""
    words = token.split_contents()
    return _Word(parser.compile_filter(words[1]), _static, target=words[3] if len(words) > 2 else None)


@register.tag
def kept(parser, token):
    """`{% kept this that %}…{% endkept %}`: what depends on nothing else is drawn once for each of their values."""
    words = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodes = parser.parse(["endkept"])
    parser.delete_first_token()
    return _Kept(words, nodes)


@register.tag
def include(parser, token):
    """Django's; a component (a name, and `only`) gets its values and no copy of the page's whole context."""
    node = do_include(parser, token)
    if node.isolated_context and isinstance(node.template.var, str):
        node.__class__ = _Component
    return node


class _Component(IncludeNode):
    _found = None

    def render(self, context):
        template = self._found
        if template is None:
            template = self._found = context.template.engine.get_template(self.template.var)
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        inner = Context(values, autoescape=context.autoescape)
        inner.template, inner.render_context = template, context.render_context
        return template.nodelist.render(inner)


class _Kept(template.Node):
    def __init__(self, words, nodes):
        self._words, self._nodes = words, nodes
        self._drawn = {}

    def render(self, context):
        key = tuple([word.resolve(context) for word in self._words])
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= _MOST_KEPT:
                self._drawn.clear()
            drawn = self._drawn[key] = self._nodes.render(context)
        return drawn


class _Word(template.Node):
    """What a short word stands for, for the whole life of a process."""

    def __init__(self, word, meaning, *, target=None):
        self._word, self._meaning, self._target = word, meaning, target

    def render(self, context):
        meant = self._meaning(self._word.resolve(context))
        if self._target is None:
            return meant
        context[self._target] = meant
        return ""


@functools.lru_cache(maxsize=256)
def _static(path) -> str:
    return conditional_escape(static_address(path))


@functools.lru_cache(maxsize=256)
def _icon(name) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static_address("icons.svg"),
        name,
    )
