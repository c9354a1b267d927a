"""Filters and tags every template has: dates, amounts, masked numbers, codes and icons."""

import datetime
import re

import jdatetime
import pytest
from django.template import Context, Engine

MOMENT = datetime.datetime(2024, 12, 26, 17, 47, tzinfo=datetime.UTC)
DAY = jdatetime.date(1403, 8, 2)
ENGINE = Engine(builtins=["portal.lib.tags"])


def _shown(source, value=None):
    return ENGINE.from_string(source).render(Context({"value": value}))


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("jalali", DAY, "۱۴۰۳/۰۸/۰۲"),
        ("jalali", datetime.date(2024, 10, 23), "۱۴۰۳/۰۸/۰۲"),
        ("jalali", MOMENT, "۱۴۰۳/۱۰/۰۶"),
        ("jalali_long", DAY, "۲ آبان ۱۴۰۳"),
        ("moment", MOMENT, "۶ دی ۱۴۰۳، ساعت ۲۱:۱۷"),
        ("clock", MOMENT, "۲۱:۱۷"),
        ("rial", 1_510_000, "۱٬۵۱۰٬۰۰۰ ریال"),
        ("rial", 0, "۰ ریال"),
        ("grouped", 1_510_000, "۱٬۵۱۰٬۰۰۰"),
        ("toman_words", 1_510_000, "صد و پنجاه و یک هزار تومان"),
        ("fa", 12, "۱۲"),
        ("ltr", "0090002865", '<bdi dir="ltr">0090002865</bdi>'),
        ("masked_mobile", "09121234547", '<bdi dir="ltr">۰۹•••••••۴۷</bdi>'),
        ("masked_iban", "IR062960000000100324200001", '<bdi dir="ltr">IR••••••0001</bdi>'),
        (
            "tracking_code",
            "4071928356",
            '<bdi dir="ltr" class="code"><span>4071</span><span>928</span><span>356</span></bdi>',
        ),
        ("mb", 1_258_291, "۱٫۲ مگابایت"),
        ("mb", 15 * 1024 * 1024, "۱۵ مگابایت"),
        ("mb", 2048, "۲ کیلوبایت"),
        ("mb", 1, "۱ کیلوبایت"),
        ("mb", 0, "۰ کیلوبایت"),
    ],
)
def test_values_are_shown_as_people_read_them(name, value, shown):
    assert _shown(f"{{{{ value|{name} }}}}", value) == shown


FILTERS = [
    *("jalali", "jalali_long", "moment", "clock", "rial", "grouped", "toman_words", "fa"),
    *("ltr", "masked_mobile", "masked_iban", "tracking_code", "mb"),
]


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("absent", [None, ""])
def test_an_absent_value_is_shown_as_nothing(name, absent):
    assert _shown(f"{{{{ value|{name} }}}}", absent) == ""


@pytest.mark.parametrize("name", ["fa", "ltr", "masked_mobile", "masked_iban", "tracking_code"])
def test_markup_in_a_value_stays_text(name):
    assert "<b" not in _shown(f"{{{{ value|{name} }}}}", "<b>" * 5).replace("<bdi", "")


def test_a_masked_mobile_keeps_its_middle_to_itself():
    assert "1234" not in _shown("{{ value|masked_mobile }}", "09121234547")


def test_an_icon_is_drawn_from_the_sprite_and_silent_to_screen_readers():
    assert re.fullmatch(
        r'<svg class="icon" aria-hidden="true" focusable="false"><use href="\S*/icons\S*\.svg#send"/></svg>',
        _shown('{% icon "send" %}'),
    )


def test_the_name_of_an_icon_cannot_break_out():
    assert "<script" not in _shown("{% icon value %}", '"><script>')


@pytest.mark.parametrize("typed", [1_510_000, "1510000", "۱٬۵۱۰٬۰۰۰", "1,510,000 ریال"])
def test_an_amount_is_put_into_words_as_stored_or_as_typed(typed):
    assert _shown("{{ value|amount_words }}", typed) == "صد و پنجاه و یک هزار تومان"


@pytest.mark.parametrize("typed", [None, "", "نامعلوم", "-5", "0", "12/5", "۵ تومان", "9" * 40])
def test_what_is_no_amount_has_no_words(typed):
    assert _shown("{{ value|amount_words }}", typed) == ""


def test_what_is_kept_is_drawn_once_for_each_of_its_values():
    drawn = []
    template = ENGINE.from_string("{% kept place %}{{ place }} {{ draw }}{% endkept %}")
    for place in ("a", "b", "a"):
        context = Context({"place": place, "draw": lambda: drawn.append(1) or len(drawn)})
        assert template.render(context).startswith(place)
    assert len(drawn) == 2


def test_a_component_sees_its_own_values_and_nothing_of_the_page():
    row = ("django.template.loaders.locmem.Loader", {"row.html": "{{ label }}{{ secret }}"})
    engine = Engine(builtins=["portal.lib.tags"], loaders=[row])
    page = engine.from_string('{% include "row.html" with label=value only %}{% include "row.html" %}')
    context = Context({"value": "<b>", "secret": "of the page"})
    assert page.render(context) == "&lt;b&gt;of the page"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "/"),
        ("/claims/", "/claims/"),
        ("/claims/new/", "/claims/new/"),
        ("/claims/Zx9/details/", "/claims/…"),
        ("/account/contact/", "/account/…"),
    ],
)
def test_a_page_stands_in_a_part_of_the_menu(path, place):
    assert _shown("{{ value|menu_place }}", path) == place
